"""One application with two partners in it: on SQLite, and on PostgreSQL where both walls stand."""

import pytest
from sqlalchemy import make_url

from support.tenancy import Site


def opened(folder, url):
    return Site(
        {
            "ASSISTANT_DATA_DIR": str(folder),
            "ASSISTANT_DATABASE_URL": url.render_as_string(hide_password=False),
            "ASSISTANT_MODE": "test",
            "ASSISTANT_SEMANTIC": "false",
            "ASSISTANT_LOG_LEVEL": "ERROR",
        }
    )


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    made = opened(folder, make_url(f"sqlite:///{folder / 'assistant.sqlite3'}"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def walled_site(tmp_path_factory, postgresql):
    url = postgresql.migrated()
    made = opened(tmp_path_factory.mktemp("walled"), url)
    yield made
    made.close()
    postgresql.give_back(url)
