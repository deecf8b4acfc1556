"""What-ifs in a message: "what if I move 25 seats to XDR on the 15th?" is reckoned with what was said and changes nothing.

Only what names something to reckon with is a what-if: a number, a day, or a customer of one's own. Any other question that begins
so is asked of the knowledge.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from assistant.conversation import vocabulary
from assistant.conversation.acts import Clause
from assistant.conversation.dates import Day, days_in
from assistant.conversation.names import Mention, Option, mentions_of
from assistant.conversation.numbers import Number, numbers_in
from assistant.conversation.words import FILLER, Word
from assistant.domain.identifiers import CustomerId, PlanId
from assistant.domain.what_ifs import ON_A_PLAN, Asked

_OPENERS = vocabulary.sequences("what_if.openers")
_LEADING = FILLER | vocabulary.words("what_if.leading")
_SUPPOSING = frozenset(vocabulary.sequences("what_if.supposing"))
"""Openers behind which a day alone is enough to reckon with."""
_TOWARDS = vocabulary.words("what_if.towards")
_SEATS = vocabulary.words("number.seats")
_SAID = tuple(
    (op, vocabulary.words(f"what_if.op.{op}"))
    for op in ("band", "convert_trial", "trial", "cancel", "suspend", "crossgrade", "seats", "assign")
)
"""What is supposed, in the order in which it is looked for, with the words for each."""


@dataclass(frozen=True)
class Known:
    """What can be named: the catalogue's plans, and the customers of whoever asks; ``own`` tells that figures of its own are there."""

    plans: tuple[Option, ...]
    customers: tuple[Option, ...]
    own: bool
    customer: CustomerId | None = None


def supposes(clause: Clause) -> bool:
    """Tell whether a clause begins as a what-if does."""
    return _opener(clause.words) is not None


def read_supposition(clause: Clause, known: Known, today: date) -> Asked | None:
    """Return what is supposed, or None for a question that names nothing to reckon with."""
    opener = _opener(clause.words)
    if opener is None:
        return None
    words = clause.words
    days = days_in(words, today)
    had, to = _plans(_outside(words, days), known)
    customers = _outside(words, [*days, *had, *to])
    named = [m for m in mentions_of(known.customers, customers) if len(m.options) == 1]
    numbers = numbers_in(_outside(words, [*days, *had, *to, *named]))
    customer = CustomerId(named[0].options[0].id) if named else known.customer if not had else None
    op = _op(words, _Found(had, to, numbers, days[-1].value if days else None, customer))
    enough = bool(numbers or named or (days and opener in _SUPPOSING))
    if op is None or not enough:
        return None
    return _asked(op, _Found(had, to, numbers, days[-1].value if days else None, customer), known)


@dataclass(frozen=True)
class _Found:
    had: tuple[Mention, ...]
    to: tuple[Mention, ...]
    numbers: tuple[Number, ...]
    day: date | None
    customer: CustomerId | None


def _asked(op: str, found: _Found, known: Known) -> Asked:
    plan, to = _plan_of(found.had), _plan_of(found.to)
    absolute = [n.value for n in found.numbers if not n.relative]
    change = next((n.value for n in found.numbers if n.relative), None)
    if op == "seats" and known.own and not (plan or found.customer or absolute):
        op = "band"
    if op in {"assign", "trial", "convert_trial"}:
        plan = plan or to
    if op in ON_A_PLAN:
        plan = plan or to
    numbers = _numbers(op, absolute, change)
    return Asked(
        op,
        plan=plan,
        to=to if op == "crossgrade" else None,
        change=change,
        day=found.day,
        customer_id=found.customer if op != "band" else None,
        seats=numbers.get("seats"),
        seats_after=numbers.get("seats_after"),
        total=numbers.get("total"),
    )


def _numbers(op: str, absolute: list[int], change: int | None) -> Mapping[str, int]:
    """Return the seats before and after: of two numbers the first is what there is; of one, what it is depends on the change."""
    if not absolute:
        return {}
    if op == "band":
        return (
            {"total": absolute[0]}
            if change is not None
            else {"seats_after": absolute[-1], **({"total": absolute[0]} if len(absolute) > 1 else {})}
        )
    if len(absolute) > 1:
        return {"seats": absolute[0], "seats_after": absolute[-1]}
    if op == "convert_trial" or (op == "seats" and change is None):
        return {"seats_after": absolute[0]}
    return {"seats": absolute[0]}


def _op(words: tuple[Word, ...], found: _Found) -> str | None:
    said = {w.text for w in words}
    something = bool(found.had or found.to or said & _SEATS)
    for op, cues in _SAID:
        if said & cues and (op != "crossgrade" or found.to) and (op != "assign" or something):
            # whoever "goes to XDR" names a plan, whoever "goes to 50" names seats
            return "crossgrade" if op == "seats" and found.to else op
    if not found.numbers:
        return None
    if found.customer:
        return "seats"
    return "assign" if found.had or found.to else "band" if something else None


def _plans(words: tuple[Word, ...], known: Known) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """Return the plan there is and the plan behind "to"."""
    for at in reversed(range(len(words))):
        if words[at].text in _TOWARDS:
            to = mentions_of(known.plans, words[at + 1 :])
            if to:
                return mentions_of(known.plans, words[:at])[:1], to[:1]
    return mentions_of(known.plans, words)[:1], ()


def _plan_of(mentions: tuple[Mention, ...]) -> PlanId | None:
    return PlanId(mentions[0].options[0].id) if mentions else None


def _outside(words: tuple[Word, ...], claimed: Iterable[Day | Mention]) -> tuple[Word, ...]:
    places = [(c.start, c.end) for c in claimed]
    return tuple(w for w in words if not any(start <= w.start < end for start, end in places))


def _opener(words: tuple[Word, ...]) -> tuple[str, ...] | None:
    texts = [w.text for w in words]
    while texts and texts[0] in _LEADING:
        texts.pop(0)
    return next((o for o in _OPENERS if tuple(texts[: len(o)]) == o), None)
