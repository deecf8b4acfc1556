"""The database commands and the conversation in a terminal, each as its own process sees it."""

import io
import sqlite3

import pytest

from assistant.bootstrap import open_application
from assistant.cli.context import application as cached
from assistant.cli.main import main
from assistant.config import read_settings
from assistant.ports.conversations import Message
from assistant.world import apply_world, read_world

WORLD = """
clock: 2026-03-15T10:00:00Z
partners:
  Northwind:
    customers:
      Contoso: {subscriptions: [{plan: WF Services Monthly Rolling, seats: 25, start: 2025-04-01}]}
      Lucerne: {}
users:
  anna: {role: partner_admin, partner: Northwind, password: demo-password-anna, totp_secret: JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP}
  newt: {role: partner_admin, partner: Northwind, password: demo-password-newt}
"""


@pytest.fixture
def environment(tmp_path, monkeypatch):
    cached.cache_clear()
    monkeypatch.delenv("ASSISTANT_DATABASE_URL", raising=False)
    # a database is restored into another folder, and its secrets need the same key there
    monkeypatch.setenv("ASSISTANT_SECRET_KEYS", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("ASSISTANT_MODE", "test")
    yield monkeypatch
    if cached.cache_info().currsize:
        cached().database.close()
    cached.cache_clear()


@pytest.fixture
def app(environment):
    made = open_application(read_settings())
    apply_world(made, read_world(WORLD))
    yield made
    made.database.close()


@pytest.fixture
def run(environment, capsys):
    def call(*arguments, stdin=""):
        environment.setattr("sys.stdin", io.StringIO(stdin))
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        return ended.value.code, *capsys.readouterr()

    return call


def current_code(app):
    return app.access.current_code("anna")[0]


def whole(path):
    with sqlite3.connect(path) as connection:
        names = sorted(
            row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        )
        rows = {name: sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"'))) for name in names}
    connection.close()
    return rows


def test_a_backup_restored_into_a_new_database_holds_every_row(app, run, environment, tmp_path):
    status, out, _ = run("db", "backup", tmp_path / "copy.sqlite3")
    environment.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "other"))
    restored, _, err = run("db", "restore", tmp_path / "copy.sqlite3")

    assert (status, restored, err) == (0, 0, "")
    assert "Backed up" in out
    assert whole(tmp_path / "other" / "assistant.sqlite3") == whole(tmp_path / "data" / "assistant.sqlite3")


@pytest.mark.parametrize(
    "name", ["with space.sqlite3", "what?.sqlite3", "50%20off.sqlite3", "ünïcode#1.sqlite3"]
)
def test_a_backup_goes_to_the_very_file_that_was_named(app, run, environment, tmp_path, name):
    assert run("db", "backup", tmp_path / "deep" / name)[0] == 0
    assert [
        path.name for path in (tmp_path / "deep").iterdir() if not path.name.endswith(("-wal", "-shm"))
    ] == [name]
    environment.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "other"))
    assert run("db", "restore", tmp_path / "deep" / name)[0] == 0


def test_a_backup_never_overwrites_a_file(app, run, tmp_path):
    (tmp_path / "there").write_text("mine")

    status, _, err = run("db", "backup", tmp_path / "there")

    assert status == 1
    assert "exists already" in err
    assert (tmp_path / "there").read_text() == "mine"


def test_a_database_that_holds_rows_is_not_restored_over(app, run, tmp_path):
    run("db", "backup", tmp_path / "copy.sqlite3")
    before = whole(tmp_path / "data" / "assistant.sqlite3")

    status, _, err = run("db", "restore", tmp_path / "copy.sqlite3")

    assert status == 1
    assert "not empty" in err
    assert whole(tmp_path / "data" / "assistant.sqlite3") == before


@pytest.mark.parametrize("content", [b"", b"not a database", bytes(range(256)) * 20])
def test_a_file_that_is_no_backup_is_refused_in_one_sentence(run, tmp_path, content):
    (tmp_path / "wrong").write_bytes(content)

    status, _, err = run("db", "restore", tmp_path / "wrong")

    assert status in {1, 2}
    assert len(err.strip().splitlines()) == 1
    assert "wrong" in err
    assert (tmp_path / "wrong").read_bytes() == content


def test_a_backup_that_is_not_there_is_bad_use(run, tmp_path):
    status, _, err = run("db", "restore", tmp_path / "none")

    assert status == 2
    assert "does not exist" in err


def test_backing_up_where_there_is_no_database_yet_is_refused_in_one_sentence(run, tmp_path):
    status, _, err = run("db", "backup", tmp_path / "copy.sqlite3")

    assert status == 1
    assert "assistant db upgrade" in err
    assert not (tmp_path / "copy.sqlite3").exists()


def test_a_database_in_order_is_said_to_be(app, run):
    assert run("db", "check")[:2] == (0, "The database is in order.\n")


def test_a_database_without_its_tables_is_named_with_the_remedy(run):
    status, _, err = run("db", "check")

    assert status == 1
    assert "assistant db upgrade" in err


def test_a_lost_table_is_found(app, run, tmp_path):
    with sqlite3.connect(tmp_path / "data" / "assistant.sqlite3") as connection:
        connection.execute("DROP TABLE tasks")
    connection.close()

    status, _, err = run("db", "check")

    assert status == 1
    assert "tasks" in err


def test_upgrading_brings_an_empty_place_up_to_date(run):
    assert run("db", "upgrade")[0] == 0
    assert run("db", "check")[0] == 0


def test_a_trial_begun_elsewhere_is_finished_in_the_terminal(app, run):
    principal = next(user.principal for user in app.accounts.list() if user.username == "anna")
    conversation = app.conversations.open(principal)
    app.conversations.send(
        principal, conversation, Message("web-1", text="trial of email security for Lucerne")
    )

    status, out, _ = run(
        "chat",
        "--user",
        "anna",
        stdin=f"demo-password-anna\n{current_code(app)}\n\n6\nno\nyes\n000000\nexit\nyes\n",
    )

    assert status == 0
    assert "Signed in as Anna." in out
    assert "Going on where you left off." in out
    assert "How many seats" in out
    assert "Nothing has changed yet" in out
    assert "Enter the code" in out
    assert app.conversations.view(principal, conversation)["task"]["phase"] == "stepup"
    assert "000000" not in repr(app.conversations.view(principal, conversation))


def test_only_what_can_be_picked_by_number_is_numbered(app, run):
    stdin = f"demo-password-anna\n{current_code(app)}\nstart a trial and change seats\n2\n"

    _, out, _ = run("chat", "--user", "anna", "--new", stdin=stdin)

    assert "  2. Start a trial" in out
    assert "  - Lucerne" in out
    assert "1. Contoso" not in out


def test_signed_out_questions_are_answered_with_their_source(app, run):
    status, out, err = run(
        "chat", stdin="how large can a trial be\nstart a trial for Lucerne\nwhat is NFR?\n"
    )

    assert status == 0
    assert "Source: MSP FAQ" in out
    assert "Sign in as your company's partner administrator" in out
    assert err == ""


@pytest.mark.parametrize("stdin", ["wrong\n", "demo-password-anna\n000000\n", "", "demo-password-anna\n"])
def test_a_sign_in_that_fails_says_so_and_talks_about_nothing(app, run, stdin):
    status, out, err = run("chat", "--user", "anna", stdin=stdin)

    assert status == 1
    assert len(err.strip().splitlines()) == 1
    assert out == ""


def test_a_user_without_a_second_factor_is_sent_to_set_it_up(app, run):
    status, _, err = run("chat", "--user", "newt", stdin="demo-password-newt\n")

    assert status == 1
    assert "two-factor" in err


def test_a_message_that_is_too_long_is_refused_and_the_conversation_goes_on(app, run):
    status, out, _ = run("chat", stdin="x" * 4001 + "\nhelp\n")

    assert status == 0
    assert "4000" in out
    assert "Ask a question" in out
