"""Suggestions while a question is typed: published questions by the beginnings of their words.

Only letters count here, never likeness of meaning: a list that changes with every key must be easy to foresee.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from threading import Lock

from assistant.domain.entries import Audience, Entry, EntryKind
from assistant.domain.identifiers import EntryId
from assistant.knowledge.matching.glossary import glossary_groups, ways_to_name
from assistant.knowledge.matching.matcher import LONGEST_QUESTION
from assistant.knowledge.matching.words import Lexicon, shipped_lexicon, split
from assistant.knowledge.prefixes import Need, PrefixIndex

MOST_SUGGESTIONS = 6

_MOST_WORDS = 12
_MOST_MISSPELT = 2
_MOST_REPAIRED = 6
_MOST_LOOKED_AT = 2_000


class Typeahead:
    """The ways to ask for the entries of one publication, sorted so that a key press looks at a few of them only."""

    def __init__(self, entries: Sequence[Entry], lexicon: Lexicon) -> None:
        self._entries = tuple(entries)
        self._lexicon = lexicon
        forms = _Forms(glossary_groups(entries), _named(entries))
        self._short_forms = forms.short
        ways = [_ways_to_ask(entry) for entry in entries]
        self._questions = PrefixIndex([[" ".join(split(way[0]))] for way in ways])
        self._others = PrefixIndex([[" ".join(split(text)) for text in way[1:]] for way in ways])
        # a short form may look like a function word
        silent = lexicon.stop - forms.short
        owners, words = [], []
        for place, way in enumerate(ways):
            for text in way:
                owners.append(place)
                words.append(forms.spelt_both_ways(split(text)) - silent)
        self._words = PrefixIndex(words, owners)
        self._function_words = PrefixIndex([[word] for word in lexicon.stop])
        self._ranking = _Ranking((), ())
        self.rank_by({})

    def rank_by(self, asked: Mapping[EntryId, int]) -> None:
        """Put what is asked most first, and of the equally asked the shorter question."""
        entries = self._entries

        def rank(place: int) -> tuple[int, int, EntryId]:
            entry = entries[place]
            return -asked.get(entry.id, 0), len(entry.question), entry.id

        order = sorted(range(len(entries)), key=rank)
        ranks = {place: number for number, place in enumerate(order)}
        # exchanged in one step: somebody may be typing meanwhile
        self._ranking = _Ranking(tuple(order), tuple(ranks[place] for place in range(len(entries))))

    def find(self, text: str, audience: Audience) -> tuple[Entry, ...]:
        """Return at most six entries for what was typed: by whole beginning, then word by word, then misspelt words."""
        found: dict[int, None] = {}
        for place in self._hits(split(text[:LONGEST_QUESTION])):
            if audience in self._entries[place].audience:
                found[place] = None
            if len(found) == MOST_SUGGESTIONS:
                break
        return tuple(self._entries[place] for place in found)

    def _hits(self, typed: list[str]) -> Iterator[int]:
        plain = " ".join(typed)
        if len(plain) < 2:  # noqa: PLR2004 - one letter begins too much to be a wish, unless it is a name
            if plain in self._short_forms:
                yield from self._ranked(self._words, [(self._words.exactly(plain),)])
            return
        yield from self._ranked(self._questions, [(self._questions.starting(plain),)])
        yield from self._ranked(self._others, [(self._others.starting(plain),)])
        telling = self._telling(typed)
        if not telling:
            return
        needs: list[Need] = [(self._words.starting(word),) for word in telling]
        yield from self._ranked(self._words, needs)
        if repaired := self._repaired(telling, needs):
            yield from self._ranked(self._words, repaired)

    def _telling(self, typed: list[str]) -> list[str]:
        """Return the words to look for one by one; a single function word may be the beginning of another word."""
        telling = [word for word in dict.fromkeys(typed) if word not in self._lexicon.stop]
        if not telling and len(typed) == 1:
            return typed
        return telling if len(telling) <= _MOST_WORDS else []

    def _repaired(self, typed: list[str], needs: list[Need]) -> list[Need]:
        """Return what the words may begin if some are misspelt; nothing when that is no help."""
        if len(typed) > _MOST_REPAIRED:
            return []
        repaired: list[Need] = []
        misspelt = 0
        for word, need in zip(typed, needs, strict=True):
            nearly = () if word in self._lexicon.known else self._words.nearly_starting(word)
            misspelt += not need[0]
            if need[0] or nearly or not self._function_words.nearly_starting(word):
                repaired.append((*need, *nearly))
        return repaired if repaired != needs and misspelt <= _MOST_MISSPELT else []

    def _ranked(self, index: PrefixIndex, needs: Sequence[Need]) -> Iterator[int]:
        """Yield the entries that hold every word, best first; of very many only the best are looked at."""
        ranking = self._ranking
        narrowest = min(needs, key=index.size)
        if index.size(narrowest) <= _MOST_LOOKED_AT:
            yield from sorted(index.owners_of(narrowest, needs), key=ranking.ranks.__getitem__)
        else:
            yield from index.holding(islice(ranking.order, _MOST_LOOKED_AT), needs)


@dataclass(frozen=True)
class _Ranking:
    """The places of entries, best first, and the rank of each place."""

    order: tuple[int, ...]
    ranks: tuple[int, ...]


class Suggestions:
    """Keeps the ways to ask of the publication in force, sorted. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._of = ""
        self._typeahead = Typeahead((), shipped_lexicon())

    def typeahead(
        self, publication: str, entries: Sequence[Entry], asked: Callable[[], Mapping[EntryId, int]]
    ) -> Typeahead:
        """Return the ways to ask of a publication; they are sorted once, and ``asked`` is called only then."""
        with self._lock:
            if self._of != publication:
                self._typeahead = Typeahead(entries, shipped_lexicon())
                self._typeahead.rank_by(asked())
                self._of = publication
            return self._typeahead

    def rank_by(self, asked: Mapping[EntryId, int]) -> None:
        """Put what is asked most first, from now on."""
        with self._lock:
            self._typeahead.rank_by(asked)


def _ways_to_ask(entry: Entry) -> list[str]:
    """Return the question first; a defined term is asked for by its long form as well."""
    if entry.kind is EntryKind.DEFINITION:
        named = [*ways_to_name(entry.question), *(name for g in glossary_groups([entry]) for name in g)]
        return list(dict.fromkeys([*named, *entry.alternates]))
    return list(dict.fromkeys([entry.question, entry.source.heading, *entry.alternates]))


def _named(entries: Iterable[Entry]) -> set[str]:
    """Return the defined terms of one word."""
    terms = (split(entry.question) for entry in entries if entry.kind is EntryKind.DEFINITION)
    return {term[0] for term in terms if len(term) == 1}


class _Forms:
    """Short forms and what they stand for, so that a question is found by either."""

    def __init__(self, groups: Sequence[Sequence[str]], named: Iterable[str]) -> None:
        self.short = frozenset(word for group in groups for word in split(group[0])).union(named)
        self._by_first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
        for group in groups:
            short, long = tuple(split(group[0])), tuple(split(group[1]))
            for one, other in ((short, long), (long, short)):
                if one:
                    self._by_first.setdefault(one[0], []).append((one, other))

    def spelt_both_ways(self, words: list[str]) -> set[str]:
        """Return the words, with the words of every other form."""
        found = set(words)
        for place, word in enumerate(words):
            for one, other in self._by_first.get(word, ()):
                if tuple(words[place : place + len(one)]) == one:
                    found.update(other)
        return found
