"""Signing in takes both factors, tells strangers nothing and opens a new session each time."""

import pytest

from assistant.domain.accounts import CodeOutcome, CodeVerdict, Session
from assistant.domain.errors import NotSignedIn
from support.access import ANNA_PASSWORD


def test_password_and_code_open_a_session_of_that_user(identity):
    anna = identity.anna()

    session = identity.access.complete(identity.begin(), identity.code(), address="192.0.2.1")

    assert isinstance(session, Session)
    assert session.user == anna
    assert identity.access.session(session.token) == session


def test_the_token_of_the_password_step_is_no_session(identity):
    identity.anna()

    assert identity.access.session(identity.begin()) is None


def test_a_code_without_the_password_step_opens_nothing(identity):
    identity.anna()

    with pytest.raises(NotSignedIn):
        identity.access.complete("made-up", identity.code(), address="192.0.2.1")


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("anna", "wrong"),
        ("anna", ""),
        ("nobody", ANNA_PASSWORD),
        ("", ANNA_PASSWORD),
        ("an\x00na", ANNA_PASSWORD),
        ("\udcff", "\udcff"),
        ("a" * 5000, "p" * 100_000),
    ],
)
def test_every_wrong_name_or_password_gets_the_same_answer(identity, username, password):
    identity.anna()

    with pytest.raises(NotSignedIn) as refusal:
        identity.begin(username, password)

    assert refusal.value.message == "The name or the password is not right."
    assert refusal.value.params == {}


def test_capitals_in_the_name_do_not_matter(identity):
    anna = identity.anna()

    assert identity.access.pending_user(identity.begin(" Anna ")) == anna


def test_a_closed_account_looks_like_an_unknown_one(identity):
    identity.anna()
    identity.user("bert")
    identity.accounts.disable("anna")

    with pytest.raises(NotSignedIn, match=r"The name or the password is not right\."):
        identity.begin()


def test_the_second_step_is_open_for_just_under_five_minutes(identity):
    anna = identity.anna()
    token = identity.begin()

    identity.clock.advance(minutes=4, seconds=59)

    assert identity.access.pending_user(token) == anna


def test_the_second_step_is_closed_after_five_minutes(identity):
    identity.anna()
    token = identity.begin()

    identity.clock.advance(minutes=5)

    with pytest.raises(NotSignedIn):
        identity.access.complete(token, identity.code(), address="192.0.2.1")


def test_one_password_step_opens_one_session_only(identity):
    identity.anna()
    token = identity.begin()
    identity.access.complete(token, identity.code(), address="192.0.2.1")
    identity.clock.advance(seconds=30)

    with pytest.raises(NotSignedIn):
        identity.access.complete(token, identity.code(), address="192.0.2.1")


def test_a_wrong_code_leaves_the_second_step_open(identity):
    identity.anna()
    token = identity.begin()

    first = identity.access.complete(token, identity.wrong_code(), address="192.0.2.1")
    second = identity.access.complete(token, identity.code(), address="192.0.2.1")

    assert first == CodeVerdict(CodeOutcome.WRONG)
    assert isinstance(second, Session)


def test_each_sign_in_gets_another_token(identity):
    identity.anna()

    assert identity.sign_in().token != identity.sign_in().token


def test_closing_an_account_ends_its_sessions_at_once(identity):
    identity.anna()
    session = identity.sign_in()

    identity.user("bert")
    identity.accounts.disable("anna")

    assert identity.access.session(session.token) is None


def test_provisioning_again_keeps_the_id_and_takes_the_new_password(identity):
    before = identity.anna()
    principal = before.principal

    after = identity.accounts.provision(
        username="Anna",
        name="Anna B.",
        role=principal.role,
        password="another-horse-9",
        partner_id=principal.partner_id,
    )

    assert after.principal.user_id == principal.user_id
    assert not after.enrolled
    assert identity.access.pending_user(identity.begin(password="another-horse-9")) == after
