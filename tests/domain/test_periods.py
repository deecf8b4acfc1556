from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.periods import add_months, end_of_term, local_date

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
    assert end_of_term(date(2026, 1, 31), 1, 1, date(2026, 3, 1)) == date(2026, 3, 31)


def test_a_plan_without_renewal_ends_after_its_first_term():
    assert end_of_term(date(2025, 1, 10), 12, None, date(2030, 1, 1)) == date(2026, 1, 10)


def test_the_first_renewal_comes_after_the_initial_period():
    assert end_of_term(date(2026, 1, 1), 12, 1, date(2026, 6, 1)) == date(2027, 1, 1)
    assert end_of_term(date(2026, 1, 1), 12, 1, date(2027, 1, 1)) == date(2027, 2, 1)


@given(start=DAYS, today=DAYS, initial=st.integers(1, 66), renew=st.integers(1, 66))
def test_a_renewing_term_lies_after_today_and_is_the_first_that_does(start, today, initial, renew):
    end = end_of_term(start, initial, renew, today)

    ends = [add_months(start, initial + n * renew) for n in range(1300)]
    assert end == next(day for day in ends if day > today)


def test_the_date_is_the_partners_own():
    late = datetime(2026, 3, 31, 22, 30, tzinfo=UTC)

    assert local_date(late, "Europe/Berlin") == date(2026, 4, 1)
    assert local_date(late, "UTC") == date(2026, 3, 31)
