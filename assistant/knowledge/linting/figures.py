"""Figures that disagree: two entries that give the same limit, term or port of the same thing as different numbers."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.knowledge.linting.copies import Copies, Finding, Passage
from assistant.knowledge.matching.words import Lexicon, shipped_lexicon, stem

CODE = "conflicting-figures"
_UNITS = {
    "seat": "seats|seat|users?|endpoints?|benutzern?|sitze?|plätze|arbeitsplätze",
    "month": "months?|monate?n?",
    "day": "days?|tage?n?",
    "week": "weeks?|wochen?",
    "year": "years?|jahre?n?",
    "hour": "hours?|stunden?",
    "percent": "%|percent|prozent",
    "licence": "licen[cs]es?|lizenz(?:en)?",
    "customer": "customers?|kunden",
}
_COUNTED = re.compile(
    r"(?<![\w.,-])(\d{1,6})(?:\s|-){0,2}(?:"
    + "|".join(rf"(?P<{name}>{forms})" for name, forms in _UNITS.items())
    + r")(?!\w)",
    re.IGNORECASE,
)
_PORT = re.compile(r"\bports?\s(\d{1,5})\b", re.IGNORECASE)
_MOST = re.compile(
    r"\b(?:max(?:imum|imal|imally)?|at\smost|up\sto|no\smore\sthan|limit(?:ed)?|höchstens|bis\szu|nicht\smehr\sals)\b",
    re.IGNORECASE,
)
_LEAST = re.compile(r"\b(?:min(?:imum|destens|imal)?|at\sleast|no\sless\sthan|from|ab)\b", re.IGNORECASE)
_EXAMPLE = re.compile(
    r"\b(?:for\s(?:example|instance)|e\.g|example|say|such\sas|if|assume|suppose|z\.\s?b|zum\sbeispiel|beispiel\w*|etwa|wenn|angenommen)\b",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.!?;])\s+(?=[^\W\d_a-zäöüß]|[*\"(])")
_TELLS_NOTHING = frozenset(
    stem(word)
    for word in (
        "seats users months days weeks years hours ports run open close last keep kept set create take stay talk communicate "
        "listen start end lauft laufen dauert dauern bleibt offnen"
    ).split()
)
_COMMON_SHARE = 0.25
_ENOUGH = 0.6


@dataclass(frozen=True)
class _Fact:
    """A number of something: what the sentence is about, what is counted, and whether it is a limit."""

    passage: Passage
    line: int
    kind: tuple[str, str]
    subject: frozenset[str]
    numbers: frozenset[int]


def findings(copies: Copies) -> tuple[Finding, ...]:
    """Return pairs of statements of two entries about the same thing, unit and limit without a common number.

    Examples, conditions and tables are not statements. Words that stand in many entries do not make a thing the same.
    """
    passages = copies.passages
    lexicon = shipped_lexicon()
    common = _common(passages, lexicon)
    earlier: dict[tuple[str, str, str], list[_Fact]] = {}
    found: dict[tuple[str, int], Finding] = {}
    for fact in (fact for passage in passages for fact in _facts(passage, lexicon, common)):
        keys = [(*fact.kind, term) for term in sorted(fact.subject)]
        other = next((o for key in keys for o in earlier.get(key, ()) if _disagree(o, fact)), None)
        if other:
            found.setdefault((fact.passage.file, fact.line), _finding(other, fact))
        for key in keys:
            earlier.setdefault(key, []).append(fact)
    return tuple(found.values())


def _finding(one: _Fact, other: _Fact) -> Finding:
    here, there = (", ".join(map(str, sorted(fact.numbers))) for fact in (other, one))
    text = f"{here} ({other.kind[0]}) here, {there} in line {one.line} of {one.passage.file}"
    return Finding(other.passage.file, other.line, CODE, text, "find out which holds, and correct the other")


def _common(passages: Sequence[Passage], lexicon: Lexicon) -> frozenset[str]:
    """Return the terms of so many entries that sharing them says nothing; none where there are few entries."""
    counts = Counter(
        term for passage in passages for term in _terms(" ".join(text for _, text in passage.lines), lexicon)
    )
    most = max(4.0, len(passages) * _COMMON_SHARE)
    return frozenset(term for term, count in counts.items() if count > most)


def _facts(passage: Passage, lexicon: Lexicon, common: frozenset[str]) -> Iterable[_Fact]:
    about = _terms(passage.entry.question, lexicon) - common
    for number, text in passage.text:
        if "\t" in text or text.lstrip().startswith("|"):
            continue
        for sentence in _SENTENCES.split(text):
            if _EXAMPLE.search(sentence):
                continue
            subject = _terms(sentence, lexicon) - common
            for kind, numbers in _numbers(sentence).items():
                yield _Fact(passage, number, kind, subject - {kind[0]} or about, frozenset(numbers))


def _numbers(sentence: str) -> dict[tuple[str, str], set[int]]:
    limit = "most" if _MOST.search(sentence) else "least" if _LEAST.search(sentence) else ""
    numbers: dict[tuple[str, str], set[int]] = {}
    for match in _COUNTED.finditer(sentence):
        numbers.setdefault((str(match.lastgroup), limit), set()).add(int(match[1]))
    for match in _PORT.finditer(sentence):
        numbers.setdefault(("port", ""), set()).add(int(match[1]))
    return numbers


def _terms(text: str, lexicon: Lexicon) -> frozenset[str]:
    """Return what a text is about: meanings where the lexicon knows some, stems otherwise, no counted units."""
    plain = _MOST.sub(" ", _LEAST.sub(" ", _PORT.sub(" ", _COUNTED.sub(" ", text))))
    words = (word for word in lexicon.read(plain) if not word.light and not word.surface.isdigit())
    return frozenset(word.terms[-1] for word in words if stem(word.surface) not in _TELLS_NOTHING)


def _disagree(one: _Fact, other: _Fact) -> bool:
    if one.passage is other.passage or one.numbers & other.numbers:
        return False
    shared = len(one.subject & other.subject)
    smaller = min(len(one.subject), len(other.subject))
    return shared > 0 and shared / smaller >= _ENOUGH
