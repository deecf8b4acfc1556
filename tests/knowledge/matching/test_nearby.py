import numpy as np
import pytest

from assistant.knowledge.matching.large.nearby import NearbySignals
from assistant.knowledge.matching.large.opening import open_shelves
from assistant.knowledge.matching.likeness import letters
from assistant.knowledge.matching.material import shipped_elsewhere, terms_of
from assistant.knowledge.matching.normalising import question_in
from assistant.knowledge.matching.signals import Asked, WholeSignals
from assistant.knowledge.matching.words import shipped_lexicon
from support.matching import WordEncoder, collection, entry, shops

ENTRIES = collection(*shops())


def _asked(text, encoder=None):
    readings = encoder.encode([question_in(text)]) if encoder else None
    return Asked(readings, terms_of(text, ENTRIES), letters(text))


def _ids(found, figures):
    return [ENTRIES.prepared[found.places[row]].entry.id for row in np.argsort(-figures)]


def _near(encoder=None, entries=None):
    shelves, _ = open_shelves(entries or shops(), "shops", None, shipped_lexicon(), encoder)
    return NearbySignals(shelves, encoder)


@pytest.fixture(scope="module")
def encoder():
    return WordEncoder(meanings={"register": "drawer", "mended": "repaired"})


@pytest.fixture(scope="module", params=["words", "model"])
def both(request, encoder):
    """The signals near a question and those of all texts, with or without a model."""
    model = encoder if request.param == "model" else None
    return _near(model), WholeSignals(ENTRIES, model), model


@pytest.mark.parametrize(
    "question", ["May a scanner be repaired?", "the scale, can it be sold", "painted battery"]
)
def test_the_best_entry_near_a_question_is_the_best_of_all(both, question):
    near, whole, model = both
    found, all_found = near.signals(_asked(question, model)), whole.signals(_asked(question, model))
    assert _ids(found, found.words)[0] == _ids(all_found, all_found.words)[0]
    assert len(found.places) < len(ENTRIES.prepared)
    if model:
        assert _ids(found, found.meaning)[0] == _ids(all_found, all_found.meaning)[0]


def test_other_words_of_one_meaning_propose_their_entry(encoder):
    found = _near(encoder).signals(_asked("register mended", encoder))
    assert _ids(found, found.meaning)[0] == "repaired-drawer"


@pytest.mark.parametrize("whole", [False, True])
def test_a_way_to_ask_that_is_left_out_is_found_less(both, whole):
    near, _, model = both
    there = near.signals(_asked(ENTRIES.prepared[3].entry.question, model))
    without = near.lacking(3, 0, whole=whole)
    assert without.words[list(without.places).index(3)] < there.words[list(there.places).index(3)]


def test_an_entry_that_is_left_out_whole_has_no_figure(both):
    near, _, _ = both
    without = near.lacking(3, 0, whole=True)
    assert without.words[list(without.places).index(3)] == pytest.approx(0.0, abs=1e-6)


def test_what_no_entry_answers_is_for_none(both):
    near, _, model = both
    found = near.signals(_asked(near.unanswered()[0], model))
    assert max([0.0, *(found.words if model is None else found.meaning)]) < 0.3


def test_what_no_entry_answers_elsewhere_counts_nothing_where_one_answers_it(encoder):
    question = shipped_elsewhere()[0]
    answering = _near(encoder, [*shops(), entry("answering", question)])
    found = answering.signals(_asked(question, encoder))
    assert max(found.meaning) > 0.7


def test_a_text_that_no_entry_answers_is_found_more_by_entries_where_it_is_left_out(encoder):
    near = _near(encoder)
    question = near.unanswered()[0]
    there, without = near.signals(_asked(question, encoder)), near.lacking_unanswered(0)
    assert np.abs(without.meaning).max() > np.abs(there.meaning).max()


def test_a_question_without_any_known_word_has_no_entries_near_it_by_words():
    assert _near().signals(Asked(None, ["elephant"], [])).words.shape == (0,)
