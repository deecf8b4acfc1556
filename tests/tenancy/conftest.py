"""One application with two partners in it, on each kind of database."""

import pytest
from sqlalchemy import make_url

from support.databases import ENGINES
from support.tenancy import Site


@pytest.fixture(scope="module", params=ENGINES)
def site(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    postgresql = request.getfixturevalue("postgresql") if request.param == "postgresql" else None
    url = postgresql.migrated() if postgresql else make_url(f"sqlite:///{folder / 'assistant.sqlite3'}")
    environ = {
        "ASSISTANT_DATA_DIR": str(folder),
        "ASSISTANT_DATABASE_URL": url.render_as_string(hide_password=False),
        "ASSISTANT_MODE": "test",
        "ASSISTANT_SEMANTIC": "false",
        "ASSISTANT_LOG_LEVEL": "ERROR",
    }
    made = Site(environ)
    yield made
    made.close()
    if postgresql:
        postgresql.give_back(url)
