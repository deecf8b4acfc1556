"""Entries prepared for matching, and what words weigh among them."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.domain.entries import Entry, EntryKind
from assistant.knowledge.matching.glossary import glossary_groups, ways_to_name
from assistant.knowledge.matching.spelling import repair
from assistant.knowledge.matching.words import Lexicon, Word, split

LIGHT_WEIGHT = 0.15
MOST_WORDS = 80
"""Words of a text that are looked at."""

_COMMON = 3


@dataclass(frozen=True)
class Phrasing:
    """One way to ask for an entry: as written, its words, and all terms they are looked up by."""

    text: str
    words: tuple[Word, ...]
    terms: frozenset[str]
    plain: str


@dataclass(frozen=True)
class Prepared:
    """An entry with its phrasings (its question first, then alternates) and the terms of question and answer.

    ``named`` are the phrasings that are the entry's name. ``indexed`` holds the terms of each field of the full-text
    index, separated by spaces.
    """

    entry: Entry
    phrasings: tuple[Phrasing, ...]
    named: tuple[Phrasing, ...]
    question_terms: frozenset[str]
    answer_terms: frozenset[str]
    definition: bool
    indexed: Mapping[str, str]


class Collection:
    """All entries of one publication, prepared; the same for every process that prepares them."""

    def __init__(self, entries: Sequence[Entry], lexicon: Lexicon) -> None:
        self.lexicon = lexicon.with_groups(glossary_groups(entries))
        self.prepared = tuple(self._prepare(entry) for entry in entries)
        self.by_id = {p.entry.id: p for p in self.prepared}
        self._frequency = Counter(term for p in self.prepared for term in p.question_terms | p.answer_terms)
        self.vocabulary = self._words_of(entries) | self.lexicon.meaningful | self.lexicon.generic
        self.by_plain = self._by_plain()

    def knows(self, word: Word) -> bool:
        """Tell whether any entry holds one of the word's terms."""
        return any(term in self._frequency for term in word.terms)

    def read(self, text: str) -> list[Word]:
        """Return the words of a question, misspelt ones repaired where that is safe."""
        return repair(self.lexicon.read(text)[:MOST_WORDS], self.lexicon, self.vocabulary, self.knows)

    def weight(self, word: Word) -> float:
        """Return how much a word tells entries apart: most for one that no entry holds, little for a generic one."""
        counts = [self._frequency[term] for term in word.terms if term in self._frequency]
        count = max(counts, default=0)
        weight = math.log(1 + (len(self.prepared) - count + 0.5) / (count + 0.5))
        return weight * (LIGHT_WEIGHT if word.light else 1.0)

    def _prepare(self, entry: Entry) -> Prepared:
        definition = entry.kind is EntryKind.DEFINITION
        asked = ways_to_name(entry.question) if definition else _headings(entry)
        named = tuple(self._phrasing(text) for text in asked)
        phrasings = (*named, *(self._phrasing(text) for text in entry.alternates))
        question = self._terms(asked)
        alternates = self._terms(entry.alternates)
        answer = self.lexicon.index_terms(entry.text)
        fields = {"question": question, "alternates": alternates, "answer": answer}
        indexed = {name: " ".join(terms) for name, terms in fields.items()}
        return Prepared(
            entry, phrasings, named, frozenset(question + alternates), frozenset(answer), definition, indexed
        )

    def _terms(self, texts: Sequence[str]) -> list[str]:
        return [term for text in texts for term in self.lexicon.index_terms(text)]

    def _phrasing(self, text: str) -> Phrasing:
        words = tuple(self.lexicon.read(text))
        return Phrasing(text, words, frozenset(t for w in words for t in w.terms), " ".join(split(text)))

    def _words_of(self, entries: Sequence[Entry]) -> frozenset[str]:
        """Return the words that misspelt ones may be taken for: not every word that some chatty alternate holds."""
        texts = (text for e in entries for text in (e.question, e.source.heading, e.text))
        said = {word for text in texts for word in split(text)}
        asked = Counter(word for e in entries for text in e.alternates for word in set(split(text)))
        return (
            frozenset(said | {word for word, count in asked.items() if count >= _COMMON}) - self.lexicon.stop
        )

    def _by_plain(self) -> dict[str, tuple[Prepared, ...]]:
        """Return which entries a text asks for word for word; a name goes before what is only another way to ask."""
        named = _grouped((phrasing.plain, p) for p in self.prepared for phrasing in p.named)
        asked = _grouped((phrasing.plain, p) for p in self.prepared for phrasing in p.phrasings)
        return {plain: found for plain, found in (asked | named).items() if plain}


def _headings(entry: Entry) -> list[str]:
    """Return the question, and the heading it has in its source, which is a way to ask for it too."""
    return list(dict.fromkeys([entry.question, entry.source.heading]))


def _grouped(pairs: Iterable[tuple[str, Prepared]]) -> dict[str, tuple[Prepared, ...]]:
    groups: dict[str, dict[str, Prepared]] = {}
    for plain, prepared in pairs:
        groups.setdefault(plain, {})[prepared.entry.id] = prepared
    return {plain: tuple(group.values()) for plain, group in groups.items()}
