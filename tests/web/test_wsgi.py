"""What a WSGI server of one's own loads."""

import logging

import pytest

from assistant.domain.errors import DatabaseOutdated
from web.wsgi import load


@pytest.fixture
def environment(tmp_path, monkeypatch):
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path))
    handlers = logging.getLogger().handlers[:]
    yield monkeypatch
    logging.getLogger().handlers[:] = handlers


def test_it_is_ready_from_an_empty_data_directory_on_as_every_command_is(environment):
    app = load()
    try:
        assert app.test_client().get("/readyz").json["status"] == "ready"
    finally:
        app.extensions["assistant"].database.close()


def test_in_production_it_says_which_command_brings_the_database_up_to_date(environment):
    environment.setenv("ASSISTANT_MODE", "production")
    environment.setenv("ASSISTANT_SECRET_KEYS", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")

    with pytest.raises(DatabaseOutdated, match="assistant db upgrade"):
        load()
