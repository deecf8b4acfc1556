"""What holds for all tests: matching goes by words, except where a test asks for the models (they take seconds to load);
and a first start finds its database made (``assistant db upgrade`` does not, and migrations have tests of their own).

Storage is tested on every database: a test that takes ``each_database`` runs once for each.
"""

import pytest
from hypothesis import settings
from sqlalchemy import make_url

from assistant.bootstrap import opening
from assistant.knowledge.desk import default_files
from assistant.knowledge.documents.importer import read_document
from assistant.knowledge.matching.semantic.encoders import shipped_encoder
from support.databases import ENGINES, open_databases
from support.distribution import ByModule
from support.matching import edition
from support.prepared import prepare_quickly
from support.tenancy import open_site

# properties that name no number of their own are tried as often as the suite's ten minutes allow
settings.register_profile("suite", max_examples=60)
settings.load_profile("suite")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return ByModule(config, log)


@pytest.fixture(autouse=True)
def _by_words(monkeypatch):
    monkeypatch.setenv("ASSISTANT_SEMANTIC", "false")


@pytest.fixture(autouse=True)
def _warnings_logged(caplog):
    # an application that a test made has set the level for the whole process
    caplog.set_level("WARNING")


@pytest.fixture(autouse=True)
def _prepared(monkeypatch):
    monkeypatch.setattr(opening, "prepare", prepare_quickly)


@pytest.fixture(scope="session")
def postgresql():
    """The maker of PostgreSQL databases; the server starts with the first test that wants it."""
    made = open_databases()
    yield made
    made.close()


@pytest.fixture(scope="session")
def default_folder(tmp_path_factory):
    """Where the default knowledge keeps what it derives, the vectors of all its texts among it."""
    return tmp_path_factory.mktemp("default")


@pytest.fixture(scope="session")
def default(default_folder):
    """The default knowledge with the real models, whose vectors take long to make."""
    encoder = shipped_encoder()
    if encoder is None or "+" not in encoder.name:
        pytest.skip("the extra 'semantic' is not installed")
    entries = [draft.entry for file in default_files() for draft in read_document(file).drafts]
    return edition(*entries, encoder=encoder, folder=default_folder)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The whole application with two partners in it, for tests that change nothing of theirs."""
    folder = tmp_path_factory.mktemp("site")
    made = open_site(folder, make_url(f"sqlite:///{folder / 'assistant.sqlite3'}"))
    yield made
    made.close()


@pytest.fixture(params=ENGINES)
def each_database(request, tmp_path):
    """The address of a database with all tables and no rows, on one kind of database after the other."""
    if request.param == "sqlite":
        yield make_url(f"sqlite:///{tmp_path / 'assistant.sqlite3'}")
        return
    databases = request.getfixturevalue("postgresql")
    url = databases.migrated()
    yield url
    databases.give_back(url)


@pytest.fixture(params=ENGINES)
def each_empty_database(request, tmp_path):
    """The address of a database without tables, on one kind of database after the other."""
    if request.param == "sqlite":
        yield make_url(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
        return
    databases = request.getfixturevalue("postgresql")
    url = databases.empty()
    yield url
    databases.drop(url)
