"""The fixture of this subject: identity on a fresh database of each kind."""

import pytest

from support.access import Identity


@pytest.fixture
def identity(each_database):
    identity = Identity(each_database)
    yield identity
    identity.close()


@pytest.fixture
def quick(tmp_path):
    """Identity on SQLite only, for rules that no database decides."""
    identity = Identity(tmp_path / "assistant.sqlite3")
    yield identity
    identity.close()
