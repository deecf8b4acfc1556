"""Users, tokens, letters and the record of security from the command line."""

import json

import pytest

from assistant.cli.context import application


@pytest.fixture
def peopled(assistant):
    for name in ("root", "second"):
        link = assistant(
            "users", "invite", name, "--name", name.title(), "--role", "administrator"
        ).out.strip()
        application().identity.links.choose_password(
            link.rpartition("/")[2], f"plum kettle orbit {name}", address=""
        )
    return assistant


def test_users_are_invited_changed_closed_and_opened_again(peopled):
    link = peopled("users", "invite", "pat", "--name", "Pat", "--role", "sales", "--email", "pat@x.example")
    assert link.out.startswith("http://127.0.0.1:8000/links/")
    assert peopled("users", "invite-again", "pat").out != link.out
    assert peopled("users", "role", "pat", "editor").status == 0
    assert peopled("users", "email", "pat").out == "Letters to pat go to nobody.\n"
    assert peopled("users", "close", "pat").status == 0
    closed = json.loads(peopled("users", "list", "--closed", "--json").out)
    assert [(user["username"], user["role"], user["email"]) for user in closed] == [("pat", "editor", None)]
    assert peopled("users", "reopen", "pat").status == 0
    assert "pat  editor  Pat  invited\n" in peopled("users", "list").out

    told = json.loads(peopled("audit", "list", "--user", "pat", "--json").out)

    assert [event["name"] for event in told] == [
        "account:user:reopened",
        "account:user:disabled",
        "account:role:changed",
        "account:user:invited",
        "account:user:invited",
    ]


def test_the_last_administrator_is_neither_closed_nor_demoted(peopled):
    assert peopled("users", "close", "second").status == 0

    for refused in (peopled("users", "close", "root"), peopled("users", "role", "root", "sales")):
        assert refused.status == 1
        assert "last administrator" in refused.err


def test_the_record_is_carried_away_and_checked_against_its_head(peopled, tmp_path):
    head = peopled("audit", "head").out.strip()
    assert peopled("audit", "verify-head", head).out == "unbroken\n"
    written = peopled("audit", "export", tmp_path / "events.jsonl")
    assert head in written.out
    lines = [json.loads(line) for line in (tmp_path / "events.jsonl").read_text().splitlines()]
    assert lines[-1]["hash"] == head.partition(":")[2]
    assert peopled("audit", "export", tmp_path / "events.jsonl").status == 1

    with application().database.writing() as connection:
        connection.exec_driver_sql("UPDATE security_events SET address = 'x' WHERE seq = 2")
        connection.commit()
    broken = peopled("audit", "verify-head", head)

    assert (broken.status, broken.out) == (1, "event 2 changed\n")
    assert peopled("audit", "verify-head", "nonsense").status == 2


def test_tokens_are_listed_and_revoked_and_letters_sent(peopled):
    assert json.loads(peopled("tokens", "list", "--json").out) == []
    assert peopled("tokens", "revoke", "AT-none").err == "There is no such token.\n"
    assert peopled("tokens", "list", "--user", "nobody").status == 1
    assert json.loads(peopled("mail", "send", "--json").out) == {"sent": 0, "failed": 0}
