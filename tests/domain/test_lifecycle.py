from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.audit import AUDIT_NAMES
from assistant.domain.lifecycle import DueKind, due_events, next_due, recorded
from assistant.domain.subscriptions import Ended, Hold, SubscriptionState
from support.licensing import a_subscription

STARTS = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@st.composite
def subscriptions(draw):
    start = draw(STARTS)
    subscription = replace(
        a_subscription(start=start),
        trial=draw(st.booleans()),
        months=draw(st.integers(1, 14)),
        renew_months=draw(st.none() | st.integers(1, 13)),
        recorded=start - timedelta(days=draw(st.integers(0, 40))),
        grace_months=draw(st.integers(0, 2)),
        lock_months=draw(st.integers(0, 2)),
        notice_days=draw(st.integers(0, 60)),
        retires=draw(st.none() | st.dates(date(2024, 6, 1), date(2028, 12, 31))),
    )
    if subscription.renew_months is None and draw(st.booleans()):
        on = start + timedelta(days=draw(st.integers(0, 20)))
        return replace(subscription, suspended=Hold(on, 1))
    return subscription


def kinds(subscription, today):
    return [(event.kind.value, event.on) for event in due_events(subscription, today)]


def test_a_monthly_plan_renews_on_its_own_day_through_short_months():
    subscription = a_subscription(start=date(2026, 1, 31))

    assert kinds(subscription, date(2026, 5, 1)) == [
        ("renewed", date(2026, 2, 28)),
        ("renewed", date(2026, 3, 31)),
        ("renewed", date(2026, 4, 30)),
    ]


def test_a_leap_day_keeps_its_place():
    subscription = replace(a_subscription(start=date(2028, 2, 29)), months=12, renew_months=12)

    assert [on for _, on in kinds(subscription, date(2032, 3, 1))] == [
        date(2029, 2, 28),
        date(2030, 2, 28),
        date(2031, 2, 28),
        date(2032, 2, 29),
    ]


def test_without_renewal_notice_grace_lock_and_purge_follow_one_another():
    subscription = replace(a_subscription(start=date(2026, 1, 1)), months=12, renew_months=None)

    assert kinds(subscription, date(2028, 1, 1)) == [
        ("notice", date(2026, 12, 2)),
        ("grace", date(2027, 1, 1)),
        ("expired", date(2027, 2, 1)),
        ("purged", date(2027, 3, 1)),
    ]


def test_a_trial_has_no_grace():
    trial = replace(a_subscription(start=date(2026, 1, 1)), trial=True, renew_months=None, notice_days=14)

    assert [kind for kind, _ in kinds(trial, date(2027, 1, 1))] == ["notice", "expired", "purged"]


def test_what_a_change_ended_or_a_disabled_customer_holds_falls_due_no_more():
    subscription = a_subscription(start=date(2026, 1, 1))
    ended = replace(subscription, ended=Ended(date(2026, 1, 5), SubscriptionState.CANCELLED))
    held = replace(subscription, disabled=Hold(date(2026, 1, 5), 1), renew_months=None)

    assert (kinds(ended, date(2030, 1, 1)), kinds(held, date(2030, 1, 1))) == ([], [])
    assert (next_due(ended), next_due(held)) == (None, None)


@given(subscriptions(), st.lists(st.integers(1, 90), min_size=1, max_size=12))
def test_a_jump_gives_exactly_the_events_of_many_small_steps(subscription, steps):
    today, stepped, events = subscription.recorded, subscription, []
    for days in steps:
        today += timedelta(days=days)
        events += due_events(stepped, today)
        stepped = recorded(stepped, today)

    assert events == list(due_events(subscription, today))
    assert stepped == recorded(subscription, today)


@given(subscriptions(), st.integers(0, 900))
def test_the_state_is_the_same_whether_or_not_events_were_recorded(subscription, days):
    today = subscription.start + timedelta(days=days)

    assert recorded(subscription, today).state(today) is subscription.state(today)
    assert recorded(subscription, today).expires == subscription.on(today).expires


@given(subscriptions())
def test_the_next_due_day_is_that_of_the_first_event(subscription):
    day = next_due(subscription)
    later = subscription.recorded + timedelta(days=5000)

    assert day == next((event.on for event in due_events(subscription, later)), None)


@given(subscriptions(), st.integers(0, 900))
def test_events_lead_to_the_states_they_name(subscription, days):
    today = subscription.start + timedelta(days=days)
    named = {
        DueKind.STARTED: SubscriptionState.ACTIVE,
        DueKind.RENEWED: SubscriptionState.ACTIVE,
        DueKind.GRACE: SubscriptionState.GRACE,
        DueKind.EXPIRED: SubscriptionState.EXPIRED,
        DueKind.PURGED: SubscriptionState.PURGED,
    }
    last = next((e for e in reversed(list(due_events(subscription, today))) if e.kind in named), None)

    if last and subscription.suspended is None:
        # of two events of one day the later one tells
        assert subscription.state(today) is named[last.kind]


@pytest.mark.parametrize("kind", list(DueKind))
def test_every_due_kind_has_a_name_in_the_audit(kind):
    assert AUDIT_NAMES[kind.value]
