"""The fixture of this subject: identity on a fresh database."""

import pytest

from support.access import Identity


@pytest.fixture
def identity(tmp_path):
    identity = Identity(tmp_path / "identity.sqlite3")
    yield identity
    identity.close()
