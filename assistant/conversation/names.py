"""Names in a message: customers and plans, tolerant of case and typing errors, never of ambiguity.

Exact beats prefix beats typing error. Names are looked for only among the options this principal may see.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from assistant.conversation.words import GENERIC, Word, words_of

_SHORTEST_TYPO = 5
_LONGEST_ABBREVIATION = 6
_LETTERS_FOR_A_TYPO = 6


@dataclass(frozen=True)
class Option:
    """Something a slot can be filled with: its id, the name shown, and other names it goes by.

    ``seats`` are the present seats of an assigned plan.
    """

    id: str
    label: str
    aliases: tuple[str, ...] = ()
    seats: int | None = None


@dataclass(frozen=True)
class Mention:
    """A place in the message and the options it can mean; more than one is ambiguous."""

    options: tuple[Option, ...]
    start: int
    end: int


def mentions_of(options: Iterable[Option], words: tuple[Word, ...]) -> tuple[Mention, ...]:
    """Return the names mentioned, in order, each word used once; the best kind of match that finds any wins."""
    named, spelt = _named_and_spelt(options)
    return _exact(named, words) or _prefix(named, words) or _typo(spelt, words)


def each_mention_of(options: Iterable[Option], words: tuple[Word, ...]) -> tuple[Mention, ...]:
    """Return the names mentioned, in order, where each may be spelt in its own way: one exactly, another with a typing error."""
    named, spelt = _named_and_spelt(options)
    found: list[Mention] = []
    for mention in (*_exact(named, words), *_prefix(named, words), *_typo(spelt, words)):
        if not any(mention.start < other.end and other.start < mention.end for other in found):
            found.append(mention)
    return tuple(sorted(found, key=lambda m: m.start))


def _abbreviates(name: str) -> bool:
    return name.isupper() and len(name) <= _LONGEST_ABBREVIATION


def _tokens(name: str) -> tuple[str, ...]:
    return tuple(w.text for w in words_of(name))


_Named = list[tuple[Option, tuple[str, ...]]]


def _named_and_spelt(options: Iterable[Option]) -> tuple[_Named, _Named]:
    """Return each name in words, and those among them that can be meant with a typing error."""
    names = [(option, name) for option in options for name in (option.label, *option.aliases)]
    # one letter more or less makes another abbreviation
    return (
        [(option, _tokens(name)) for option, name in names],
        [(option, _tokens(name)) for option, name in names if not _abbreviates(name)],
    )


def _exact(named: _Named, words: tuple[Word, ...]) -> tuple[Mention, ...]:
    texts = tuple(w.text for w in words)
    hits: list[tuple[int, int, Option]] = []
    for option, name in named:
        size = len(name)
        hits.extend(
            (at, at + size, option)
            for at in range(len(texts) - size + 1)
            if size and texts[at : at + size] == name and (size == len(texts) or not GENERIC.issuperset(name))
        )
    return _longest_first(hits, words)


def _prefix(named: _Named, words: tuple[Word, ...]) -> tuple[Mention, ...]:
    hits: list[tuple[int, int, Option]] = []
    for option, name in named:
        for at, word in enumerate(words):
            if word.text in GENERIC or not name or word.text != name[0]:
                continue
            size = 1
            while size < len(name) and at + size < len(words) and words[at + size].text == name[size]:
                size += 1
            hits.append((at, at + size, option))
    return _longest_first(hits, words)


def _typo(named: _Named, words: tuple[Word, ...]) -> tuple[Mention, ...]:
    hits: list[tuple[int, int, Option]] = []
    for option, name in named:
        whole, size = " ".join(name), len(name)
        if len(whole) < _SHORTEST_TYPO:
            continue
        for at in range(len(words) - size + 1):
            window = words[at : at + size]
            if all(w.text in GENERIC or not w.text[0].isalpha() for w in window):
                continue
            errors = OSA.distance(" ".join(w.text for w in window), whole)
            if errors <= max(1, len(whole) // _LETTERS_FOR_A_TYPO):
                hits.append((at, at + size, option))
    return _longest_first(hits, words)


def _longest_first(hits: list[tuple[int, int, Option]], words: tuple[Word, ...]) -> tuple[Mention, ...]:
    """Give every word to the longest name that wants it; equal claims are one ambiguous mention."""
    taken: set[int] = set()
    mentions: list[Mention] = []
    for start, end in sorted({(s, e) for s, e, _ in hits}, key=lambda place: (place[0] - place[1], place[0])):
        if taken.intersection(range(start, end)):
            continue
        taken.update(range(start, end))
        options = tuple(dict.fromkeys(option for s, e, option in hits if (s, e) == (start, end)))
        mentions.append(Mention(options, words[start].start, words[end - 1].end))
    return tuple(sorted(mentions, key=lambda m: m.start))
