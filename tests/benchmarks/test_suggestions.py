"""The figures of suggestions: every key is pressed, and every figure is of something that was found."""

from assistant.domain.entries import Audience
from assistant.knowledge.matching.words import shipped_lexicon
from assistant.knowledge.suggesting import Typeahead
from benchmarks.generated import entries_of
from benchmarks.suggestions import keystrokes, row


def test_a_question_is_typed_letter_by_letter_as_it_is_and_misspelt():
    entry = entries_of(1)[0]
    typed = list(keystrokes([entry]))
    assert len(typed) == 2 * len(entry.question)
    assert typed[0] == entry.question[0]
    assert typed[len(entry.question) - 1] == entry.question
    assert sorted(typed[-1]) == sorted(entry.question)
    assert typed[-1] != entry.question


def test_what_is_typed_finds_its_entry_even_misspelt():
    entries = entries_of(50)
    typeahead = Typeahead(entries, shipped_lexicon())
    whole = [text for text in keystrokes(entries) if text in {e.question for e in entries}]
    assert [typeahead.find(text, Audience.PARTNER)[0].question for text in whole] == whole


def test_a_row_names_the_entries_and_counts_the_keys():
    entries = entries_of(30)
    name, keys, *figures = row("thirty", entries)
    assert (name, int(keys)) == ("thirty", len(list(keystrokes(entries))))
    assert len(figures) == 5
    assert all(float(figure) >= 0 for figure in figures)
