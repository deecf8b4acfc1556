import pytest

from support.conversation import Desk


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path / "desk.sqlite3")
    yield made
    made.close()
