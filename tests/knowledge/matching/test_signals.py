import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.knowledge.matching.likeness import letters
from assistant.knowledge.matching.material import material_of, sentences, shipped_elsewhere, terms_of
from assistant.knowledge.matching.normalising import question_in
from assistant.knowledge.matching.regression import NOBODY
from assistant.knowledge.matching.signals import Asked, Pull, WholeSignals
from support.matching import WordEncoder, collection, entry

MOVING = entry(
    "moving", "May tills be moved?", "Yes.\n\n- At night only.", alternates=["till to another shop"]
)
DOOR = entry("door", "Who opens the door?", "The first one who comes.")
PAPER = entry("paper", "Which paper fits the printer?", "Thermal paper.")
ENTRIES = collection(MOVING, DOOR, PAPER)


def _asked(text, encoder=None):
    readings = encoder.encode([question_in(text)]) if encoder else None
    return Asked(readings, terms_of(text, ENTRIES), letters(text))


@pytest.fixture(scope="module")
def encoder():
    return WordEncoder(meanings={"register": "tills", "relocated": "moved", "a": "", "be": ""})


@pytest.fixture(scope="module")
def signals(encoder):
    return WholeSignals(ENTRIES, encoder)


@pytest.fixture(scope="module")
def by_words():
    return WholeSignals(ENTRIES, None)


@pytest.mark.parametrize("place", range(3))
def test_an_entry_asked_for_in_its_own_words_is_ahead_in_both_signals(signals, encoder, place):
    found = signals.signals(_asked(ENTRIES.prepared[place].entry.question, encoder))
    assert list(found.places) == [0, 1, 2]
    assert np.argmax(found.words) == np.argmax(found.meaning) == place
    assert min(found.words[place], found.meaning[place]) > 0.7


def test_other_words_of_one_meaning_are_found_by_meaning_alone(signals, encoder):
    found = signals.signals(_asked("register relocated", encoder))
    assert np.argmax(found.meaning) == 0
    assert found.meaning[0] > 0.3 > found.words[0]


def test_without_a_model_there_is_no_meaning(by_words, encoder):
    assert by_words.signals(_asked("May tills be moved?", encoder)).meaning is None
    assert by_words.lacking(0, 0, whole=False).meaning is None


def test_a_question_that_was_not_encoded_goes_by_words(signals):
    assert signals.signals(_asked("May tills be moved?")).meaning is None


def test_the_closest_of_several_readings_counts(signals, encoder):
    typed, meant = "May tlls be mvoed?", "May tills be moved?"
    both = Asked(encoder.encode([typed, meant]), [], [])
    assert signals.signals(both).meaning[0] == pytest.approx(
        signals.signals(_asked(meant, encoder)).meaning[0], abs=0.1
    )


def test_a_sentence_of_an_answer_finds_its_entry_less_than_a_way_to_ask(signals, encoder):
    said = signals.signals(_asked("The first one who comes.", encoder))
    asked = signals.signals(_asked("Who opens the door?", encoder))
    assert np.argmax(said.meaning) == 1
    assert said.meaning[1] < asked.meaning[1]


def test_a_way_to_ask_that_is_left_out_is_found_less(signals, encoder):
    whole = signals.signals(_asked("May tills be moved?", encoder))
    without = signals.lacking(0, 0, whole=False)
    assert without.meaning[0] < whole.meaning[0]
    assert without.words[0] < whole.words[0]


@pytest.mark.parametrize("model", [None, WordEncoder()], ids=["words", "model"])
def test_a_question_leans_to_entries_or_to_what_none_answers(model):
    signals = WholeSignals(ENTRIES, model)
    known = signals.signals(_asked("May tills be moved?", model)).leaning
    unanswered = signals.signals(_asked(signals.unanswered()[0], model)).leaning
    assert known > 0 > unanswered


def test_a_text_that_is_left_out_no_more_pulls_the_question(signals, encoder):
    there = signals.signals(_asked("May tills be moved?", encoder))
    assert signals.lacking(0, 0, whole=False).leaning < there.leaning
    assert signals.lacking(0, 0, whole=True).leaning < there.leaning
    question = signals.unanswered()[0]
    assert signals.lacking_unanswered(0).leaning > signals.signals(_asked(question, encoder)).leaning


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=8), st.floats(0, 1), st.floats(0, 1))
def test_a_closer_known_text_never_pulls_a_question_away(texts, known, unanswered):
    pull = Pull(known, unanswered)
    closest = np.array([close for close, _ in texts])
    owners = np.array([0 if owned else NOBODY for _, owned in texts], np.intp)
    nearer = np.where(owners == NOBODY, closest, np.minimum(closest + 0.1, 1.0))
    assert pull.leaning(nearer, owners) >= pull.leaning(closest, owners)
    assert -unanswered <= pull.leaning(closest, owners) <= known


def test_a_whole_entry_that_is_left_out_is_not_found(signals):
    alone = signals.lacking(0, 0, whole=True)
    assert abs(alone.meaning[0]) < 0.1
    assert abs(alone.words[0]) < 0.1


def test_what_no_entry_answers_is_for_none(signals, encoder):
    text = signals.unanswered()[0]
    assert text in shipped_elsewhere()
    found = signals.signals(_asked(text, encoder))
    assert max(found.meaning) < 0.3


def test_what_no_entry_answers_elsewhere_is_left_out_where_one_answers_it():
    question = shipped_elsewhere()[0]
    answering = WholeSignals(collection(MOVING, entry("answering", question)), WordEncoder())
    assert question not in answering.unanswered()


def test_some_of_the_signals_are_those_of_their_entries(signals, encoder):
    found = signals.signals(_asked("Who opens the door?", encoder))
    some = found.at([2, 1])
    assert list(some.places) == [2, 1]
    assert some.words == pytest.approx(found.words[[2, 1]])
    assert some.meaning == pytest.approx(found.meaning[[2, 1]])


def test_an_empty_publication_has_no_signals():
    empty = WholeSignals(collection(), WordEncoder())
    assert empty.signals(Asked(WordEncoder().encode(["tills"]), ["till"], [])).words.shape == (0,)


def test_ways_to_ask_come_before_sentences_which_count_half():
    material = material_of(ENTRIES.prepared)
    asked = [
        "May tills be moved?",
        "till to another shop",
        "Who opens the door?",
        "Which paper fits the printer?",
    ]
    assert material.texts == (*asked, "Yes.", "At night only.", "The first one who comes.", "Thermal paper.")
    assert list(material.points.counts) == [1.0] * 4 + [0.5] * 4
    assert material.of(0) == [0, 1, 4, 5]
    assert material.at([5]).texts == ("At night only.",)


def test_sentences_lose_their_marks_and_short_ones_are_none():
    found = sentences("# Tills\n\n- **Move** them. No!\n\n| a b | c d |\n")
    assert [part.split() for part in found] == [["Tills"], ["Move", "them."], ["a", "b", "c", "d"]]
