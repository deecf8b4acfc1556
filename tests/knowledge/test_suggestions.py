"""What is suggested while a question is typed, and in which order."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.entries import Audience, EntryKind
from assistant.knowledge.matching.words import shipped_lexicon, split
from assistant.knowledge.suggesting import MOST_SUGGESTIONS, Typeahead
from support.generated import entries, entry, question
from support.knowledge import entries_of
from support.work import calls_made

QUESTIONS = [
    "Which printers are compatible?",
    "Can a contract be cancelled?",
    "How are contracts for printers signed?",
    "Which tills take cards?",
]
SMALL = [entry(n, asked) for n, asked in enumerate(QUESTIONS)]


def typeahead(held, asked=None):
    made = Typeahead(held, shipped_lexicon())
    made.rank_by(asked or {})
    return made


def found(text, held=SMALL, asked=None, audience=Audience.PARTNER):
    return [e.question for e in typeahead(held, asked).find(text, audience)]


@pytest.mark.parametrize(
    "typed", ["which pr", "WHICH PRINTERS", "  which   printers are c", "Which printers are compatible?"]
)
def test_the_beginning_of_a_question_finds_it(typed):
    assert found(typed)[0] == "Which printers are compatible?"


@pytest.mark.parametrize("typed", ["cance", "canc contr", "contr canc", "can the contract be canc"])
def test_the_beginnings_of_words_find_a_question_in_any_order(typed):
    assert found(typed) == ["Can a contract be cancelled?"]


def test_a_beginning_of_the_question_comes_before_one_of_a_word_and_both_before_a_misspelt_one():
    held = [entry(1, "Is a cable needed?"), entry(2, "Cables: how long?"), entry(3, "Is a calble a thing?")]
    assert found("cable", held) == ["Cables: how long?", "Is a cable needed?", "Is a calble a thing?"]


@pytest.mark.parametrize(
    "typed",
    [
        "compatble",
        "compxtible",
        "comaptible",
        "comptib",
        "copm",
        "pirnt compat",
        "whcih compatible",
        "xompatible",
    ],
    ids=["missing", "wrong", "swapped", "unfinished", "short", "one of two", "function word", "first"],
)
def test_one_mistake_in_a_word_is_forgiven_also_before_it_is_finished(typed):
    assert "Which printers are compatible?" in found(typed)


@pytest.mark.parametrize(
    "typed", ["cmo", "elephant", "prinxxers", "pr1nters", "...", "", " ", "?", "🦆", "\x00"]
)
def test_what_begins_nothing_suggests_nothing(typed):
    assert found(typed) == []


def test_a_word_that_is_known_is_not_taken_for_a_misspelt_one():
    held = [entry(1, "Is a discord a quarrel?")]
    assert found("discont", held) == []
    assert found("discount", held) == []


def test_one_letter_suggests_nothing_unless_it_is_a_whole_short_form():
    till = replace(entry(9, "T"), kind=EntryKind.DEFINITION)
    assert found("t", [*SMALL, till]) == ["T"]
    assert found("c", [*SMALL, till]) == []


def test_another_way_to_ask_is_shown_as_the_question_of_the_entry():
    held = [entry(1, "Can a contract be cancelled?", alternates=("Vertrag kündigen", "Ausstieg für Händler"))]
    for typed in ("vertr", "kundi", "kündi", "ausstieg fü", "händler"):
        assert found(typed, held) == ["Can a contract be cancelled?"]


def test_a_short_form_finds_what_is_written_out_and_the_other_way_round():
    pos = entries_of("# T\n\n2025-01\n\n**POS = Point Of Sale**\n")
    held = [*pos.values(), entry(2, "Who repairs a point of sale?"), entry(3, "Is a POS insured?")]
    assert found("pos", held) == ["POS", "Is a POS insured?", "Who repairs a point of sale?"]
    assert found("point of s", held)[0] == "POS"
    assert "Is a POS insured?" in found("sale ins", held)


def test_among_equals_the_most_asked_comes_first_and_then_the_shorter():
    assert found("pri") == ["Which printers are compatible?", "How are contracts for printers signed?"]
    asked = {SMALL[2].id: 3, SMALL[0].id: 1}
    assert found("pri", asked=asked) == [
        "How are contracts for printers signed?",
        "Which printers are compatible?",
    ]
    assert found("which", asked={SMALL[2].id: 9})[0] == "Which tills take cards?"


def test_what_is_for_others_is_neither_shown_nor_counted_among_the_six():
    sales = [entry(n, f"Margin {n}", audience=(Audience.SALES,)) for n in range(8)]
    partner = entry(9, "Margin for partners")
    assert found("margin", [*sales, partner]) == ["Margin for partners"]
    assert len(found("margin", [*sales, partner], audience=Audience.SALES)) == MOST_SUGGESTIONS


@given(st.text(max_size=60))
def test_any_text_gives_at_most_six_entries_and_none_twice(typed):
    shown = found(typed)
    assert len(shown) == len(set(shown)) <= MOST_SUGGESTIONS


@pytest.fixture(scope="module")
def thousand():
    return typeahead(entries(1_000))


@given(st.integers(0, 999), st.data())
def test_every_question_is_found_by_its_own_words_even_unfinished_and_misspelt(thousand, number, data):
    words = split(question(number))
    place = data.draw(st.integers(0, len(words[-3]) - 1))
    misspelt = words[-3][:place] + "x" + words[-3][place + 1 :]
    for typed in (question(number), f"{words[-3]} {words[-1][:-1]}", f"{words[-1]} {misspelt}"):
        assert question(number) in [e.question for e in thousand.find(typed, Audience.PARTNER)]


@pytest.fixture(scope="module")
def many():
    return typeahead(entries(10_000))


@pytest.mark.parametrize(
    "typed", ["wh", "how do partners", "licences", "which customers may renew lic", "licnces renwe"]
)
def test_a_key_press_looks_at_a_few_entries_however_many_there_are(many, typed):
    # beginnings are listed with the first misspelt word
    many.find("licnces xenew", Audience.PARTNER)
    assert calls_made(lambda: many.find(typed, Audience.PARTNER)) < 3_000
