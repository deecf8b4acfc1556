"""The peak of a month, compared with counting hour by hour."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.usage import Month, SeatSpan, UsageSample, billed_spans, peak_seats, peak_use

SINCE = datetime(2026, 2, 1, tzinfo=UTC)
HOURS = 28 * 24
MONTH = Month(SINCE, SINCE + timedelta(hours=HOURS))


def at(hour):
    return SINCE + timedelta(hours=hour)


def a_span(seats, begins, ends=None, *, number=1, moved=0):
    return SeatSpan(f"S-{number}", seats, at(begins), None if ends is None else at(ends), moved)


def a_sample(used, hour, *, number=1):
    return UsageSample("P-1", "C-1", f"S-{number}", "WFS", at(hour), used)


@st.composite
def histories(draw):
    """Spans of up to three subscriptions, those of each one after the other, around the month."""
    spans = []
    for number in range(draw(st.integers(1, 3))):
        hour = draw(st.integers(-300, HOURS + 50))
        for _ in range(draw(st.integers(1, 4))):
            lasts = draw(st.integers(1, 400) | st.none())
            seats = draw(st.integers(1, 50))
            ends = None if lasts is None else hour + lasts
            spans.append(a_span(seats, hour, ends, number=number))
            if ends is None:
                break
            hour = ends + draw(st.integers(0, 100))
    return spans


def counted(spans, hour):
    return sum(s.seats for s in spans if s.since <= at(hour) and (s.until is None or s.until > at(hour)))


@given(histories())
def test_the_peak_is_what_counting_hour_by_hour_finds(spans):
    assert peak_seats(spans, MONTH) == max(counted(spans, hour) for hour in range(HOURS))


@given(histories(), st.integers(-300, HOURS + 50), st.integers(1, 50))
def test_more_seats_never_make_a_month_cheaper(spans, begins, seats):
    more = [*spans, a_span(seats, begins, begins + 10, number=9)]

    assert peak_seats(more, MONTH) >= peak_seats(spans, MONTH)


def test_one_instant_counts_for_the_whole_month():
    assert peak_seats([a_span(7, HOURS - 1, HOURS)], MONTH) == 7


@pytest.mark.parametrize(
    "span",
    [a_span(7, -5, 0), a_span(7, HOURS), a_span(7, HOURS, HOURS + 5), a_span(7, 9, 9), a_span(7, -9, -2)],
)
def test_what_only_touches_a_month_is_not_billed_in_it(span):
    assert peak_seats([span], MONTH) == 0


def test_what_is_cancelled_and_assigned_again_counts_once():
    spans = [a_span(20, 0, 100), a_span(25, 100, number=2)]

    assert peak_seats(spans, MONTH) == 25


def test_what_goes_on_side_by_side_is_added_up():
    spans = [a_span(20, 0, 101), a_span(25, 100, number=2)]

    assert peak_seats(spans, MONTH) == 45


def test_seats_that_move_are_not_billed_where_they_came_from():
    spans = [a_span(20, -50, 40), a_span(25, 40, 100, moved=25)]

    assert peak_seats(spans, MONTH) == 25
    assert peak_seats(billed_spans(spans, MONTH), MONTH) == 0


def test_seats_that_were_taken_away_before_a_move_stay_billed():
    spans = [a_span(40, -50, 50), a_span(25, 50, 100, moved=25)]

    assert peak_seats(billed_spans(spans, MONTH), MONTH) == 15


def test_what_is_assigned_again_after_a_move_is_billed():
    spans = [a_span(25, -50, 100, moved=25), a_span(30, 200, number=2)]

    assert peak_seats(billed_spans(spans, MONTH), MONTH) == 30


@pytest.mark.parametrize("hour", [HOURS, HOURS + 1])
def test_a_move_at_the_end_of_a_month_or_after_changes_nothing_in_it(hour):
    assert peak_seats(billed_spans([a_span(25, -50, hour, moved=25)], MONTH), MONTH) == 25


@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, HOURS - 1))
def test_a_move_bills_its_seats_once(source, target, hour):
    before = [a_span(source, -50, hour, moved=min(source, target))]
    after = [a_span(target, hour, number=2)]

    billed = peak_seats(billed_spans(before, MONTH), MONTH) + peak_seats(after, MONTH)

    assert billed == max(source, target)


def test_without_a_sample_the_use_is_unknown():
    assert peak_use([a_span(9, 0)], []) is None


def test_the_highest_sample_counts():
    samples = [a_sample(3, 10), a_sample(8, 20), a_sample(5, 30)]

    assert peak_use([a_span(9, 0)], samples) == 8


def test_the_use_of_subscriptions_side_by_side_is_added_up():
    spans = [a_span(9, 0, 100), a_span(9, 0, number=2)]
    samples = [a_sample(3, 10), a_sample(4, 20, number=2), a_sample(6, 200, number=2)]

    assert peak_use(spans, samples) == 7


def test_the_use_of_what_has_no_span_does_not_count():
    assert peak_use([a_span(9, 0)], [a_sample(8, 10, number=7)]) is None
