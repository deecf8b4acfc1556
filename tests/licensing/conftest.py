import pytest
from sqlalchemy import make_url

from support.apps import lent_app
from support.databases import ENGINES
from support.licensing import WORLD, Backend
from support.remote import an_instance, remote_licensing


@pytest.fixture(params=[*ENGINES, "remote"])
def backend(request, tmp_path):
    """A backend behind the port: embedded on each kind of database, and another instance's over its HTTP interface."""
    postgresql = request.getfixturevalue("postgresql") if request.param == "postgresql" else None
    url = postgresql.migrated() if postgresql else make_url(f"sqlite:///{tmp_path / 'assistant.sqlite3'}")
    made = Backend(url)
    if request.param == "remote":
        with lent_app(an_instance(made, tmp_path)) as app:
            made.licensing = remote_licensing(made, tmp_path, app=app)
            yield made
            made.licensing.close()
    else:
        yield made
    made.database.close()
    if postgresql:
        postgresql.give_back(url)


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
