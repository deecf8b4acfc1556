"""A second factor counts only after a right code and saved recovery codes; each recovery code works once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.access import recovery
from assistant.access.qr import qr_svg
from assistant.domain.accounts import CodeOutcome, CodeVerdict, Session
from assistant.domain.errors import Conflict, NotSignedIn
from support.access import CountingIds


@pytest.fixture
def newcomer(identity):
    return identity.anna(totp_secret=None)


def enrol(identity):
    """Go through all three steps; return the session, the recovery codes and the key."""
    token = identity.begin()
    secret = identity.access.enrol(token).secret
    codes = identity.access.confirm_enrolment(token, identity.code(secret=secret))
    session = identity.access.acknowledge_recovery(token, address="192.0.2.1")
    identity.clock.advance(seconds=30)
    return session, codes, secret


def test_the_three_steps_put_the_factor_in_force_and_open_a_session(identity, newcomer):
    session, codes, _ = enrol(identity)

    assert identity.access.session(session.token) == session
    assert session.user.enrolled
    assert session.user.recovery_codes_left == len(codes) == 10


def test_a_started_enrolment_shows_the_same_key_again(identity, newcomer):
    token = identity.begin()

    assert identity.access.enrol(token) == identity.access.enrol(token)


def test_two_sign_ins_never_share_a_key(identity, newcomer):
    first, second = identity.begin(), identity.begin()

    assert identity.access.enrol(first) != identity.access.enrol(second)


def test_a_right_code_alone_puts_nothing_in_force(identity, newcomer):
    token = identity.begin()
    secret = identity.access.enrol(token).secret
    identity.access.confirm_enrolment(token, identity.code(secret=secret))

    assert not identity.access.pending_user(identity.begin()).enrolled
    assert identity.access.sessions(newcomer.principal.user_id) == ()


def test_acknowledging_before_a_right_code_is_refused(identity, newcomer):
    token = identity.begin()
    identity.access.enrol(token)

    with pytest.raises(Conflict):
        identity.access.acknowledge_recovery(token, address="192.0.2.1")

    assert not identity.access.pending_user(token).enrolled


def test_a_wrong_first_code_gives_no_recovery_codes(identity, newcomer):
    token = identity.begin()
    secret = identity.access.enrol(token).secret

    verdict = identity.access.confirm_enrolment(token, identity.wrong_code(secret))

    assert verdict == CodeVerdict(CodeOutcome.WRONG)


def test_a_code_before_the_key_was_shown_confirms_nothing(identity, newcomer):
    verdict = identity.access.confirm_enrolment(identity.begin(), "123456")

    assert verdict == CodeVerdict(CodeOutcome.NOT_ENROLLED)


def test_of_eight_who_confirm_with_one_code_at_once_one_gets_recovery_codes(identity, newcomer):
    token = identity.begin()
    code = identity.code(secret=identity.access.enrol(token).secret)

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda _: identity.access.confirm_enrolment(token, code), range(8)))

    assert [type(outcome) for outcome in outcomes].count(tuple) == 1


def test_the_code_that_confirmed_the_factor_does_not_sign_in_again(identity, newcomer):
    token = identity.begin()
    secret = identity.access.enrol(token).secret
    code = identity.code(secret=secret)
    identity.access.confirm_enrolment(token, code)
    identity.access.acknowledge_recovery(token, address="192.0.2.1")

    again = identity.access.complete(identity.begin(), code, address="192.0.2.1")

    assert again == CodeVerdict(CodeOutcome.USED)


def test_whoever_has_a_factor_cannot_enrol_another_with_the_password(identity):
    identity.anna()

    with pytest.raises(Conflict):
        identity.access.enrol(identity.begin())


def test_of_two_enrolments_under_way_only_the_first_to_finish_counts(identity, newcomer):
    slow = identity.begin()
    slow_secret = identity.access.enrol(slow).secret
    identity.access.confirm_enrolment(slow, identity.code(secret=slow_secret))
    enrol(identity)

    with pytest.raises(Conflict):
        identity.access.acknowledge_recovery(slow, address="192.0.2.1")


def test_an_enrolment_has_fifteen_minutes_and_no_more(identity, newcomer):
    token = identity.begin()
    identity.access.enrol(token)
    identity.clock.advance(minutes=14, seconds=59)
    in_time = identity.access.pending_user(token)

    identity.clock.advance(seconds=1)

    assert in_time == newcomer
    with pytest.raises(NotSignedIn):
        identity.access.enrol(token)


def test_a_recovery_code_signs_in_once(identity, newcomer):
    _, codes, _ = enrol(identity)

    first = identity.access.complete(identity.begin(), codes[0], address="192.0.2.1")
    second = identity.access.complete(identity.begin(), codes[0], address="192.0.2.1")

    assert isinstance(first, Session)
    assert second == CodeVerdict(CodeOutcome.WRONG)
    assert identity.access.pending_user(identity.begin()).recovery_codes_left == 9


def test_a_recovery_code_confirms_no_change(identity, newcomer):
    _, codes, _ = enrol(identity)

    verdict = identity.access.accept(newcomer.principal.user_id, codes[0], "c" * 64)

    assert verdict == CodeVerdict(CodeOutcome.WRONG)
    assert identity.access.pending_user(identity.begin()).recovery_codes_left == 10


def test_wrong_recovery_codes_are_throttled_with_the_other_codes(identity, newcomer):
    _, codes, secret = enrol(identity)
    wrong = codes[0][:-1] + ("0" if codes[0][-1] != "0" else "1")
    token = identity.begin()

    verdicts = [identity.access.complete(token, wrong, address="192.0.2.1") for _ in range(5)]
    sixth = identity.access.complete(token, identity.code(secret=secret), address="192.0.2.1")

    assert [verdict.outcome for verdict in verdicts] == [CodeOutcome.WRONG] * 5
    assert sixth.outcome is CodeOutcome.LOCKED


def test_a_recovery_code_opens_a_factor_that_too_many_failures_closed(identity, newcomer):
    _, codes, secret = enrol(identity)
    anna = newcomer.principal.user_id
    for _ in range(100):
        identity.access.accept(anna, identity.wrong_code(secret), "c" * 64)
        identity.clock.advance(hours=1)
    closed = identity.access.accept(anna, identity.code(secret=secret), "c" * 64)

    recovered = identity.access.complete(identity.begin(), codes[0], address="192.0.2.1")

    assert closed == CodeVerdict(CodeOutcome.LOCKED)
    assert isinstance(recovered, Session)
    assert not isinstance(identity.access.accept(anna, identity.code(secret=secret), "c" * 64), CodeVerdict)


def test_a_reset_ends_the_sessions_and_asks_for_a_new_factor(identity):
    identity.anna()
    session = identity.sign_in()

    identity.accounts.reset_second_factor("anna")

    assert identity.access.session(session.token) is None
    assert not identity.access.pending_user(identity.begin()).enrolled


@given(code=st.sampled_from(recovery.new_codes(CountingIds())), gap=st.sampled_from(["", " ", "-", " - "]))
def test_a_recovery_code_may_be_typed_in_any_case_and_grouping(code, gap):
    typed = gap.join(code.lower().split("-"))

    assert recovery.read_code(typed) == recovery.read_code(code)


@given(st.text(max_size=40).filter(lambda text: len(text.replace(" ", "").replace("-", "")) < 16))
def test_nothing_shorter_than_16_characters_is_a_recovery_code(typed):
    assert recovery.read_code(typed) is None


def test_the_letters_that_look_like_digits_are_read_as_those():
    assert recovery.read_code("oOiI-lL00-0000-0000") == recovery.read_code("0011-1100-0000-0000")


def test_the_square_code_has_no_style_of_its_own(identity, newcomer):
    svg = qr_svg(identity.access.enrol(identity.begin()).uri)

    assert svg.startswith("<svg")
    assert "style" not in svg
