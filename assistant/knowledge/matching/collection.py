"""Entries prepared for matching, and what words weigh among them."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from assistant.domain.entries import Entry, EntryKind
from assistant.domain.identifiers import EntryId
from assistant.knowledge.matching.glossary import glossary_groups, ways_to_name
from assistant.knowledge.matching.spelling import is_slip, repair
from assistant.knowledge.matching.words import Lexicon, Word, split

LIGHT_WEIGHT = 0.15
MOST_WORDS = 80
"""Words of a text that are looked at."""

_COMMON = 3


@dataclass(frozen=True)
class Phrasing:
    """One way to ask for an entry: as written, its words, and all terms they are looked up by; read when first needed."""

    text: str
    lexicon: Lexicon = field(repr=False, compare=False)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words that say something."""
        return tuple(self.lexicon.read(self.text))

    @cached_property
    def terms(self) -> frozenset[str]:
        """All terms of all words."""
        return frozenset(term for word in self.words for term in word.terms)

    @cached_property
    def plain(self) -> str:
        """The text as lower-case words."""
        return " ".join(split(self.text))


@dataclass(frozen=True)
class Prepared:
    """An entry with its phrasings (its question first, then alternates) and the terms of question and answer.

    ``named`` are the phrasings that are the entry's name. ``indexed`` holds the terms of each field of the full-text
    index, separated by spaces.
    """

    entry: Entry
    phrasings: tuple[Phrasing, ...]
    named: tuple[Phrasing, ...]
    indexed: Mapping[str, str]

    @property
    def definition(self) -> bool:
        """Whether the entry says what a term means."""
        return self.entry.kind is EntryKind.DEFINITION

    @cached_property
    def question_terms(self) -> frozenset[str]:
        """The terms of all ways to ask."""
        return frozenset(f"{self.indexed['question']} {self.indexed['alternates']}".split())

    @cached_property
    def answer_terms(self) -> frozenset[str]:
        """The terms of the answer."""
        return frozenset(self.indexed["answer"].split())


@dataclass(frozen=True)
class Census:
    """What is known of all entries together.

    ``frequency`` is how many entries hold a term, ``words`` are what misspelt ones may be taken for, ``named`` and
    ``asked`` which entries a text names, or asks for otherwise, word for word.
    """

    frequency: Mapping[str, int]
    words: frozenset[str]
    named: Mapping[str, tuple[EntryId, ...]]
    asked: Mapping[str, tuple[EntryId, ...]]


class Collection:
    """All entries of one publication, prepared; the same for every process that prepares them.

    ``lexicon`` has the words of its glossary; ``prepared`` stands in the order of the entries, ``place`` tells where.
    """

    def __init__(
        self, entries: Sequence[Entry], lexicon: Lexicon, prepared: Sequence[Prepared], census: Census
    ) -> None:
        self.lexicon = lexicon
        self.prepared = prepared
        self.place = {entry.id: place for place, entry in enumerate(entries)}
        self._entries = entries
        self._census = census
        self.vocabulary = census.words | lexicon.meaningful | lexicon.generic

    def asked_for(self, plain: str) -> list[Prepared]:
        """Return the entries a text asks for word for word; a name goes before what is only another way to ask."""
        for known in (self._census.named, self._census.asked):
            found = [self.place[entry_id] for entry_id in known.get(plain, ()) if entry_id in self.place]
            if found:
                return [self.prepared[place] for place in found]
        return []

    def ways(self) -> list[tuple[int, int]]:
        """Return every way to ask: the place of its entry, and its number among the phrasings of that."""
        counts = ((place, len(ways_to_ask(entry))) for place, entry in enumerate(self._entries))
        return [(place, number) for place, count in counts for number in range(count)]

    def knows(self, word: Word) -> bool:
        """Tell whether any entry holds one of the word's terms."""
        return any(term in self._census.frequency for term in word.terms)

    def read(self, text: str) -> list[Word]:
        """Return the words of a question, misspelt ones repaired where that is safe, and small ones left out."""
        words = [word for word in self.lexicon.read(text)[:MOST_WORDS] if not self._is_slip(word)]
        return repair(words, self.lexicon, self.vocabulary, self.knows)

    def _is_slip(self, word: Word) -> bool:
        strange = word.surface not in self.lexicon.known and not self.knows(word)
        return strange and is_slip(word.surface, self.lexicon.stop)

    def weight(self, word: Word) -> float:
        """Return how much a word tells entries apart: most for one that no entry holds, little for a generic one."""
        frequency = self._census.frequency
        count = max((frequency.get(term, 0) for term in word.terms), default=0)
        weight = math.log(1 + (len(self._entries) - count + 0.5) / (count + 0.5))
        return weight * (LIGHT_WEIGHT if word.light else 1.0)


def collect(entries: Sequence[Entry], lexicon: Lexicon) -> Collection:
    """Prepare all entries of a publication; its glossary is added to the lexicon."""
    widened = lexicon.with_groups(glossary_groups(entries))
    prepared = tuple(prepare(entry, widened) for entry in entries)
    return Collection(entries, widened, prepared, census_of(prepared, widened))


def prepare(entry: Entry, lexicon: Lexicon, indexed: Mapping[str, str] | None = None) -> Prepared:
    """Prepare one entry; ``indexed`` are its terms by field if they are known already."""
    names, ways = _names(entry), ways_to_ask(entry)
    phrasings = tuple(Phrasing(text, lexicon) for text in ways)
    return Prepared(entry, phrasings, phrasings[: len(names)], indexed or _indexed(entry, names, lexicon))


def ways_to_ask(entry: Entry) -> list[str]:
    """Return the texts that ask for an entry: its names, then its alternates."""
    return [*_names(entry), *entry.alternates]


def census_of(prepared: Sequence[Prepared], lexicon: Lexicon) -> Census:
    """Count what entries hold."""
    frequency = Counter(term for p in prepared for term in p.question_terms | p.answer_terms)
    named = _grouped((phrasing.plain, p) for p in prepared for phrasing in p.named)
    asked = _grouped((phrasing.plain, p) for p in prepared for phrasing in p.phrasings)
    return Census(frequency, _words_of([p.entry for p in prepared], lexicon), named, asked)


def _indexed(entry: Entry, names: Sequence[str], lexicon: Lexicon) -> dict[str, str]:
    fields = {"question": names, "alternates": entry.alternates, "answer": [entry.text]}
    return {
        name: " ".join(term for text in texts for term in lexicon.index_terms(text))
        for name, texts in fields.items()
    }


def _words_of(entries: Sequence[Entry], lexicon: Lexicon) -> frozenset[str]:
    """Return the words that misspelt ones may be taken for: not every word that some chatty alternate holds."""
    texts = (text for e in entries for text in (e.question, e.source.heading, e.text))
    said = {word for text in texts for word in split(text)}
    asked = Counter(word for e in entries for text in e.alternates for word in set(split(text)))
    return frozenset(said | {word for word, count in asked.items() if count >= _COMMON}) - lexicon.stop


def _names(entry: Entry) -> list[str]:
    """Return the question, and the heading it has in its source, which is a way to ask for it too."""
    if entry.kind is EntryKind.DEFINITION:
        return ways_to_name(entry.question)
    return list(dict.fromkeys([entry.question, *filter(None, [entry.source.heading])]))


def _grouped(pairs: Iterable[tuple[str, Prepared]]) -> dict[str, tuple[EntryId, ...]]:
    groups: dict[str, dict[EntryId, None]] = {}
    for plain, prepared in pairs:
        if plain:
            groups.setdefault(plain, {})[prepared.entry.id] = None
    return {plain: tuple(group) for plain, group in groups.items()}
