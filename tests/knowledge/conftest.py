import pytest

from support.knowledge import FAQ, KnowledgeWorld


@pytest.fixture
def empty(tmp_path):
    made = KnowledgeWorld(tmp_path)
    yield made
    made.close()


@pytest.fixture
def empty_on_each_database(tmp_path, each_database):
    made = KnowledgeWorld(tmp_path, place=each_database)
    yield made
    made.close()


@pytest.fixture
def world(empty):
    empty.publish(FAQ)
    return empty
