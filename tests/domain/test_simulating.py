"""A month played through with entered numbers comes to what the rules of usage and bands say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.bands import Band, band_of
from assistant.domain.errors import InvalidInput
from assistant.domain.periods import BillingMonth
from assistant.domain.simulating import SimulatedLine, lines_of, simulated

MARCH, FEBRUARY = BillingMonth(2026, 3), BillingMonth(2026, 2)
BANDS = (Band(1, 50), Band(51, 100), Band(101, None))


def played(text, month=MARCH):
    return simulated(month, lines_of(text, month), BANDS)


def test_a_month_counts_the_highest_seats_of_each_line():
    month = played("Alder: 25, 12: 40, 20: 30\nBirch: 10")

    assert [(p.name, p.seats, p.day) for p in month.peaks] == [("Alder", 40, 12), ("Birch", 10, 1)]
    assert (month.billed, month.band, month.to_lower, month.to_higher) == (50, "1-50", None, 1)


def test_highest_seats_on_different_days_are_added_up_although_no_day_has_them():
    month = played("Alder: 40, 10: 5\nBirch: 5, 20: 40")

    assert max(month.days) == 45
    assert month.billed == 80


def test_each_day_shows_the_seats_at_its_end():
    month = played("Alder: 25, 12: 40")

    assert len(month.days) == 31
    assert (month.days[0], month.days[10], month.days[11], month.days[30]) == (25, 25, 40, 40)


def test_a_change_on_the_first_takes_the_place_of_what_the_month_began_with():
    assert played("Alder: 90, 1: 20").billed == 20


def test_a_month_has_its_own_length():
    assert len(played("Alder: 1", FEBRUARY).days) == 28


@pytest.mark.parametrize(
    "text",
    [
        "", "Alder", ": 5", "Alder: many", "Alder: 5, 32: 6", "Alder: 5, 0: 6", "Alder: 5, 12", "Alder: 5, 12: 6, 12: 7",
        "Alder: -5", "Alder: 99999999", "x" * 61 + ": 5", "\n".join(["Alder: 5"] * 51),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_what_can(text):
    with pytest.raises(InvalidInput) as caught:
        lines_of(text, MARCH)

    assert caught.value.field == "lines"


def test_a_day_that_the_month_does_not_have_is_refused():
    with pytest.raises(InvalidInput):
        lines_of("Alder: 5, 29: 6", FEBRUARY)


def test_days_may_be_written_in_words():
    (line,) = lines_of("Alder: 5, from day 12: 6, day 13 = 7", MARCH)

    assert line == SimulatedLine("Alder", 5, ((12, 6), (13, 7)))


numbers = st.integers(0, 500)
lines = st.builds(
    lambda seats, steps: SimulatedLine("Alder", seats, tuple(sorted(steps.items()))),
    numbers,
    st.dictionaries(st.integers(1, 28), numbers, max_size=5),
)


@given(st.lists(lines, min_size=1, max_size=5))
def test_what_is_billed_is_never_less_than_any_day_and_bands_go_by_it(found):
    month = simulated(FEBRUARY, found, BANDS)

    assert month.billed >= max(month.days)
    assert month.billed == sum(max(line.on(day) for day in range(1, 29)) for line in found)
    assert month.band == band_of(month.billed, BANDS).label
