"""Billing months in a partner's time zone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import available_timezones

from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.periods import BillingMonth, local_date

ZONES = st.sampled_from(sorted(available_timezones()))
MONTHS = st.builds(BillingMonth, st.integers(1971, 2200), st.integers(1, 12))


@given(MONTHS, ZONES)
def test_months_follow_one_another_without_a_gap_or_an_overlap(month, zone):
    since, until = month.bounds(zone)

    assert since < until == month.next.bounds(zone)[0]
    assert month.before.bounds(zone)[1] == since


@given(st.integers(0, 230 * 365 * 24 * 60), ZONES)
def test_every_instant_is_in_the_month_of_its_local_date(minutes, zone):
    instant = datetime(1971, 2, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    since, until = BillingMonth.of(local_date(instant, zone)).bounds(zone)

    assert since <= instant < until


@given(MONTHS)
def test_a_month_comes_back_as_it_was_written(month):
    assert BillingMonth.parse(str(month)) == month
    assert month.next.before == month
