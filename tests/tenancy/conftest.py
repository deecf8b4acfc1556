"""The application with two partners on PostgreSQL, where both walls stand."""

import pytest

from support.tenancy import open_site


@pytest.fixture(scope="module")
def walled_site(tmp_path_factory, postgresql):
    url = postgresql.migrated()
    made = open_site(tmp_path_factory.mktemp("walled"), url)
    yield made
    made.close()
    postgresql.give_back(url)
