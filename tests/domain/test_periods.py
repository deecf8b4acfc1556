from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.errors import InvalidInput
from assistant.domain.periods import BillingMonth, add_months, local_date, start_of_day, terms_until

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 31), 0, date(2026, 3, 31)),
    ],
)
def test_a_month_without_that_day_takes_its_last(day, months, expected):
    assert add_months(day, months) == expected


def test_terms_counted_from_the_anchor_keep_the_thirty_first():
    months = terms_until(date(2026, 1, 31), 1, 1, date(2026, 3, 1))

    assert add_months(date(2026, 1, 31), months) == date(2026, 3, 31)


def test_the_first_renewal_comes_after_the_initial_period():
    assert terms_until(date(2026, 1, 1), 12, 1, date(2026, 6, 1)) == 12
    assert terms_until(date(2026, 1, 1), 12, 1, date(2027, 1, 1)) == 13


@given(start=DAYS, today=DAYS, initial=st.integers(1, 66), renew=st.integers(1, 66))
def test_a_renewing_term_lies_after_today_and_is_the_first_that_does(start, today, initial, renew):
    end = add_months(start, terms_until(start, initial, renew, today))

    ends = [add_months(start, initial + n * renew) for n in range(1300)]
    assert end == next(day for day in ends if day > today)


def test_the_date_is_the_partners_own():
    late = datetime(2026, 3, 31, 22, 30, tzinfo=UTC)

    assert local_date(late, "Europe/Berlin") == date(2026, 4, 1)
    assert local_date(late, "UTC") == date(2026, 3, 31)


def test_a_day_begins_at_midnight_of_the_partner_whatever_the_clocks_do():
    assert start_of_day(date(2026, 3, 29), "Europe/Berlin") == datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert start_of_day(date(2026, 3, 30), "Europe/Berlin") == datetime(2026, 3, 29, 22, tzinfo=UTC)
    # in 2018 clocks there went from midnight to one o'clock
    assert start_of_day(date(2018, 11, 4), "America/Sao_Paulo") == datetime(2018, 11, 4, 3, tzinfo=UTC)


def test_months_of_one_zone_follow_one_another_without_gap_or_overlap():
    march, april = BillingMonth(2026, 3), BillingMonth(2026, 4)

    assert march.next == april
    assert march.bounds("Europe/Berlin")[1] == april.bounds("Europe/Berlin")[0]
    assert str(BillingMonth(2026, 12).next) == "2027-01"


@pytest.mark.parametrize("text", ["2026-13", "2026", "26-03", "2026-3", "", "2026-03-01", "9999-01"])
def test_what_is_no_month_is_refused_by_its_field(text):
    with pytest.raises(InvalidInput, match="2026-03") as caught:
        BillingMonth.parse(text)

    assert caught.value.field == "month"
