"""Days and months in words: every shape is read in one way, and what could be read in two is not read."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversation.acts import clauses_of
from assistant.conversation.dates import days_in, months_in
from assistant.conversation.wording import read_wording
from assistant.conversation.words import words_of

TODAY = date(2026, 3, 15)
DAYS = st.dates(date(2000, 1, 1), date(2199, 12, 31))


def days(text, today=TODAY):
    return [found.value for found in days_in(words_of(text), today)]


def months(text):
    return [str(found.value) for found in months_in(words_of(text), TODAY)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-05-31", "2026-05-31"),
        ("31.5.2026", "2026-05-31"),
        ("31.05.26", "2026-05-31"),
        ("31/5/2026", "2026-05-31"),
        ("5/31/2026", "2026-05-31"),
        ("7/7/2026", "2026-07-07"),
        ("31 May 2026", "2026-05-31"),
        ("the 31st of May, please", "2026-05-31"),
        ("May 31, 2026", "2026-05-31"),
        ("31. Mai 2026", "2026-05-31"),
        ("1. März", "2027-03-01"),
        ("15 March", "2026-03-15"),
        ("29 February", None),
        ("end of May", "2026-05-31"),
        ("end of February", "2027-02-28"),
        ("Ende Mai 2027", "2027-05-31"),
        ("beginning of June", "2026-06-01"),
        ("end of the month", "2026-03-31"),
        ("end of next month", "2026-04-30"),
        ("Ende des Jahres", "2026-12-31"),
        ("Monatsende", "2026-03-31"),
        ("Jahresende", "2026-12-31"),
        ("in two weeks", "2026-03-29"),
        ("in 3 months", "2026-06-15"),
        ("in einem Monat", "2026-04-15"),
        ("in zwei Wochen", "2026-03-29"),
        ("in a year", "2027-03-15"),
        ("on the 20th", "2026-03-20"),
        ("the 1st", "2026-04-01"),
        ("the 31st", "2026-03-31"),
        ("20 th", None),
        ("mid month", "2026-03-15"),
        ("mid-May", "2026-05-15"),
        ("mitte nächsten Monats", "2026-04-15"),
        ("today", "2026-03-15"),
        ("morgen", "2026-03-16"),
        ("5/6/2026", None),
        ("30 February 2026", None),
        ("in a hundred thousand years", None),
        ("in five more weeks", None),
        ("in weeks", None),
        ("in", None),
        ("31", None),
        ("May", None),
        ("32.1.2026", None),
        ("1.1.1999", None),
        ("2026", None),
        ("end of", None),
        ("12 seats", None),
    ],
)
def test_a_day_is_read_in_one_way_or_not_at_all(text, day):
    assert days(text) == ([date.fromisoformat(day)] if day else [])


@given(DAYS, st.sampled_from(["{0:%Y-%m-%d}", "{0.day}.{0.month}.{0.year}", "until {0:%d %B %Y}, please"]))
def test_every_day_is_found_in_every_shape(day, shape):
    assert days(shape.format(day)) == [day]


@given(DAYS)
def test_a_day_as_it_is_shown_is_read_back(day):
    assert days(read_wording().day(day)) == [day]


@given(DAYS, st.dates(date(2000, 1, 1), date(2198, 12, 31)))
def test_a_day_without_a_year_is_the_next_one(day, today):
    found = days(f"{day:%d %B}", today)

    assert all(today <= value <= today + timedelta(days=366) for value in found)
    assert found or (day.month, day.day) == (2, 29)


@given(st.text(), DAYS)
def test_any_text_at_all_is_read_without_error_and_places_do_not_overlap(text, today):
    found = days_in(words_of(text), today)

    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2026-02", "2026-02"),
        ("02/2026", "2026-02"),
        ("February 2026", "2026-02"),
        ("Feb", "2026-02"),
        ("März", "2026-03"),
        ("April", "2025-04"),
        ("last month", "2026-02"),
        ("letzten Monat", "2026-02"),
        ("this month", "2026-03"),
        ("13/2026", None),
        ("next", None),
        ("month", None),
    ],
)
def test_a_month_without_a_year_is_the_latest_that_has_begun(text, month):
    assert months(text) == ([month] if month else [])


@pytest.mark.parametrize("text", ["May 31, 2026", "31. May 2026", "31 May", "for Adatum, May 31", "May"])
def test_the_month_of_may_asks_nothing(text):
    assert not any(clause.asks for clause in clauses_of(text))


@pytest.mark.parametrize(
    "text", ["may I have 12 seats", "10 for Adatum, may we add more later", "may trials end"]
)
def test_other_mays_ask(text):
    assert any(clause.asks for clause in clauses_of(text))
