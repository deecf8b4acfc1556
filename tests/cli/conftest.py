"""The command line as its user meets it: arguments in; exit status, output and errors out."""

from dataclasses import dataclass

import pytest

from assistant.cli.context import application
from assistant.cli.main import main


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    status: int
    out: str
    err: str


@pytest.fixture
def data_dir(tmp_path, monkeypatch):
    folder = tmp_path / "data dir"
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(folder))
    return folder


@pytest.fixture
def assistant(data_dir, capsys):
    opened = []

    def run(*arguments):
        application.cache_clear()
        with pytest.raises(SystemExit) as stopped:
            main([str(argument) for argument in arguments])
        if application.cache_info().currsize:
            opened.append(application().database)
        said = capsys.readouterr()
        return Ran(stopped.value.code, said.out, said.err)

    yield run
    for database in opened:
        database.close()
    application.cache_clear()
