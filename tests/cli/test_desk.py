"""The licensing desk on the command line, signed in with a code or with a program's token."""

import io
import json

import pytest

from assistant.cli.context import application
from assistant.ports.conversations import Message


@pytest.fixture
def reference(assistant):
    """The demo world with one case that anna handed over."""
    assistant("world", "demo")
    app = application()
    anna = app.accounts.user("anna").principal
    conversation = app.conversations.open(anna)
    for number, said in enumerate(("change seats for Contoso to 40", "human")):
        app.conversations.send(anna, conversation, Message(f"m-{number}", text=said))
    return app.hand_offs.own(anna)[0]["reference"]


@pytest.fixture
def olga(assistant, reference, tmp_path):
    """Run a command of the desk with a token of olga's."""
    path = tmp_path / "token"
    path.write_text(token_of("olga"), "utf-8")
    return lambda *arguments: assistant("desk", *arguments, "--token-file", path)


def token_of(username, *scopes):
    app = application()
    user_id = app.accounts.user(username).principal.user_id
    code = app.access.current_code(username)[0]
    secret, _ = app.identity.tokens.make(user_id, "robot", scopes or ["desk"], 1, code)
    return secret


def test_an_operator_works_a_case_off(olga, reference):
    listed = json.loads(olga("list", "--json").out)
    assert [case["reference"] for case in listed] == [reference]
    assert "Contoso" in olga("list", "--words", "contoso").out
    assert olga("list", "--flow", "trial").out == "No case.\n"
    assert "claimed by Olga Operator" in olga("claim", reference).out
    assert olga("message", reference, "Which contract?").status == 0
    corrected = json.loads(olga("correct", reference, "seats=30", "--json").out)
    assert corrected["acts"][-1]["changes"][0]["after"] == "30"
    shown = olga("show", reference).out
    assert "Which contract?" in shown
    assert "> change seats for Contoso to 40" in shown
    assert "returned" in olga("return", reference, "--text", "30 it is").out
    assert [c["state"] for c in json.loads(olga("list", "--state", "closed", "--json").out)] == ["returned"]


IMPOSSIBLE = [
    (("claim", "X-0"), 1, "no such case"),
    (("close", "CASE", "no"), 1, "Claim this case first"),
    (("release", "CASE", "--version", "9"), 1, "has changed since"),
    (("list", "--state", "lost"), 2, "must be one of open, mine, closed"),
    (("correct", "CASE", "seats"), 2, "must be written SLOT=VALUE"),
]


def test_what_cannot_be_done_is_told_in_one_sentence(olga, reference):
    for arguments, status, said in IMPOSSIBLE:
        ran = olga(*(reference if argument == "CASE" else argument for argument in arguments))

        assert ran.status == status, arguments
        assert said in ran.err
        assert len(ran.err.strip().splitlines()) == 1


def test_complete_close_and_release_are_told_to_the_partner(olga, reference):
    olga("claim", reference)
    assert "open" in olga("release", reference).out
    olga("claim", reference)
    assert "completed" in olga("complete", reference, "Done on our side", "--outside", "SR-7").out

    app = application()
    anna = app.accounts.user("anna").principal
    assert [act["reference"] for act in app.hand_offs.own_one(anna, reference)["acts"]][-1] == "SR-7"


def test_both_factors_are_asked_for(assistant, reference):
    code = application().access.current_code("olga")[0]
    with pytest.MonkeyPatch.context() as environment:
        environment.setattr("sys.stdin", io.StringIO(f"vendor-demo-olga\n{code}\nvendor-demo-olga\n000000\n"))

        assert reference in assistant("desk", "list", "--user", "olga").out
        assert assistant("desk", "list", "--user", "olga").status == 1


def test_a_token_for_something_else_or_of_somebody_else_opens_nothing(assistant, reference, tmp_path):
    path = tmp_path / "token"
    for username, scopes, said in (
        ("olga", ["conversations"], "not made for this"),
        ("anna", ["desk"], "Only the vendor's licensing desk"),
    ):
        path.write_text(token_of(username, *scopes), "utf-8")
        ran = assistant("desk", "claim", reference, "--token-file", path)
        assert (ran.status, said in ran.err) == (1, True), ran.err
    path.write_text("junk", "utf-8")
    assert assistant("desk", "list", "--token-file", path).status == 1
    assert assistant("desk", "list", "--token-file", tmp_path / "none").status == 2
    assert assistant("desk", "list").status == 2
