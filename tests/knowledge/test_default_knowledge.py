import re
from importlib import resources

import pytest

from assistant.domain.entries import EntryKind
from assistant.knowledge.desk import default_files
from assistant.knowledge.documents.importer import read_document
from assistant.knowledge.matching.words import shipped_lexicon

ENTRIES = tuple(draft.entry for file in default_files() for draft in read_document(file).drafts)
ANSWERING = tuple(entry for entry in ENTRIES if entry.kind is not EntryKind.RULE)
ASKED = tuple(entry for entry in ANSWERING if entry.kind is not EntryKind.DEFINITION)
LONGEST = 200
GERMAN = frozenset(
    "der die das den ein eine einen ist sind wird werden wie was wer wo wann warum welche welchen welchem gibt kann "
    "können muss darf für im vom zum mit ohne und auf beim wir heisst steht unterschied".split()
)


def plain(text):
    return " ".join(re.findall(r"\w+", text.casefold()))


def elsewhere():
    text = resources.files("assistant.knowledge.content").joinpath("elsewhere.txt").read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def is_german(text):
    return bool(GERMAN & set(plain(text).split()))


def by_id(entries):
    return pytest.mark.parametrize("entry", entries, ids=[entry.id for entry in entries])


@by_id(ASKED)
def test_an_entry_can_be_asked_in_a_dozen_ways_and_several_of_them_tell_a_situation(entry):
    assert len(entry.alternates) >= 12
    assert sum(len(alternate.split()) >= 15 for alternate in entry.alternates) >= 3


@by_id([entry for entry in ENTRIES if entry.kind is EntryKind.DEFINITION])
def test_a_definition_can_be_asked_in_four_ways_or_more(entry):
    assert len(entry.alternates) >= 4


@by_id(ANSWERING)
def test_an_entry_can_be_asked_in_german(entry):
    assert any(is_german(alternate) for alternate in entry.alternates)


@by_id(ANSWERING)
def test_an_alternate_is_one_question_of_readable_length(entry):
    assert [alternate for alternate in entry.alternates if len(alternate) > LONGEST] == []


def test_no_way_to_ask_belongs_to_two_entries_or_stands_twice():
    asked = [plain(way) for entry in ENTRIES for way in (entry.question, *entry.alternates)]
    assert sorted(way for way in set(asked) if asked.count(way) > 1) == []


def test_no_alternate_is_also_listed_as_not_answered():
    listed = {plain(line) for line in elsewhere()}
    assert [a for entry in ENTRIES for a in (entry.question, *entry.alternates) if plain(a) in listed] == []


def test_every_entry_to_read_on_exists():
    known = {entry.id for entry in ENTRIES}
    assert [(entry.id, other) for entry in ENTRIES for other in entry.related if other not in known] == []


def test_the_list_of_what_is_not_answered_is_large_has_no_line_twice_and_speaks_german_too():
    lines = [plain(line) for line in elsewhere()]
    assert len(lines) >= 1000
    assert sorted(line for line in set(lines) if lines.count(line) > 1) == []
    assert sum(is_german(line) for line in lines) >= len(lines) / 8


def test_the_default_files_read_without_anything_left_out_or_doubtful():
    documents = [read_document(file) for file in default_files()]
    assert [notice for d in documents for notice in (*d.left_out, *d.warnings)] == []


def test_no_word_stands_twice_in_one_group():
    doubled = [group[0] for group in shipped_lexicon().groups if len(set(group)) < len(group)]
    assert doubled == []
