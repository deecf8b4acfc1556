"""From a message to acts: what its sentences ask, command, start, and fill, each with the place it claims."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.conversation.flow import Flow, Slot, SlotKind, Slots, SlotValue
from assistant.conversation.names import Mention, Option, mentions_of
from assistant.conversation.numbers import Number, numbers_in
from assistant.conversation.phrases import starts_with_phrase
from assistant.conversation.words import (
    CORRECTION_CUES,
    QUESTION_WORDS,
    REQUEST_OPENERS,
    Word,
    words_of,
)

_MARKS = frozenset("?!.;")
_POLITE_STARTS = frozenset(
    {"please", "and", "but", "so", "then", "ok", "okay", "well", "hi", "hello", "und", "aber"}
)
_SEAT_WORDS = frozenset("seat seats user users licence licences license licenses plätze lizenzen".split())
_NEGATIONS = (("not",), ("nicht",), ("instead", "of"), ("rather", "than"), ("statt",), ("anstatt",))


@dataclass(frozen=True)
class Clause:
    """One sentence of the message, or the question hanging on to one; ``asks`` tells a question from a statement."""

    text: str
    words: tuple[Word, ...]
    asks: bool


@dataclass(frozen=True)
class Fill:
    """A value for a slot; ``place`` is the claimed span, None for one that came from a form."""

    slot: str
    value: SlotValue
    place: tuple[int, int] | None = None


@dataclass(frozen=True)
class Unclear:
    """A name that can mean several options of a slot."""

    slot: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Invalid:
    """A raw value from a form or an answer to the open prompt that the slot cannot take."""

    slot: str
    raw: str


SlotAct = Fill | Unclear | Invalid


def clauses_of(text: str) -> tuple[Clause, ...]:
    """Split a message into clauses: at closing marks, and where ", and what ..." hangs a question on."""
    clauses: list[Clause] = []
    current: list[Word] = []
    for word in words_of(text):
        if word.text in _MARKS:
            _close(clauses, current, text, marked=word.text == "?")
            current = []
            continue
        if current and _hangs_on(word, current, text):
            _close(clauses, current, text, marked=False)
            current = []
        current.append(word)
    _close(clauses, current, text, marked=False)
    return tuple(clauses)


def start_of(clauses: Iterable[Clause], flows: Iterable[Flow]) -> tuple[Flow, ...]:
    """Return the flows that the statements of the message start; several mean that the message is ambiguous."""
    spoken = [c for c in clauses if not c.asks]
    scored = [(max((starts_with_phrase(f.phrases, c.words) for c in spoken), default=0), f) for f in flows]
    best = max((score for score, _ in scored), default=0)
    return tuple(flow for score, flow in scored if best and score == best)


def requests(clause: Clause, flows: Iterable[Flow]) -> bool:
    """Tell whether a clause in the form of a question commands a flow ("can you start a trial for ...")."""
    texts = _opening(clause.words)
    return tuple(texts[:2]) in REQUEST_OPENERS and any(
        starts_with_phrase(f.phrases, clause.words) for f in flows
    )


def has_correction_cue(words: Iterable[Word]) -> bool:
    """Tell whether the message says that it corrects something."""
    return any(w.text in CORRECTION_CUES for w in words)


def read_names(slot: Slot, options: Iterable[Option], words: tuple[Word, ...]) -> SlotAct | None:
    """Return what these words say about a customer or plan slot; a negated name ("not X, Y") is passed over.

    Of several names the last is meant after a correction cue; otherwise it is unclear which.
    """
    mentions = [m for m in mentions_of(options, words) if not _negated(m, words)]
    if not mentions:
        return None
    meant = mentions[-1:] if has_correction_cue(words) else mentions
    found = tuple(dict.fromkeys(option for mention in meant for option in mention.options))
    if len(found) > 1:
        return Unclear(slot.name, found)
    mention, option = mentions[-1], found[0]
    return Fill(slot.name, SlotValue(option.id, option.label), (mention.start, mention.end))


def read_number(slot: Slot, words: tuple[Word, ...], claimed: Iterable[tuple[int, int]]) -> Fill | None:
    """Return the number these words hold for the slot, outside the places that names have claimed.

    Of several numbers the one followed by "seats" is meant, or after a correction cue the last; otherwise none.
    """
    spans = list(claimed)
    numbers = [
        n for n in numbers_in(words) if not any(s <= n.start < e for s, e in spans) and not _negated(n, words)
    ]
    if len(numbers) > 1:
        of_seats = [n for n in numbers if _names_seats(n, words)]
        numbers = of_seats or numbers
    if len(numbers) > 1 and has_correction_cue(words):
        numbers = numbers[-1:]
    if len(numbers) != 1:
        return None
    number = numbers[0]
    if number.relative and slot.relative_to is None:
        return None
    value = SlotValue(number.value, str(number.value), relative=number.value if number.relative else None)
    return Fill(slot.name, value, (number.start, number.end))


def read_fills(
    flow: Flow, options: Mapping[str, tuple[Option, ...]], words: tuple[Word, ...]
) -> tuple[SlotAct, ...]:
    """Return everything these words fill in the flow, each place used once, names before numbers."""
    acts: list[SlotAct] = []
    claimed: list[tuple[int, int]] = []
    for slot in sorted(flow.slots, key=lambda s: s.kind is SlotKind.NUMBER):
        free = tuple(w for w in words if not any(s <= w.start < e for s, e in claimed))
        if slot.kind is SlotKind.NUMBER:
            act: SlotAct | None = read_number(slot, words, claimed)
            if len(numbers_in(words)) > 1 and any(isinstance(a, Unclear) for a in acts):
                # "5 for one and 3 for another": no number may end up with the other's name
                continue
        else:
            act = read_names(slot, options.get(slot.name, ()), free)
        if act is None:
            continue
        acts.append(act)
        if isinstance(act, Fill) and act.place:
            claimed.append(act.place)
    return tuple(acts)


def read_value(slot: Slot, options: Iterable[Option], raw: str) -> SlotAct:
    """Read the raw value of a form field or of an offered choice: an option's id or name, or a number."""
    options = tuple(options)
    if slot.kind is SlotKind.NUMBER:
        return read_number(slot, words_of(raw), ()) or Invalid(slot.name, raw)
    chosen = next((o for o in options if o.id == raw), None)
    if chosen:
        return Fill(slot.name, SlotValue(chosen.id, chosen.label))
    return read_names(slot, options, words_of(raw)) or Invalid(slot.name, raw)


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


def _close(clauses: list[Clause], words: list[Word], text: str, *, marked: bool) -> None:
    if words:
        span = text[words[0].start : words[-1].end]
        opening = _opening(words)
        asks = marked or (bool(opening) and opening[0] in QUESTION_WORDS)
        clauses.append(Clause(span, tuple(words), asks))


def _opening(words: Iterable[Word]) -> list[str]:
    texts = [w.text for w in words]
    while texts and texts[0] in _POLITE_STARTS:
        texts = texts[1:]
    return texts


def _hangs_on(word: Word, before: list[Word], text: str) -> bool:
    """Tell whether a question begins here, after a comma and perhaps "and" ("10 for Lucerne, and what is NFR")."""
    if word.text not in QUESTION_WORDS:
        return False
    previous = before[-1]
    anchor = before[-2] if previous.text in {"and", "und", "but", "aber"} and len(before) > 1 else previous
    return "," in text[anchor.end : word.start]


def _negated(found: Mention | Number, words: tuple[Word, ...]) -> bool:
    before = tuple(w.text for w in words if w.end <= found.start)
    return any(before[-len(negation) :] == negation for negation in _NEGATIONS)


def _names_seats(number: Number, words: tuple[Word, ...]) -> bool:
    following = next((w for w in words if w.start >= number.end), None)
    return following is not None and following.text in _SEAT_WORDS
