import pytest

from support.licensing import Backend


@pytest.fixture
def backend(each_database):
    made = Backend(each_database)
    yield made
    made.database.close()
