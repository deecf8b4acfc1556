"""Which new passwords are refused: common ones, and what everybody knows of an account."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.access.passwords import _common, check_new
from assistant.domain.errors import InvalidInput

ABOUT = ("annabelle", "Annabelle Northwind", "annabelle@partner.example")
KETTLE = "plum kettle orbit"


def refused(password, about=ABOUT):
    try:
        check_new(password, about)
    except InvalidInput as error:
        return error.field == "password"
    return False


def test_thousands_of_common_passwords_are_known():
    assert len(_common()) > 30_000
    assert {"password", "iloveyou", "trustno1", "changeme"} <= _common()


@pytest.mark.parametrize("word", ["sunshine", "football", "princess", "superman", "liverpool"])
@pytest.mark.parametrize("around", ["{}123456", "!!!!{}!!!!", "{}...2026", "0000{}", "{}________"])
def test_a_common_password_is_refused_with_digits_and_signs_around_it(word, around):
    assert refused(around.format(word.upper()))


@given(st.sampled_from(sorted(word for word in _common() if len(word) >= 12)))
def test_no_common_password_of_the_right_length_is_allowed(password):
    assert refused(password)


@pytest.mark.parametrize(
    "password",
    [
        "annabelle-northwind",
        "AnnabelleNorthwind1",
        "northwind.annabelle",
        "annabelle@partner.example",
        "mspassistant2026",
        "MSP-Assistant-2026!",
        "my msp assistant",
        "annabelleannabelle",
    ],
)
def test_what_everybody_knows_of_the_account_and_the_service_is_no_password(password):
    assert refused(password)


@pytest.mark.parametrize(
    "password",
    [
        "annabelle likes plum kettles",
        "northwind never sleeps",
        "assistant to the gardener",
        KETTLE,
        "7" * 3 + KETTLE,
    ],
)
def test_a_name_with_more_around_it_is_allowed(password):
    assert not refused(password)


@given(st.text(min_size=12, max_size=40), st.lists(st.text(max_size=20), max_size=3))
def test_any_text_and_any_names_get_an_answer(password, about):
    assert refused(password, about) in {True, False}


@pytest.mark.parametrize(
    "password", [KETTLE, "\u00fcml\u00e4ut z\u00e4hlen", "  spaces at both ends  ", "x9" + "ab c" * 250]
)
def test_names_that_are_not_in_it_change_nothing(password):
    assert check_new(password, ABOUT) is None
