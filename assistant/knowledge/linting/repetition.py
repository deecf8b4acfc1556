"""Entries that ask the same: headings nearly alike, and worse, answered yes in one place and no in another."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.domain.entries import EntryKind
from assistant.knowledge.linting.copies import Copies, Finding, Passage
from assistant.knowledge.matching.words import Lexicon, shipped_lexicon, split

ALIKE = "near-duplicate"
CONTRADICTING = "contradiction"
_ALIKE_SHARE = 0.8
_CONTRADICTING_SHARE = 0.6
_YES = re.compile(
    r"[\s*_>+-]{0,12}(?:yes|ja|this\sis\spossible|possible|of\scourse|certainly)\b", re.IGNORECASE
)
_NO = re.compile(
    r"[\s*_>+-]{0,12}(?:no|nein|not\spossible|never|this\sis\snot\spossible|unfortunately\snot|leider\snicht)\b",
    re.IGNORECASE,
)
_TURNED = re.compile(r"\b(?:not|n't|without|never|no|nicht|ohne|kein\w{0,2}|nie)\b", re.IGNORECASE)


def findings(copies: Copies) -> tuple[Finding, ...]:
    """Return the entries whose heading asks what an earlier heading asks, told apart by what they answer.

    Headings that differ in a number, a single letter or a negation ask different things.
    """
    lexicon = shipped_lexicon()
    asked = [p for p in copies.passages if p.entry.kind is not EntryKind.DEFINITION]
    terms = [_terms(p.entry.question, lexicon) for p in asked]
    frequency = Counter(term for held in terms for term in held)
    holders: dict[str, list[int]] = {}
    found: list[Finding] = []
    for place, passage in enumerate(asked):
        telling = _telling(terms[place], frequency)
        earlier = sorted({held for term in telling for held in holders.get(term, ())})
        found += _first_of(passage, ((asked[held], _share(terms[held], terms[place])) for held in earlier))
        for term in telling:
            holders.setdefault(term, []).append(place)
    return tuple(found)


def _telling(terms: frozenset[str], frequency: Counter[str]) -> list[str]:
    """Return the rarest terms, as many as make sure that two headings alike enough have one of them in common."""
    needed = len(terms) - math.ceil(len(terms) * _CONTRADICTING_SHARE) + 1
    return sorted(terms, key=lambda term: (frequency[term], term))[:needed]


def _first_of(passage: Passage, earlier: Iterable[tuple[Passage, float]]) -> Sequence[Finding]:
    line, question = passage.heading
    for other, share in earlier:
        where = f'"{other.entry.question}" in line {other.heading[0]} of {other.file}'
        if share < _CONTRADICTING_SHARE or _kept_apart(other.entry.question, question):
            continue
        if _opposed(other.entry.text, passage.entry.text):
            text = f"asks nearly the same as {where}, and answers the opposite"
            hint = "find out which holds, and keep one entry"
            return [Finding(passage.file, line, CONTRADICTING, text, hint)]
        if share >= _ALIKE_SHARE:
            hint = "keep one entry, and make the other heading one of its alternates"
            return [Finding(passage.file, line, ALIKE, f"asks nearly the same as {where}", hint)]
    return []


def _terms(heading: str, lexicon: Lexicon) -> frozenset[str]:
    return frozenset(word.terms[-1] for word in lexicon.read(heading) if not word.light)


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)


def _kept_apart(one: str, other: str) -> bool:
    different = set(split(one)) ^ set(split(other))
    telling = any(
        (len(word) == 1 and word not in {"a", "i"}) or any(c.isdigit() for c in word) for word in different
    )
    return telling or bool(_TURNED.search(one)) != bool(_TURNED.search(other))


def _opposed(one: str, other: str) -> bool:
    return bool((_YES.match(one) and _NO.match(other)) or (_NO.match(one) and _YES.match(other)))
