import pytest

from support.conversation import Desk


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path / "desk.sqlite3")
    yield made
    made.close()


@pytest.fixture
def desk_on_each_database(each_database):
    made = Desk(each_database)
    yield made
    made.close()
