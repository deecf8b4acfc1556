"""The fixture of this subject: identity on a fresh database of each kind."""

import pytest

from support.access import Identity


@pytest.fixture
def identity(each_database):
    identity = Identity(each_database)
    yield identity
    identity.close()
