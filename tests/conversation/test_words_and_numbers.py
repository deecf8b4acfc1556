"""Words, numbers and names as people write them."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversation.folding import fold
from assistant.conversation.names import Option, mentions_of
from assistant.conversation.numbers import numbers_in
from assistant.conversation.words import words_of


def number(text):
    found = numbers_in(words_of(text))
    assert len(found) == 1, found
    return found[0]


def test_words_keep_their_places():
    text = "Adatum's seats: 1,000!"

    assert [(w.text, text[w.start : w.end]) for w in words_of(text)] == [
        ("adatum", "Adatum's"),
        ("seats", "seats"),
        ("1,000", "1,000"),
        ("!", "!"),
    ]


def test_a_full_stop_after_a_number_ends_the_sentence():
    assert [w.text for w in words_of("I need 10. What is NFR?")][2:4] == ["10", "."]


def test_words_are_compared_without_case_and_in_one_form():
    assert fold("ＳＥＡＴＳ") == fold("Seats") == "seats"
    assert words_of("Plätze")[0].text == words_of("PLAETZE")[0].text == "plaetze"
    assert fold("dreißig") == fold("dreissig")


@given(st.text())
def test_any_text_at_all_is_split_into_words_with_true_places(text):
    assert all(0 <= w.start < w.end <= len(text) for w in words_of(text))
    numbers_in(words_of(text))


@given(st.integers(0, 999_999))
def test_digits_are_read_plain_and_grouped(value):
    assert number(str(value)).value == value
    assert number(f"{value:,}").value == value
    assert number(f"{value:,}".replace(",", ".")).value == value
    assert not number(str(value)).relative


UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
EINER = "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn".split()
ZEHNER = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split()


def english(value):
    if value < 20:
        return UNITS[value]
    if value < 100:
        return TENS[value // 10 - 2] + (f"-{UNITS[value % 10]}" if value % 10 else "")
    if value < 1000:
        return f"{UNITS[value // 100]} hundred" + (f" and {english(value % 100)}" if value % 100 else "")
    return f"{english(value // 1000)} thousand" + (f" {english(value % 1000)}" if value % 1000 else "")


def german(value):
    if value < 20:
        return "eins" if value == 1 else EINER[value]
    return (f"{EINER[value % 10]}und" if value % 10 else "") + ZEHNER[value // 10 - 2]


@given(st.integers(0, 999_999))
def test_english_number_words_are_read(value):
    assert number(f"{english(value)} seats").value == value


@pytest.mark.parametrize("value", range(100))
def test_german_number_words_are_read(value):
    assert number(f"{german(value)} Plätze").value == value


@given(
    st.integers(1, 9999),
    st.sampled_from(
        [
            "{} more",
            "{} additional seats",
            "{} seats more",
            "{} lizenzen mehr",
            "{} licences more",
            "another {}",
            "add {}",
            "+{}",
            "increase by {}",
            "{} weitere",
            "{} mehr",
        ]
    ),
)
def test_more_is_relative_and_positive(value, form):
    found = number(form.format(value))

    assert (found.value, found.relative) == (value, True)


@given(
    st.integers(1, 9999),
    st.sampled_from(
        [
            "{} fewer",
            "{} less",
            "{} seats fewer",
            "remove {}",
            "-{}",
            "reduce it by {}",
            "cut by {}",
            "{} weniger",
            "\u2212{}",
        ]
    ),
)
def test_fewer_is_relative_and_negative(value, form):
    found = number(form.format(value))

    assert (found.value, found.relative) == (-value, True)


@pytest.mark.parametrize(
    "text", ["30 in total", "set it to 30", "30", "thirty seats", "change to 30 seats", "dreißig"]
)
def test_a_plain_number_is_the_total(text):
    found = number(text)

    assert (found.value, found.relative) == (30, False)


@pytest.mark.parametrize(
    ("text", "value"), [("a dozen seats", 12), ("two dozen", 24), ("a hundred", 100), ("ein dutzend", 12)]
)
def test_round_amounts_are_read(text, value):
    assert number(text).value == value


@pytest.mark.parametrize(
    "text",
    [
        "3.5 seats",
        "1,5",
        "the first one",
        "not that one",
        "which one",
        "no one",
        "a trial",
        "ein Testkonto",
        "and",
        "the other one",
        "",
    ],
)
def test_what_is_no_whole_amount_is_no_number(text):
    assert numbers_in(words_of(text)) == ()


def test_a_range_is_two_numbers_and_none_of_them_negative():
    assert [n.value for n in numbers_in(words_of("10-15 seats"))] == [10, 15]


def test_a_huge_number_stays_a_number():
    assert number("9" * 300).value == 10_000_000


ADATUM, BELLOWS = Option("1", "Adatum"), Option("2", "Bellows")
EAST, WEST, CONTOSO = Option("3", "Contoso East"), Option("4", "Contoso West"), Option("5", "Contoso")
ALL = (ADATUM, BELLOWS, EAST, WEST)


def named(options, text):
    return [[option.label for option in m.options] for m in mentions_of(options, words_of(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("trial for adatum", [["Adatum"]]),
        ("ADATUM", [["Adatum"]]),
        ("Adatum's seats", [["Adatum"]]),
        ("Adatun please", [["Adatum"]]),
        ("contoso east", [["Contoso East"]]),
        ("contoso", [["Contoso East", "Contoso West"]]),
        ("Contosso East", [["Contoso East"]]),
        ("Adatum and Bellows", [["Adatum"], ["Bellows"]]),
        ("Woodgrove", []),
        ("", []),
        ("east", []),
    ],
)
def test_names_are_found_tolerantly(text, found):
    assert named(ALL, text) == found


def test_exact_beats_prefix_and_prefix_beats_a_typing_error():
    assert named((*ALL, CONTOSO), "contoso") == [["Contoso"]]
    assert named((Option("6", "Contosa"), EAST), "contoso") == [["Contoso East"]]
    assert named((Option("6", "Contosa"), Option("7", "Kontoso")), "contosa") == [["Contosa"]]


@pytest.mark.parametrize("name", ["Total", "New", "Security", "Will", "May", "The Company"])
def test_a_customer_called_like_an_ordinary_word_is_not_found_in_a_sentence(name):
    sentence = "set up a new trial of email security may will be 30 in total for the company as soon"

    assert named((Option("1", name),), sentence) == []


@pytest.mark.parametrize("name", ["Total", "New", "Security", "Will"])
def test_a_customer_called_like_an_ordinary_word_is_found_when_it_is_the_whole_answer(name):
    assert named((Option("1", name),), name) == [[name]]


@pytest.mark.parametrize(
    "name", ["3M", "Studio 54", "株式会社", "O'Neill & Sons", "Ünal GmbH", "Joe's Diner", "a", "!!!", ""]
)
def test_odd_names_break_nothing_and_are_found_as_written(name):
    assert named((Option("1", name),), f"trial for {name}") == (
        [[name]] if words_of(name) and name != "a" else []
    )


@given(st.lists(st.text(max_size=12), max_size=5), st.text(max_size=40))
def test_no_customer_name_and_no_message_break_the_reading_of_names(names, text):
    options = [Option(str(n), name) for n, name in enumerate(names)]

    spans = [(m.start, m.end) for m in mentions_of(options, words_of(text))]

    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
