"""Whatever the surroundings are like, a command says in one sentence what is wrong with them."""

import socket
import sqlite3
from contextlib import closing

import pytest


def one_sentence(ran):
    return len(ran.err.splitlines()) == 1 and "Traceback" not in ran.err and ran.out == ""


def test_a_file_that_is_no_database_is_named(assistant, data_dir):
    data_dir.mkdir()
    (data_dir / "assistant.sqlite3").write_bytes(b"\x7fELF" + bytes(range(256)) * 40)

    ran = assistant("ask", "What is NFR?")

    assert (ran.status, one_sentence(ran)) == (1, True)
    assert "not a database" in ran.err


@pytest.mark.parametrize("command", [("ask", "What is NFR?"), ("db", "upgrade")])
def test_a_database_of_a_newer_version_is_left_alone(assistant, data_dir, command):
    assistant("db", "upgrade")
    with closing(sqlite3.connect(data_dir / "assistant.sqlite3")) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()

    ran = assistant(*command)

    assert (ran.status, one_sentence(ran)) == (1, True)
    assert "another version" in ran.err


def test_a_backup_that_is_no_database_is_not_restored(assistant, tmp_path):
    path = tmp_path / "notes.sqlite3"
    path.write_bytes(b"not a backup at all " * 400)

    ran = assistant("db", "restore", path)

    assert (ran.status, one_sentence(ran)) == (1, True)


def test_a_data_directory_that_is_a_file_is_named(assistant, data_dir):
    data_dir.write_text("in the way")

    ran = assistant("ask", "What is NFR?")

    assert (ran.status, one_sentence(ran)) == (1, True)
    assert str(data_dir) in ran.err


def test_a_data_directory_that_cannot_hold_keys_is_named(assistant, data_dir, tmp_path, monkeypatch):
    monkeypatch.setenv("ASSISTANT_DATABASE_URL", f"sqlite:///{tmp_path / 'elsewhere.sqlite3'}")
    data_dir.write_text("in the way")

    ran = assistant("ask", "What is NFR?")

    assert (ran.status, one_sentence(ran)) == (2, True)
    assert ran.err.startswith("ASSISTANT_DATA_DIR: ")


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "nonsense://", "nothing"])
def test_an_address_that_is_no_lasting_database_is_refused_as_a_setting(assistant, monkeypatch, url):
    monkeypatch.setenv("ASSISTANT_DATABASE_URL", url)

    ran = assistant("ask", "What is NFR?")

    assert (ran.status, one_sentence(ran)) == (2, True)
    assert ran.err.startswith("ASSISTANT_DATABASE_URL: ")


@pytest.mark.parametrize("content", ["", "garbage", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="])
def test_a_key_file_that_holds_no_key_is_named_and_left_alone(assistant, data_dir, content):
    data_dir.mkdir()
    (data_dir / "secret.key").write_text(content)

    ran = assistant("users", "list")

    assert (ran.status, one_sentence(ran)) == (2, True)
    assert "secret.key" in ran.err
    assert (data_dir / "secret.key").read_text() == content


@pytest.mark.parametrize(
    "instant", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59Z"]
)
def test_the_clock_is_not_set_to_the_edges_of_the_calendar(assistant, instant):
    before = assistant("clock", "show", "--json").out[:30]

    ran = assistant("clock", "set", instant)

    assert (ran.status, one_sentence(ran)) == (2, True)
    assert ran.err.startswith("instant: ")
    assert '"simulated": false' in assistant("clock", "show", "--json").out, before


def test_the_clock_is_not_moved_to_the_edge_of_the_calendar(assistant):
    assistant("clock", "set", "8999-12-31T00:00:00Z")

    ran = assistant("clock", "advance", "99999d")

    assert (ran.status, one_sentence(ran)) == (2, True)
    assert assistant("clock", "show").out == "8999-12-31T00:00:00Z (simulated)\n"


def test_a_password_is_not_asked_for_where_nobody_can_type_it_unseen(assistant):
    ran = assistant("users", "add", "pat", "--name", "Pat", "--role", "sales")

    assert ran.status == 2
    assert "--password-stdin" in ran.err
    assert "echo" not in ran.err


def test_a_port_that_is_taken_is_told_at_once_and_nothing_is_said_to_be_served(assistant):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        ran = assistant("serve", "--port", port)

    assert (ran.status, one_sentence(ran)) == (1, True)
    assert f"127.0.0.1:{port}" in ran.err


def test_an_address_that_is_not_of_this_machine_is_told_at_once(assistant):
    ran = assistant("serve", "--host", "256.0.0.1")

    assert (ran.status, one_sentence(ran)) == (1, True)
    assert "256.0.0.1:8000" in ran.err


@pytest.mark.parametrize("command", ["due", "verify-audit"])
def test_another_instances_backend_is_worked_on_there(assistant, monkeypatch, command):
    assistant("db", "upgrade")
    monkeypatch.setenv("ASSISTANT_LICENSING_URL", "https://licensing.example")
    monkeypatch.setenv("ASSISTANT_LICENSING_TOKEN", "x" * 40)

    ran = assistant("licensing", command)

    assert (ran.status, one_sentence(ran)) == (2, True)
    assert "run this command there" in ran.err
