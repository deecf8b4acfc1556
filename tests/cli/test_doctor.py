"""The doctor: an installation in order has no faults, and whatever is broken is named with what to do."""

import json

import pytest
from sqlalchemy import text

from assistant.bootstrap import build
from assistant.config import read_settings


@pytest.fixture
def installed(assistant):
    assert assistant("db", "upgrade").status == 0
    return assistant


def findings(assistant):
    done = assistant("doctor", "--json")
    return done.status, {(f["check"], f["health"]): f for f in json.loads(done.out)["findings"]}


def change(statement, **values):
    application = build(read_settings())
    with application.database.engine.begin() as connection:
        connection.execute(text(statement), values)
    application.database.close()


def test_the_demo_world_has_no_faults_and_is_told_that_it_is_a_demo(installed):
    assert installed("world", "demo").status == 0

    done = installed("doctor")

    assert done.status == 0
    assert "FAULT" not in done.out
    assert done.out.splitlines()[-1] == "No faults."
    assert "ASSISTANT_MODE=production" in done.out


def test_every_finding_that_is_not_good_says_what_to_do(installed):
    _, found = findings(installed)

    assert {f["check"] for f in found.values()} >= {
        "settings",
        "folder",
        "database",
        "keys",
        "knowledge",
        "policy",
    }
    assert all(bool(f["advice"]) == (f["health"] != "good") for f in found.values())


def test_before_the_first_start_it_says_how_to_begin_and_makes_nothing(assistant, data_dir):
    done = assistant("doctor")

    assert done.status == 1
    assert "Run: assistant db upgrade" in done.out
    assert not data_dir.exists()


def test_an_older_database_is_named_and_left_as_it_is(installed):
    change("UPDATE alembic_version SET version_num = '0009'")

    status, found = findings(installed)

    assert status == 1
    assert found["database", "fault"]["advice"] == "Run: assistant db upgrade"


def test_a_database_that_a_newer_version_has_taken_over_is_told_apart_from_one_that_is_too_old(installed):
    change("UPDATE alembic_version SET version_num = '9999_from_0001'")

    status, found = findings(installed)

    assert status == 0
    assert "Replace this version" in found["database", "advice"]["advice"]


def test_a_table_changed_by_hand_is_found(installed):
    change("ALTER TABLE knowledge_gaps ADD COLUMN note VARCHAR")

    status, found = findings(installed)

    assert status == 1
    assert "db check" in found["database", "fault"]["advice"]


def test_factors_sealed_with_a_key_that_is_gone_are_counted(installed, data_dir):
    assert installed("world", "demo").status == 0
    (data_dir / "secret.key").unlink()

    status, found = findings(installed)

    assert status == 1
    assert found["keys", "fault"]["found"].startswith("9 second factors")


def test_factors_of_an_older_key_are_advised_to_be_rotated(installed, data_dir, monkeypatch):
    assert installed("world", "demo").status == 0
    old = (data_dir / "secret.key").read_text()
    monkeypatch.setenv("ASSISTANT_SECRET_KEYS", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=," + old)

    status, found = findings(installed)

    assert status == 0
    assert "rotate-keys" in found["keys", "advice"]["advice"]


def test_an_altered_record_of_changes_is_found(installed):
    assert installed("world", "demo").status == 0
    assert installed("clock", "set", "2027-08-01T10:00:00Z").status == 0
    assert installed("licensing", "due").status == 0
    change("UPDATE audit_entries SET actor = 'nobody' WHERE seq = 1")

    status, found = findings(installed)

    assert status == 1
    assert "Keep the database as it is" in found["audit", "fault"]["advice"]


def test_work_that_fell_due_long_ago_is_found_and_gone_once_it_is_done(installed):
    assert installed("world", "demo").status == 0
    assert installed("clock", "set", "2027-08-01T10:00:00Z").status == 0
    overdue = findings(installed)
    assert installed("licensing", "due").status == 0

    assert overdue[0] == 1
    assert "licensing due" in overdue[1]["licences", "fault"]["advice"]
    assert findings(installed)[0] == 0


def test_knowledge_that_was_never_published_is_found(installed):
    change("DELETE FROM knowledge_switches")

    status, found = findings(installed)

    assert status == 1
    assert ("knowledge", "fault") in found


def test_a_folder_that_others_can_read_is_told(installed, data_dir):
    data_dir.chmod(0o755)

    _, found = findings(installed)

    assert "chmod 700" in found["folder", "advice"]["advice"]


def test_a_database_out_of_reach_is_one_fault_and_no_traceback(installed, monkeypatch):
    monkeypatch.setenv("ASSISTANT_DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/none")

    done = installed("doctor")

    assert done.status == 1
    assert "ASSISTANT_DATABASE_URL" in done.out
    assert "Traceback" not in done.out + done.err
