"""What users do about their own account: each with a fresh code, and nothing of before goes on afterwards."""

import pytest

from assistant.access import totp
from assistant.domain.accounts import CodeOutcome, CodeVerdict, Session
from assistant.domain.errors import InvalidInput, NotSignedIn, TooManyAttempts
from support.access import ANNA_PASSWORD

NEW = "plum kettle orbit"
HERE = {"address": "192.0.2.1"}


@pytest.fixture
def signed_in(quick):
    quick.id = quick.anna().principal.user_id
    quick.mine, quick.other = quick.sign_in(), quick.sign_in()
    return quick


def changed(identity, current=ANNA_PASSWORD, new=NEW, code=None):
    return identity.parts.own.change_password(
        identity.id, current=current, new=new, code=code or identity.code(), **HERE
    )


def replaced(identity):
    token = identity.parts.own.begin_new_factor(identity.id, identity.code(), **HERE)
    identity.new_secret = identity.access.enrol(token).secret
    identity.access.confirm_enrolment(token, identity.code(secret=identity.new_secret))
    return identity.access.acknowledge_recovery(token, **HERE)


def test_a_new_password_takes_the_old_ones_place_and_is_told_by_mail(signed_in):
    session = changed(signed_in)

    assert isinstance(session, Session)
    with pytest.raises(NotSignedIn):
        signed_in.begin(password=ANNA_PASSWORD)
    assert signed_in.begin(password=NEW)
    assert "Your password was changed" in signed_in.mail.subjects()


@pytest.mark.parametrize(
    ("current", "new", "field"), [("guess", NEW, "current"), (ANNA_PASSWORD, "password1234", "password")]
)
def test_a_wrong_or_a_weak_password_changes_nothing_and_uses_up_no_code(signed_in, current, new, field):
    with pytest.raises(InvalidInput) as refused:
        changed(signed_in, current, new)

    assert refused.value.field == field
    assert isinstance(changed(signed_in), Session)


def test_without_a_fresh_code_the_password_stays(signed_in):
    assert changed(signed_in, code=signed_in.wrong_code()) == CodeVerdict(CodeOutcome.WRONG)
    assert changed(signed_in, code=signed_in.code(-1)) == CodeVerdict(CodeOutcome.USED)

    assert signed_in.begin(password=ANNA_PASSWORD)
    assert signed_in.access.session(signed_in.other.token)


def test_guessing_the_password_from_a_session_is_throttled_apart_from_sign_in(signed_in):
    for _ in range(10):
        with pytest.raises(InvalidInput):
            changed(signed_in, current="guess")
    with pytest.raises(TooManyAttempts):
        changed(signed_in)

    assert signed_in.begin()


def test_new_recovery_codes_take_the_place_of_the_earlier_ones(signed_in):
    first = signed_in.parts.own.renew_recovery_codes(signed_in.id, signed_in.code(), **HERE)
    signed_in.clock.advance(seconds=30)
    second = signed_in.parts.own.renew_recovery_codes(signed_in.id, signed_in.code(), **HERE)

    assert (len(first), len(second), set(first) & set(second)) == (10, 10, set())
    assert isinstance(signed_in.access.complete(signed_in.begin(), first[0], **HERE), CodeVerdict)
    assert isinstance(signed_in.access.complete(signed_in.begin(), second[0], **HERE), Session)
    assert signed_in.accounts.user("anna").recovery_codes_left == 9
    assert signed_in.mail.subjects()[-2:] == ["A recovery code was used", "A sign-in from a new device"]


def test_recovery_codes_are_not_shown_without_a_fresh_code(signed_in):
    verdict = signed_in.parts.own.renew_recovery_codes(signed_in.id, signed_in.code(-1), **HERE)

    assert verdict == CodeVerdict(CodeOutcome.USED)


def test_another_app_is_in_force_once_its_code_was_right_and_the_codes_were_saved(signed_in):
    token = signed_in.parts.own.begin_new_factor(signed_in.id, signed_in.code(), **HERE)
    secret = signed_in.access.enrol(token).secret
    signed_in.access.confirm_enrolment(token, signed_in.code(secret=secret))
    signed_in.clock.advance(seconds=30)
    meanwhile = signed_in.access.accept(signed_in.id, signed_in.code(), "c" * 64)
    assert not isinstance(meanwhile, CodeVerdict)
    assert signed_in.access.session(signed_in.other.token)

    session = signed_in.access.acknowledge_recovery(token, **HERE)

    signed_in.clock.advance(seconds=30)
    old = signed_in.access.accept(signed_in.id, signed_in.code(), "c" * 64)
    assert old == CodeVerdict(CodeOutcome.WRONG)
    new = signed_in.access.accept(signed_in.id, signed_in.code(secret=secret), "c" * 64)
    assert not isinstance(new, CodeVerdict)
    assert signed_in.access.session(session.token)
    assert "Your authenticator app was changed" in signed_in.mail.subjects()


def test_without_a_fresh_code_no_other_app_is_set_up(signed_in):
    verdict = signed_in.parts.own.begin_new_factor(signed_in.id, "000000", **HERE)

    assert isinstance(verdict, CodeVerdict)


def ended_by_sign_out(identity):
    identity.access.end(identity.mine.token)


def ended_by_password(identity):
    changed(identity)


def ended_by_factor(identity):
    replaced(identity)


def ended_by_closing(identity):
    identity.user("bert")
    identity.accounts.disable("anna")


def ended_by_owner(identity):
    identity.access.end_others(identity.mine.token)


@pytest.mark.parametrize(
    ("event", "mine", "other"),
    [
        (ended_by_sign_out, False, True),
        (ended_by_password, False, False),
        (ended_by_factor, False, False),
        (ended_by_closing, False, False),
        (ended_by_owner, True, False),
    ],
)
def test_which_sessions_an_event_ends_from_the_next_request_on(signed_in, event, mine, other):
    event(signed_in)

    live = [signed_in.access.session(s.token) is not None for s in (signed_in.mine, signed_in.other)]
    assert live == [mine, other]


@pytest.mark.parametrize("change", [changed, replaced])
def test_the_session_that_made_the_change_goes_on_under_a_new_token(signed_in, change):
    session = change(signed_in)

    assert session.token not in {signed_in.mine.token, signed_in.other.token}
    assert signed_in.access.session(session.token) == session


def test_a_pending_sign_in_does_not_outlive_a_new_password(signed_in):
    token = signed_in.begin()
    changed(signed_in)

    with pytest.raises(NotSignedIn):
        signed_in.access.complete(token, signed_in.fresh_code(), **HERE)


def test_only_a_live_session_ends_the_others(signed_in):
    signed_in.clock.advance(minutes=60)

    with pytest.raises(NotSignedIn):
        signed_in.access.end_others(signed_in.mine.token)


def test_the_new_secret_is_not_the_old_one(signed_in):
    replaced(signed_in)
    digits = totp.code_at(signed_in.new_secret, totp.step_of(signed_in.clock.now()))

    assert digits != signed_in.code()
