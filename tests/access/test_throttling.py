"""Throttles, first as a rule over the times of tries, then at the doors they guard."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.access.throttling import CODES, Limit, opens_at
from assistant.domain.accounts import CodeOutcome, CodeVerdict, Session
from assistant.domain.errors import NotSignedIn, TooManyAttempts
from assistant.domain.quotes import StepUp

NOW = datetime(2026, 3, 15, 10, tzinfo=UTC)
SIMPLE = (Limit(3, timedelta(minutes=10)),)


def ago(*minutes):
    return tuple(NOW - timedelta(minutes=m) for m in minutes)


def test_fewer_tries_than_the_limit_leave_it_open():
    assert opens_at(ago(9, 1), SIMPLE, NOW) is None


def test_as_many_tries_as_the_limit_close_it_until_the_oldest_leaves_the_window():
    assert opens_at(ago(9, 5, 1), SIMPLE, NOW) == NOW + timedelta(minutes=1)


def test_it_opens_at_the_end_of_the_window_exactly():
    assert opens_at(ago(10, 5, 1), SIMPLE, NOW) is None


def test_of_two_closed_limits_the_longer_wait_counts():
    limits = (*SIMPLE, Limit(3, timedelta(hours=1)))

    assert opens_at(ago(9, 5, 1), limits, NOW) == NOW + timedelta(minutes=51)


@given(pauses=st.lists(st.integers(0, 3 * 3600), min_size=1, max_size=200))
def test_no_rhythm_of_tries_gets_more_than_five_in_15_minutes_or_30_a_day(pauses):
    tries, now = [], NOW
    for pause in pauses:
        now += timedelta(seconds=pause)
        if opens_at(tries, CODES, now) is None:
            tries.append(now)

    assert all(
        later - earlier >= timedelta(minutes=15) for earlier, later in zip(tries, tries[5:], strict=False)
    )
    assert all(
        later - earlier >= timedelta(days=1) for earlier, later in zip(tries, tries[30:], strict=False)
    )


def fail(identity, times):
    anna = identity.access.pending_user(identity.begin()).principal.user_id
    return [identity.access.accept(anna, identity.wrong_code(), "c" * 64) for _ in range(times)]


def test_after_five_wrong_codes_the_right_one_is_not_looked_at(identity):
    anna = identity.anna().principal.user_id
    verdicts = fail(identity, 5)

    sixth = identity.access.accept(anna, identity.code(), "c" * 64)

    assert verdicts == [CodeVerdict(CodeOutcome.WRONG)] * 5
    assert sixth == CodeVerdict(CodeOutcome.LOCKED, identity.clock.now() + timedelta(minutes=15))


def test_the_right_code_works_again_when_the_wait_is_over(identity):
    anna = identity.anna().principal.user_id
    fail(identity, 5)

    identity.clock.advance(minutes=15)

    assert isinstance(identity.access.accept(anna, identity.code(), "c" * 64), StepUp)


def test_wrong_codes_count_over_all_sign_ins_and_addresses(identity):
    identity.anna()
    for number in range(5):
        token = identity.begin(address=f"192.0.2.{number}")
        identity.access.complete(token, identity.wrong_code(), address=f"192.0.2.{number}")

    verdict = identity.access.complete(identity.begin(), identity.code(), address="198.51.100.1")

    assert isinstance(verdict, CodeVerdict)
    assert verdict.outcome is CodeOutcome.LOCKED


def test_used_codes_count_as_wrong_ones_do(identity):
    anna = identity.anna().principal.user_id
    code = identity.code()
    verdicts = [identity.access.accept(anna, code, "c" * 64) for _ in range(7)]

    outcomes = [verdict.outcome for verdict in verdicts if isinstance(verdict, CodeVerdict)]

    assert outcomes == [CodeOutcome.USED] * 5 + [CodeOutcome.LOCKED]


def test_knocking_at_a_closed_door_does_not_keep_it_shut(identity):
    anna = identity.anna().principal.user_id
    fail(identity, 5)
    for _ in range(14):
        identity.clock.advance(minutes=1)
        identity.access.accept(anna, "000000", "c" * 64)

    identity.clock.advance(minutes=1)

    assert isinstance(identity.access.accept(anna, identity.code(), "c" * 64), StepUp)


def test_after_30_wrong_codes_a_day_it_stays_closed_for_the_day(identity):
    anna = identity.anna().principal.user_id
    start = identity.clock.now()
    for _ in range(6):
        fail(identity, 5)
        identity.clock.advance(minutes=15)

    verdict = identity.access.accept(anna, identity.code(), "c" * 64)

    assert verdict == CodeVerdict(CodeOutcome.LOCKED, start + timedelta(days=1))


def test_after_100_failures_in_a_row_no_code_opens_the_factor(identity):
    anna = identity.anna().principal.user_id
    for _ in range(20):
        fail(identity, 5)
        identity.clock.advance(hours=6)

    verdict = identity.access.accept(anna, identity.code(), "c" * 64)

    assert verdict == CodeVerdict(CodeOutcome.LOCKED, retry_at=None)


def test_the_addresses_of_one_ipv6_subscriber_spray_as_one(quick):
    for number in range(60):
        with pytest.raises(NotSignedIn):
            quick.begin(username=f"name{number}", password="guess", address=f"2001:db8::{number:x}")

    with pytest.raises(TooManyAttempts):
        quick.begin(username="another", password="guess", address="2001:db8::ffff")


def test_ten_wrong_passwords_close_the_account_to_new_sign_ins(identity):
    identity.anna()
    for number in range(10):
        with pytest.raises(NotSignedIn):
            identity.begin(password="wrong", address=f"192.0.2.{number}")

    with pytest.raises(TooManyAttempts) as refusal:
        identity.begin()

    assert refusal.value.retry_after == 15 * 60 + 1


def test_an_unknown_name_is_throttled_like_a_known_one(identity):
    for number in range(10):
        with pytest.raises(NotSignedIn):
            identity.begin(username="nobody", address=f"192.0.2.{number}")

    with pytest.raises(TooManyAttempts):
        identity.begin(username="nobody")


def test_spraying_many_names_from_one_address_meets_a_limit(identity):
    for number in range(60):
        with pytest.raises(NotSignedIn):
            identity.begin(username=f"user{number}", address="192.0.2.66")

    with pytest.raises(TooManyAttempts):
        identity.begin(username="user60", address="192.0.2.66")


def test_right_passwords_are_not_counted(identity):
    identity.anna()
    tokens = {identity.begin() for _ in range(70)}

    assert len(tokens) == 70


def test_a_stranger_who_closes_sign_in_leaves_the_owners_session_and_step_up_alone(identity):
    anna = identity.anna().principal.user_id
    session = identity.sign_in()
    for _ in range(10):
        with pytest.raises(NotSignedIn):
            identity.begin(password="guess", address="203.0.113.9")

    proof = identity.access.accept(anna, identity.code(), "c" * 64)

    assert isinstance(identity.access.session(session.token), Session)
    assert isinstance(proof, StepUp)


def test_a_stranger_who_has_the_password_leaves_the_owners_step_up_alone(identity):
    anna = identity.anna().principal.user_id
    for _ in range(7):
        identity.access.complete(identity.begin(), identity.wrong_code(), address="203.0.113.9")

    assert isinstance(identity.access.accept(anna, identity.code(), "c" * 64), StepUp)


def test_wrong_codes_count_over_all_sessions_of_a_user(identity):
    anna = identity.anna().principal.user_id
    verdicts = [identity.access.accept(anna, identity.wrong_code(), f"{n}" * 64) for n in range(6)]

    assert [v.outcome for v in verdicts] == [CodeOutcome.WRONG] * 5 + [CodeOutcome.LOCKED]


def test_clearing_the_throttles_opens_everything(identity):
    anna = identity.anna().principal.user_id
    fail(identity, 5)

    identity.accounts.clear_throttles()

    assert isinstance(identity.access.accept(anna, identity.code(), "c" * 64), StepUp)
