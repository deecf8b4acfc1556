"""A backup on another machine: with the old keys everything works, with others nothing is started and the reason is told."""

import shutil

import pytest

from assistant.bootstrap import open_application
from assistant.config import read_settings
from assistant.domain.errors import InvalidInput
from web.wsgi import load

OLD = "b2xkLWtleS1vZi10aGUtZmlyc3QtbWFjaGluZS0xMjM="
NEW = "bmV3LWtleS1vZi1hbm90aGVyLW1hY2hpbmUtNDU2Nzg="
WORLD = """
partners: {Northwind: {customers: {Contoso: {}}}}
users:
  anna: {role: partner_admin, partner: Northwind, password: demo-password-anna, totp_secret: JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP}
"""


@pytest.fixture
def backup(assistant, monkeypatch, tmp_path):
    """A backup of a machine that uses the old key; the next command runs on another machine."""
    monkeypatch.setenv("ASSISTANT_SECRET_KEYS", OLD)
    (tmp_path / "world.yaml").write_text(WORLD)
    assert assistant("world", "load", tmp_path / "world.yaml").status == 0
    assert assistant("db", "backup", tmp_path / "backup.sqlite3").status == 0
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "other"))
    return tmp_path / "backup.sqlite3"


@pytest.mark.parametrize("keys", [OLD, f"{NEW},{OLD}"])
def test_with_the_old_key_everything_works(assistant, backup, monkeypatch, keys):
    monkeypatch.setenv("ASSISTANT_SECRET_KEYS", keys)

    assert assistant("db", "restore", backup).status == 0
    assert assistant("users", "code", "anna").out.strip()[:6].isdigit()
    app = load()
    # it waits for the index that a thread is making, which must not be left behind
    assert app.test_client().get("/readyz").status_code == 200
    app.extensions["assistant"].database.close()


def test_with_another_key_nothing_is_restored(assistant, backup, monkeypatch):
    monkeypatch.setenv("ASSISTANT_SECRET_KEYS", NEW)

    refused = assistant("db", "restore", backup)

    assert refused.status != 0
    assert "ASSISTANT_SECRET_KEYS" in refused.err
    monkeypatch.setenv("ASSISTANT_SECRET_KEYS", OLD)
    assert assistant("db", "restore", backup).status == 0


def test_without_the_key_file_nothing_is_restored(assistant, backup, monkeypatch):
    monkeypatch.delenv("ASSISTANT_SECRET_KEYS")

    assert "ASSISTANT_SECRET_KEYS" in assistant("db", "restore", backup).err


def test_a_database_file_brought_along_without_its_key_starts_nothing(
    assistant, backup, monkeypatch, data_dir, tmp_path
):
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(backup, other / "assistant.sqlite3")
    monkeypatch.setenv("ASSISTANT_SECRET_KEYS", NEW)

    for command in (["serve", "--port", "1"], ["users", "code", "anna"]):
        refused = assistant(*command)
        assert refused.status != 0
        assert "ASSISTANT_SECRET_KEYS" in refused.err
        assert "Traceback" not in refused.err
    with pytest.raises(InvalidInput, match="lack a key"):
        load()
    open_application(read_settings()).database.close()
