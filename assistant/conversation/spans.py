"""Lengths in months as people write them: "12 months", "yearly", "alle drei Monate", and "off" for none."""

from dataclasses import dataclass
from itertools import pairwise

from assistant.conversation import vocabulary
from assistant.conversation.numbers import numbers_in
from assistant.conversation.words import Word

_UNITS = vocabulary.numbered("span.unit")
_NAMED = vocabulary.numbered("span.named")
_OFF = vocabulary.words("span.off")
_OFF_PAIRS = frozenset(vocabulary.sequences("span.off_pairs"))
_EVERY = vocabulary.words("span.every")
_PASSED_OVER = vocabulary.words("span.passed_over")


@dataclass(frozen=True)
class Span:
    """A length in whole months found in a message, 0 for none, with its place (characters, end excluded)."""

    months: int
    start: int
    end: int


def spans_in(words: tuple[Word, ...]) -> tuple[Span, ...]:
    """Return the lengths among these words: those with a unit, else those named, else "off", else bare numbers."""
    numbers = [n for n in numbers_in(words) if not n.relative and n.value >= 0]
    counted = []
    for number in numbers:
        unit = next((w for w in words if w.start >= number.end), None)
        if unit and unit.text in _UNITS:
            counted.append(Span(number.value * _UNITS[unit.text], number.start, unit.end))
    bare = [Span(number.value, number.start, number.end) for number in numbers]
    return tuple(counted) or _every(words) or _named(words) or _off(words) or tuple(bare)


def _every(words: tuple[Word, ...]) -> tuple[Span, ...]:
    pairs = pairwise(words)
    return tuple(
        Span(_UNITS[unit.text], every.start, unit.end)
        for every, unit in pairs
        if every.text in _EVERY and unit.text in _UNITS
    )


def _named(words: tuple[Word, ...]) -> tuple[Span, ...]:
    return tuple(Span(_NAMED[w.text], w.start, w.end) for w in words if w.text in _NAMED)


def _off(words: tuple[Word, ...]) -> tuple[Span, ...]:
    spoken = [w for w in words if w.text not in _PASSED_OVER]
    pairs = (
        Span(0, first.start, second.end)
        for first, second in pairwise(spoken)
        if (first.text, second.text) in _OFF_PAIRS
    )
    return tuple(pairs) or tuple(Span(0, w.start, w.end) for w in words if w.text in _OFF)
