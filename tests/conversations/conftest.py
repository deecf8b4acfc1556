"""One application for all scripts, the stage they run on, and the command as its user meets it."""

from pathlib import Path

import pytest

from assistant.bootstrap import open_application
from assistant.cli.context import application as cached
from assistant.cli.main import main
from assistant.config import read_settings
from assistant.conversation.scripts import read_scripts
from assistant.scripting import Stage

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def settings(tmp_path_factory):
    data = tmp_path_factory.mktemp("application")
    return read_settings(
        {"ASSISTANT_DATA_DIR": str(data), "ASSISTANT_MODE": "test", "ASSISTANT_SEMANTIC": "false"}
    )


@pytest.fixture(scope="session")
def application(settings):
    made = open_application(settings)
    yield made
    made.database.close()


@pytest.fixture(scope="session")
def stage(application):
    with Stage(application) as stage:
        yield stage


@pytest.fixture
def play(stage):
    """play(text) runs the one script of a text in the world of the scripts here."""

    def run(text):
        (script,) = read_scripts(text)
        return stage.run(script, HERE)

    return run


@pytest.fixture
def environment(application, settings, monkeypatch):
    cached.cache_clear()
    for name in ("ASSISTANT_DATABASE_URL", "ASSISTANT_SECRET_KEYS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("ASSISTANT_MODE", "test")
    yield
    if cached.cache_info().currsize:
        cached().database.close()
    cached.cache_clear()


@pytest.fixture
def converse(environment, capsys):
    """converse(*arguments) runs the command and returns its status, output and errors."""

    def run(*arguments):
        with pytest.raises(SystemExit) as ended:
            main(["converse", *map(str, arguments)])
        return ended.value.code, *capsys.readouterr()

    return run
