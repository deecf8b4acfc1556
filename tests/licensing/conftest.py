import pytest
from sqlalchemy import make_url

from support.databases import ENGINES
from support.licensing import WORLD, Backend


@pytest.fixture
def backend(each_database):
    made = Backend(each_database)
    yield made
    made.database.close()


@pytest.fixture(params=ENGINES)
def each_backend(request, tmp_path):
    """Makes backends of their own world, all on the same kind of database."""
    made = []

    def make(world=WORLD):
        number = len(made)
        if request.param == "sqlite":
            url = make_url(f"sqlite:///{tmp_path / f'backend-{number}.sqlite3'}")
        else:
            url = request.getfixturevalue("postgresql").migrated()
        made.append((Backend(url, world), url))
        return made[-1][0]

    yield make
    for backend, url in made:
        backend.database.close()
        if request.param != "sqlite":
            request.getfixturevalue("postgresql").give_back(url)
