import pytest

from support.licensing import Backend


@pytest.fixture
def backend(tmp_path):
    made = Backend(tmp_path / "assistant.sqlite3")
    yield made
    made.database.close()
