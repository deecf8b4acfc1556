"""Words: how questions and entries are split, stemmed and brought to common names."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from whoosh.lang.porter import stem as porter_stem

_WORD = re.compile(r"[a-z0-9]+")
_LONGEST_WORD = 40
_SHORT_FORM = 3


@dataclass(frozen=True)
class Word:
    """One word or phrase of a text.

    ``terms`` are what it is looked up by: its stem, then the names of the meanings it belongs to (``~licence``).
    ``light`` words are generic, ``attribute`` words name what may be asked of anything. ``repaired`` is the known word
    that a misspelt one was taken for.
    """

    surface: str
    terms: tuple[str, ...]
    light: bool = False
    attribute: bool = False
    repaired: str | None = None


def split(text: str) -> list[str]:
    """Return the lower-case ASCII words of a text; accents are dropped, ``ß`` is ``ss``, very long words are cut."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return [word[:_LONGEST_WORD] for word in _WORD.findall(plain)]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return the stem of a lower-case word; short ones are most often short forms, in which an s is no plural."""
    if len(word) <= _SHORT_FORM:
        return word
    stemmed: str = porter_stem(word)
    return stemmed


class Lexicon:
    """The words that carry nothing, little, or a shared meaning; groups hold words and phrases of one meaning.

    ``attributes`` are words for what may be asked of anything.
    """

    def __init__(
        self,
        stop: Iterable[str],
        light: Iterable[str],
        plain: Iterable[str],
        groups: Iterable[Sequence[str]],
        attributes: Iterable[str] = (),
    ) -> None:
        self.stop = frozenset(stop)
        self.generic = frozenset(light)
        self.light = frozenset(stem(word) for word in self.generic)
        self.attributes = frozenset(attributes)
        self._attributes = frozenset(stem(word) for word in self.attributes)
        self.groups = tuple(tuple(group) for group in groups)
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._meanings: dict[str, list[str]] = {}
        for group in self.groups:
            self._add(group)
        grouped = {word for group in self.groups for phrase in group for word in split(phrase)}
        self.known = frozenset(plain) | self.stop | self.generic | grouped
        self.meaningful = grouped - self.stop

    def with_groups(self, groups: Iterable[Sequence[str]]) -> "Lexicon":
        """Return a lexicon with further groups, for example those of a glossary."""
        return Lexicon(self.stop, self.generic, self.known, [*self.groups, *groups], self.attributes)

    def read(self, text: str) -> list[Word]:
        """Return the words and phrases of a text in order, without those that carry nothing."""
        surfaces = split(text)
        stems = [stem(word) for word in surfaces]
        words: list[Word] = []
        index = 0
        while index < len(surfaces):
            phrase = self._phrase_at(stems, index)
            if phrase:
                length, name = phrase
                words.append(Word(" ".join(surfaces[index : index + length]), (name,)))
                index += length
                continue
            if surfaces[index] not in self.stop:
                words.append(self.word(surfaces[index]))
            index += 1
        return words

    def terms(self, text: str) -> list[str]:
        """Return one term for each word: the name of its meaning, or its stem where it has none."""
        return [word.terms[-1] for word in self.read(text)]

    def word(self, surface: str) -> Word:
        """Return a single word with its terms."""
        stemmed = stem(surface)
        terms = (stemmed, *self._meanings.get(stemmed, ()))
        return Word(surface, terms, stemmed in self.light, stemmed in self._attributes)

    def index_terms(self, text: str) -> list[str]:
        """Return what a text of an entry is found by: stems of all its words and names of all its meanings."""
        stems = [stem(word) for word in split(text) if word not in self.stop]
        names = [term for word in self.read(text) for term in word.terms if term.startswith("~")]
        return stems + names

    def _add(self, group: Sequence[str]) -> None:
        name = "~" + "-".join(split(group[0]))
        for member in group:
            stems = tuple(stem(word) for word in split(member))
            if len(stems) == 1:
                meanings = self._meanings.setdefault(stems[0], [])
                if name not in meanings:
                    meanings.append(name)
            elif stems:
                self._phrases.setdefault(stems[0], []).append((stems, name))
                self._phrases[stems[0]].sort(key=lambda phrase: -len(phrase[0]))

    def _phrase_at(self, stems: list[str], index: int) -> tuple[int, str] | None:
        for phrase, name in self._phrases.get(stems[index], ()):
            if tuple(stems[index : index + len(phrase)]) == phrase:
                return len(phrase), name
        return None


@cache
def shipped_words() -> str:
    """Return the lists of words that belong to this version of the program, as written."""
    return resources.files("assistant.knowledge.content").joinpath("words.toml").read_text("utf-8")


@cache
def shipped_lexicon() -> Lexicon:
    """Return the lexicon that belongs to this version of the program."""
    data: Mapping[str, str] = tomllib.loads(shipped_words())
    stop, light, plain, attributes = (data[name].split() for name in ("stop", "light", "plain", "attributes"))
    return Lexicon(stop, light, plain, data["groups"], attributes)
