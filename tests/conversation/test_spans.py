"""Lengths in months, in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversation.spans import spans_in
from assistant.conversation.words import words_of


def lengths(text):
    return [span.months for span in spans_in(words_of(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12 months", [12]),
        ("two years", [24]),
        ("alle drei Monate", [3]),
        ("every year", [12]),
        ("yearly", [12]),
        ("monatlich", [1]),
        ("quarterly", [3]),
        ("off", [0]),
        ("no renewal", [0]),
        ("cancel the auto renewal", [0]),
        ("it should not renew", [0]),
        ("nicht verlängern", [0]),
        ("0", [0]),
        ("6", [6]),
        ("from 12 to 6 months", [6]),
        ("3 more", []),
        ("sometime", []),
        ("", []),
    ],
)
def test_a_length_is_read_in_months(text, found):
    assert lengths(text) == found


@given(st.integers(0, 5000), st.sampled_from(["months", "Monate"]))
def test_any_number_of_months_is_read(count, unit):
    assert lengths(f"every {count} {unit}, please") == [count]


@given(st.text())
def test_any_text_at_all_is_read_without_error(text):
    assert all(span.months >= 0 and span.start < span.end for span in spans_in(words_of(text)))
