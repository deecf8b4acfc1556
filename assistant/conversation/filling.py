"""What a message fills: names, numbers, lengths, days and texts for the slots of a flow, each place used once."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import dropwhile

from assistant.conversation import vocabulary
from assistant.conversation.acts import Direction, Fill, Invalid, SlotAct, Unclear, has_correction_cue
from assistant.conversation.dates import Day, Month, days_in, months_in
from assistant.conversation.flow import Flow, Slot, SlotKind, Slots, SlotValue
from assistant.conversation.folding import fold
from assistant.conversation.groups import read_group
from assistant.conversation.names import Mention, Option, mentions_of
from assistant.conversation.numbers import Number, direction_in, numbers_in
from assistant.conversation.spans import Span, spans_in
from assistant.conversation.words import Word, words_of

_SEAT_WORDS = vocabulary.words("number.seats")
_NEGATIONS = vocabulary.sequences("correction.denied")
_BETWEEN = vocabulary.words("correction.before_denied")
"""What may stand between a negation and what it denies."""
_TOWARDS = vocabulary.words("number.towards")
_TOTAL = vocabulary.words("number.total")
_BRIEF_ENDS = re.compile(r"[,;\n]")
_BREAKS = re.compile(r"([\s,;:]+)")
_TRAILING = vocabulary.words("text.trailing")
_NO_TEXT = re.compile(rf"(?i)(?:{'|'.join(sorted(vocabulary.words('text.not_a_text')))}|für)\b")


@dataclass(frozen=True)
class Said:
    """What is read: the statements' words, the whole text they stand in, and the day on which it is said."""

    text: str
    words: tuple[Word, ...]
    today: date


def heard(text: str, today: date) -> Said:
    """Return a text as something said, all of it statements."""
    return Said(text, words_of(text), today)


def read_fills(flow: Flow, options: Mapping[str, tuple[Option, ...]], said: Said) -> tuple[SlotAct, ...]:
    """Return everything that was said for slots of the flow: names first, then days and lengths, numbers, and texts."""
    acts: list[SlotAct] = []
    claimed: list[tuple[int, int]] = []
    for slot in sorted(flow.slots, key=_turn):
        if slot.kind is SlotKind.NUMBER and _two_with_numbers(acts, said.words):
            continue
        act = _read_slot(slot, options.get(slot.name, ()), said, claimed)
        if act is None:
            continue
        acts.append(act)
        if isinstance(act, Fill) and act.place:
            claimed.append(act.place)
    return tuple(acts)


def read_value(slot: Slot, options: Iterable[Option], raw: str, today: date) -> SlotAct:
    """Read the raw value of a form field or of an offered choice: an option's id or name, or a value as it is typed."""
    options = tuple(options)
    if slot.kind is SlotKind.TEXT:
        return whole_text(slot, raw)
    chosen = next((o for o in options if o.id == raw), None)
    if chosen:
        return Fill(slot.name, SlotValue(chosen.id, chosen.label))
    read = _read_slot(slot, options, heard(raw, today), ())
    return Invalid(slot.name, raw) if read is None or isinstance(read, Direction) else read


def whole_text(slot: Slot, raw: str) -> Fill | Invalid:
    """Take a whole message as the text of a slot, tidied at its ends; empty and too long ones are invalid."""
    text = raw.strip()
    if not any(c.isalnum() for c in text) or len(text) > slot.longest:
        return Invalid(slot.name, raw)
    return Fill(slot.name, SlotValue(text, text))


def read_names(
    slot: Slot, options: Iterable[Option], words: tuple[Word, ...]
) -> Fill | Unclear | Invalid | None:
    """Return what these words say about a slot with options; a negated name ("not X, Y") is passed over.

    Of several names the last is meant after a correction cue; otherwise it is unclear which.
    """
    if slot.kind is SlotKind.CUSTOMERS:
        group = read_group(slot, tuple(options), words)
        if isinstance(group, str):
            return Invalid(slot.name, group)
        return Fill(slot.name, *group) if group else None
    mentions = _pointed_at(slot, [m for m in mentions_of(options, words) if not _negated(m, words)], words)
    if not mentions:
        return None
    meant = mentions[-1:] if has_correction_cue(words) else mentions
    found = tuple(dict.fromkeys(option for mention in meant for option in mention.options))
    if len(found) > 1:
        return Unclear(slot.name, found)
    mention, option = mentions[-1], found[0]
    return Fill(slot.name, SlotValue(option.id, option.label), (mention.start, mention.end))


def _pointed_at(slot: Slot, mentions: list[Mention], words: tuple[Word, ...]) -> list[Mention]:
    """Return the mentions that are meant for a slot: behind its cues where any is, and never behind what is another's."""
    free = [m for m in mentions if _before(m, words) not in slot.unless]
    cued = [m for m in free if _before(m, words) in slot.cues]
    return cued or free


def absolute(slot: Slot, value: SlotValue, slots: Slots, options: Iterable[Option]) -> SlotValue | None:
    """Turn a relative number into the total, from the present seats of the plan it refers to; None if not known yet."""
    if value.relative is None:
        return value
    plan = slots.get(slot.relative_to or "")
    option = next((o for o in options if plan and o.id == plan.value), None)
    if option is None or option.seats is None:
        return None
    total = option.seats + value.relative
    return SlotValue(total, str(total), relative=value.relative)


_Claimed = Sequence[tuple[int, int]]


def _read_slot(slot: Slot, options: Iterable[Option], said: Said, claimed: _Claimed) -> SlotAct | None:
    if slot.kind is SlotKind.TEXT:
        return _read_cued(slot, said, claimed)
    free = tuple(w for w in said.words if not any(s <= w.start < e for s, e in claimed))
    if slot.kind.listed:
        return read_names(slot, options, free)
    if slot.kind is SlotKind.NUMBER:
        return _read_number(slot, said.words, claimed) or _read_direction(slot, free)
    found = [
        f
        for f in _FINDERS[slot.kind](free, said.today)
        if not _negated(f, said.words) and _before(f, said.words) not in slot.unless
    ]
    if len(found) > 1 and (has_correction_cue(free) or _before(found[-1], free) in _TOWARDS):
        found = found[-1:]
    if len({_value(f) for f in found}) != 1:
        return None
    value = _value(found[-1])
    return Fill(slot.name, SlotValue(value, str(value)), (found[-1].start, found[-1].end))


def _read_number(slot: Slot, words: tuple[Word, ...], claimed: _Claimed) -> Fill | None:
    """Return the number these words hold for the slot, outside the places that names have claimed.

    Of several numbers the one followed by "seats" is meant, or after a correction cue the last; otherwise none.
    """
    numbers = [
        n
        for n in numbers_in(words)
        if not any(s <= n.start < e for s, e in claimed)
        and not _negated(n, words)
        and (not slot.cues or _before(n, words) in slot.cues)
    ]
    if len(numbers) > 1:
        of_seats = [n for n in numbers if _names_seats(n, words)]
        numbers = of_seats or numbers
    if len(numbers) > 1 and has_correction_cue(words):
        numbers = numbers[-1:]
    if len(numbers) != 1:
        return None
    number = numbers[0]
    if number.relative and slot.relative_to is None and not slot.each:
        return None
    shown = f"{number.value:+d}" if number.relative else str(number.value)
    value = SlotValue(number.value, shown, relative=number.value if number.relative else None)
    total = any(w.text in _TOTAL for w in words) or _before(number, words) in _TOWARDS
    return Fill(slot.name, value, (number.start, number.end), total=total)


def _read_direction(slot: Slot, words: tuple[Word, ...]) -> Direction | None:
    sign = direction_in(words) if slot.relative_to and not numbers_in(words) else None
    return Direction(slot.name, sign) if sign else None


def _read_cued(slot: Slot, said: Said, claimed: _Claimed) -> Fill | None:
    """Return the text that stands behind one of the slot's cues, up to the next thing that another slot has claimed."""
    cue = _cue(slot).search(said.text) if slot.cues else None
    spoken = [w.end for w in said.words if cue and w.start >= cue.end()]
    if cue is None or not spoken:
        return None
    end = min([s for s, _ in claimed if s >= cue.end()], default=spoken[-1])
    text = said.text[cue.end() : end]
    if slot.brief:
        text = _BRIEF_ENDS.split(text)[0]
    text = _without_trailing(text)
    if not text or _NO_TEXT.match(text):
        return None
    read = whole_text(slot, text)
    if isinstance(read, Invalid):
        return None
    return Fill(slot.name, read.value, (cue.end(), cue.end() + len(text)))


def _cue(slot: Slot) -> re.Pattern[str]:
    """Return the pattern of a slot's cues; the longest is tried first, and a colon is one only before a space."""
    cues = "|".join(re.escape(cue) for cue in sorted(set(slot.cues) - {":"}, key=len, reverse=True))
    colon = r"|:\s+" if ":" in slot.cues else ""
    return re.compile(rf"(?i)(?<!\w)(?:{cues})(?!\w)\s*:?\s*{colon}")


def _two_with_numbers(acts: Iterable[SlotAct], words: tuple[Word, ...]) -> bool:
    """Tell whether several are named with several numbers ("5 for one and 3 for another"): none may end up with the other's."""
    return len(numbers_in(words)) > 1 and any(isinstance(act, Unclear) for act in acts)


_Found = Mention | Number | Day | Month | Span
_ORDER = (
    SlotKind.CUSTOMER,
    # before groups, in which any word could be meant for a customer
    SlotKind.PLAN,
    SlotKind.CUSTOMERS,
    SlotKind.CHOICE,
    SlotKind.DATE,
    SlotKind.MONTH,
    SlotKind.MONTHS,
    SlotKind.NUMBER,
    SlotKind.TEXT,
)
_FINDERS: Mapping[SlotKind, Callable[[tuple[Word, ...], date], Sequence[Day | Month | Span]]] = {
    SlotKind.DATE: days_in,
    SlotKind.MONTH: months_in,
    SlotKind.MONTHS: lambda words, _: spans_in(words),
}


def _turn(slot: Slot) -> int:
    # a number that stands behind a word of its own is taken before a bare one can be anything else
    return -1 if slot.kind is SlotKind.NUMBER and slot.cues else _ORDER.index(slot.kind)


def _value(found: Day | Month | Span) -> str | int:
    return found.months if isinstance(found, Span) else str(found.value)


def _without_trailing(text: str) -> str:
    words = _BREAKS.split(text.strip())
    while words and (not _BREAKS.sub("", words[-1]) or fold(words[-1]) in _TRAILING):
        words.pop()
    return "".join(words)


def _before(found: _Found, words: Iterable[Word]) -> str:
    return next((w.text for w in reversed(tuple(words)) if w.end <= found.start), "")


def _negated(found: _Found, words: tuple[Word, ...]) -> bool:
    before = tuple(w.text for w in words if w.end <= found.start)
    denied = tuple(dropwhile(lambda word: word in _BETWEEN, reversed(before)))[::-1]
    return any(said[-len(negation) :] == negation for said in (before, denied) for negation in _NEGATIONS)


def _names_seats(number: Number, words: tuple[Word, ...]) -> bool:
    following = next((w for w in words if w.start >= number.end), None)
    return following is not None and following.text in _SEAT_WORDS
