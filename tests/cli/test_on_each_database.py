"""The whole program on each kind of database: commands, copies, and one conversation over two processes."""

import pytest

from assistant.bootstrap import build, open_application
from assistant.config import read_settings
from assistant.persistence.row_security import EVERY_PARTNERS
from assistant.ports.conversations import Message
from assistant.world import apply_world, read_world
from support.databases import ENGINES, open_migrated, rows_of

WORLD = """
partners:
  Northwind:
    customers:
      Contoso: {subscriptions: [{plan: WF Services Monthly Rolling, seats: 25, start: 2025-04-01}]}
      Lucerne: {}
users:
  anna: {role: partner_admin, partner: Northwind, password: demo-password-anna, totp_secret: JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP}
"""


@pytest.fixture
def address(each_database, data_dir, monkeypatch):
    address = each_database.render_as_string(hide_password=False)
    monkeypatch.setenv("ASSISTANT_DATABASE_URL", address)
    return address


@pytest.fixture
def app(address):
    made = open_application(read_settings())
    apply_world(made, read_world(WORLD))
    yield made
    made.database.close()


@pytest.fixture
def node(app):
    """A second process over the same database."""
    made = build(app.settings)
    yield made
    made.database.close()


@pytest.fixture
def other_address(request, postgresql, tmp_path):
    """An address to restore into: a database with its tables and no rows, or a file that is not there yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'restored.sqlite3'}"
        return
    url = postgresql.migrated()
    yield url.render_as_string(hide_password=False)
    postgresql.give_back(url)


def anna(app):
    return next(user.principal for user in app.accounts.list() if user.username == "anna")


def start_a_trial(app, node):
    """Order a trial, each message at the other process, and return the last turn."""
    conversation = app.conversations.open(anna(app))
    said = ["trial of email security for Lucerne", "6 seats", "yes"]
    for number, (text, process) in enumerate(zip(said, (app, node, app), strict=True)):
        process.conversations.send(anna(app), conversation, Message(f"m-{number}", text=text))
    code = app.access.current_code("anna")[0]
    return node.conversations.send(anna(app), conversation, Message("m-code", code=code))


def test_a_question_is_answered_with_its_text(app, assistant):
    ran = assistant("ask", "How large can a trial be?")

    assert ran.status == 0
    assert "trial" in ran.out.casefold()


def test_a_conversation_moves_between_two_processes_message_by_message(app, node):
    turn = start_a_trial(app, node)

    assert [block.get("code", block["type"]) for block in turn["blocks"]] == ["receipt"]
    assert app.licensing.verify_audit() == {"Northwind": ()}
    assert turn["task"]["phase"] == "done"


def test_what_one_process_publishes_the_other_answers_with(app, node, assistant, tmp_path):
    before = node.knowledge.ask("How often is the moon painted?")
    document = tmp_path / "moon.md"
    document.write_text(
        "# Moon\n\n2025-03\n\n## How often is the moon painted?\n\nEvery other year.\n", "utf-8"
    )

    imported = assistant("knowledge", "import", document, "--publish")

    after = node.knowledge.ask("How often is the moon painted?")
    assert (imported.status, imported.err) == (0, "")
    assert before.entries == ()
    assert [found.entry.text for found in after.entries] == ["Every other year."]


def test_a_database_in_use_is_in_order(app, node, assistant):
    start_a_trial(app, node)

    assert (assistant("db", "check").out, assistant("db", "upgrade").status) == (
        "The database is in order.\n",
        0,
    )


def test_a_changed_audit_entry_is_found(app, node, assistant):
    start_a_trial(app, node)
    with app.database.writing(EVERY_PARTNERS) as connection:
        connection.exec_driver_sql("UPDATE audit_entries SET actor = 'Ben'")
        connection.commit()

    ran = assistant("db", "check")

    assert ran.status == 1
    assert "Northwind" in ran.err


@pytest.mark.parametrize("other_address", ENGINES, indirect=True)
def test_a_backup_restored_into_either_kind_of_database_is_the_same_and_in_order(
    app, node, assistant, other_address, monkeypatch, tmp_path
):
    start_a_trial(app, node)
    backed_up = assistant("db", "backup", tmp_path / "backup.sqlite3")
    before = rows_of(app.database)
    monkeypatch.setenv("ASSISTANT_DATABASE_URL", other_address)

    restored = assistant("db", "restore", tmp_path / "backup.sqlite3")

    assert (backed_up.status, restored.status, restored.err) == (0, 0, "")
    assert assistant("db", "check").status == 0
    copy = open_migrated(other_address)
    restored_rows = rows_of(copy)
    copy.close()
    assert restored_rows == before


def test_a_backup_never_goes_over_rows(app, assistant, tmp_path):
    assistant("db", "backup", tmp_path / "backup.sqlite3")
    before = rows_of(app.database)

    ran = assistant("db", "restore", tmp_path / "backup.sqlite3")

    assert ran.status == 1
    assert "not empty" in ran.err
    assert rows_of(app.database) == before
