"""Many changes at once: rows of a batch, assessed in turn on one situation, so that the preview is what happens.

Each row is an ordinary action under its ordinary rule. What is new is only that each sees what those before it left behind.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from assistant.domain.actions import (
    Action,
    AssignPlan,
    Cancel,
    ChangeRenewal,
    ChangeSeats,
    ChangeTerm,
    Crossgrade,
    Resume,
    Suspend,
)
from assistant.domain.assessment import propose
from assistant.domain.canonical import canonical_fields
from assistant.domain.change_many import ChangeMany
from assistant.domain.customers import Customer
from assistant.domain.identifiers import CustomerId, SubscriptionId
from assistant.domain.issuing import Placeholders
from assistant.domain.quotes import Consequence, ConsequenceCode, Quote, QuoteValue
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.situations import Issuer, Outcome, PartnerSituation, Proposal, Situation, all_cites

MOST_ROWS = 20_000
"""The most changes that one batch may hold."""

BULK_ACTIONS = (AssignPlan, Cancel, ChangeRenewal, ChangeSeats, ChangeTerm, Crossgrade, Resume, Suspend)
"""The actions that can be made in a batch."""

BULK_OPS = tuple(sorted(action.op for action in BULK_ACTIONS))
"""The flows whose changes can be made in a batch."""

_OF_THE_PARTNER = frozenset({"total_before", "total_after", "band_before", "band_after"})
_BAND = frozenset({ConsequenceCode.BAND_STAYS, ConsequenceCode.BAND_CHANGES})
Used = Mapping[CustomerId, Mapping[SubscriptionId, int]]


class BatchState(StrEnum):
    """How far a batch is: it can be confirmed, its changes are being made, all were dealt with, or it was stopped."""

    PREPARED = "prepared"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"


class ItemOutcome(StrEnum):
    """What became of one change of a batch: made, left out for a reason, or never begun as the batch was stopped."""

    DONE = "done"
    LEFT = "left"
    STOPPED = "stopped"


@dataclass(frozen=True)
class BulkRow:
    """One change asked for: where it stood (``row``, from 1), for whom, and what; or why it cannot be told what.

    ``customer`` is the name as it was given. Exactly one of ``action`` and ``refusal`` is there.
    """

    row: int
    customer: str
    action: Action | None
    refusal: Refusal | None = None


@dataclass(frozen=True)
class Assessed:
    """A row and what it would do, or why it is left out."""

    row: BulkRow
    outcome: Quote | Refusal


@dataclass(frozen=True)
class Taken:
    """A row in its turn: the situation it met, and what came of it. A refusal has neither situation nor outcome."""

    row: BulkRow
    result: Quote | Refusal
    situation: Situation | None = None
    outcome: Outcome | None = None


def in_turn(
    rows: Iterable[BulkRow],
    first: PartnerSituation,
    customers: Mapping[CustomerId, Customer],
    used: Used,
    issuer: Issuer,
    admits: Callable[[BulkRow, Quote], bool] = lambda _row, _quote: True,
) -> Iterator[Taken]:
    """Yield each row as it comes out when those before it have been made; a refused one leaves nothing behind.

    ``first`` is the situation before any of them. A customer that is not among ``customers`` is there no longer. ``admits``
    tells whether a possible change is to be made as it comes out; otherwise it is refused as changed meanwhile.
    """
    total, now = first.total, dict(customers)
    for row in rows:
        customer = now.get(row.action.customer_id) if row.action and row.action.customer_id else None
        if row.action is None or customer is None:
            yield Taken(row, row.refusal or _changed(row))
            continue
        situation = _situation(first, total, customer, used)
        proposal = propose(row.action, situation)
        if not isinstance(proposal, Proposal):
            yield Taken(row, proposal)
        elif not admits(row, proposal.quote):
            yield Taken(row, _changed(row))
        else:
            outcome = proposal.apply(issuer)
            yield Taken(row, proposal.quote, situation, outcome)
            total = int(proposal.quote.values.get("total_after") or 0)
            if outcome.customer is not None:
                now[customer.id] = replace(outcome.customer, version=customer.version + 1)


def assess_all(
    rows: Sequence[BulkRow], first: PartnerSituation, customers: Mapping[CustomerId, Customer], used: Used
) -> tuple[Assessed, ...]:
    """Assess all rows in turn; rows that contradict one another are refused, each naming the other."""
    taken = in_turn(without_contradictions(rows), first, customers, used, Placeholders())
    return tuple(Assessed(step.row, step.result) for step in taken)


def without_contradictions(rows: Sequence[BulkRow]) -> tuple[BulkRow, ...]:
    """Return the rows with a refusal in place of each that speaks of the same thing as another."""
    speaking: dict[tuple[str, ...], list[int]] = {}
    for row in rows:
        if row.action is not None:
            speaking.setdefault(_subject(row.action), []).append(row.row)
    return tuple(_unless_repeated(row, speaking) for row in rows)


def same_change(confirmed: Quote, fresh: Quote) -> bool:
    """Tell whether a change is still the one that was confirmed, whatever became of the changes of other customers."""
    return _own(confirmed) == _own(fresh)


def batch_quote(action: ChangeMany, assessed: Sequence[Assessed], first: PartnerSituation) -> Quote | Refusal:
    """Return the quote of a whole batch; its ``revision`` is the digest of all that each row says. Refused if nothing is possible."""
    quotes = [item.outcome for item in assessed if isinstance(item.outcome, Quote)]
    refused = [item for item in assessed if isinstance(item.outcome, Refusal)]
    if not quotes:
        return _nothing_possible(refused)
    total = int(quotes[-1].values.get("total_after") or 0)
    band = first.catalogue.band
    before: dict[str, QuoteValue] = {"total": first.total, "band": band(first.total, first.today).label}
    after: dict[str, QuoteValue] = {"total": total, "band": band(total, first.today).label}
    consequences = (*_of_the_batch(len(refused)), *_of_all(quotes), *_of_the_band(before, after, first))
    return Quote(
        action=action,
        customer_id=None,
        customer="",
        values={
            "changes": len(quotes),
            "left_out": len(refused),
            "customers": len({quote.customer_id for quote in quotes}),
            "total_before": before["total"],
            "total_after": after["total"],
            "band_before": before["band"],
            "band_after": after["band"],
        },
        before=before,
        after=after,
        consequences=consequences,
        cites=all_cites(*(quote.cites for quote in quotes), *(c.cites for c in consequences)),
        revision=digest(assessed),
    )


def digest(assessed: Iterable[Assessed]) -> str:
    """Return the SHA-256 of everything that every row says: its action, its before and after or refusal, and what it rests on."""
    hashed = hashlib.sha256()
    for item in assessed:
        content = [item.row.row, item.row.customer, _action(item.row.action), _content(item.outcome)]
        hashed.update(json.dumps(content, sort_keys=True, ensure_ascii=False).encode() + b"\n")
    return hashed.hexdigest()


def item_key(capsule_hash: str, position: int) -> str:
    """Return the key under which one change of a confirmed batch is made once, and never again."""
    return hashlib.sha256(f"{capsule_hash}:{position}".encode()).hexdigest()


def _situation(first: PartnerSituation, total: int, customer: Customer, used: Used) -> Situation:
    return Situation(
        partner=first.partner,
        catalogue=first.catalogue,
        policy=first.policy,
        now=first.now,
        total=total,
        approved=first.approved,
        stored=customer,
        used=used.get(customer.id, {}),
    )


def _changed(row: BulkRow) -> Refusal:
    return Refusal(RefusalCode.CHANGED_MEANWHILE, {"customer": row.customer})


def _nothing_possible(refused: Sequence[Assessed]) -> Refusal:
    first = next((item.outcome for item in refused if isinstance(item.outcome, Refusal)), None)
    return Refusal(RefusalCode.NOTHING_POSSIBLE, {"rows": len(refused)}, cites=first.cites if first else ())


def _subject(action: Action) -> tuple[str, ...]:
    named = getattr(action, "subscription_id", None) or getattr(action, "plan_id", "")
    return (str(action.customer_id), str(named))


def _unless_repeated(row: BulkRow, speaking: Mapping[tuple[str, ...], list[int]]) -> BulkRow:
    if row.action is None:
        return row
    others = [number for number in speaking[_subject(row.action)] if number != row.row]
    if not others:
        return row
    params: dict[str, QuoteValue] = {"customer": row.customer, "row": others[0]}
    return replace(row, action=None, refusal=Refusal(RefusalCode.ROW_REPEATED, params, slot="customer"))


def _own(quote: Quote) -> tuple[Any, ...]:
    values = {name: value for name, value in quote.values.items() if name not in _OF_THE_PARTNER}
    consequences = tuple(c for c in quote.consequences if c.code not in _BAND)
    return (quote.action, values, dict(quote.before), dict(quote.after), consequences, quote.cites)


def _of_the_batch(refused: int) -> Iterator[Consequence]:
    if refused:
        yield Consequence(ConsequenceCode.BATCH_LEAVES_OUT, {"count": refused})
    yield Consequence(ConsequenceCode.BATCH_CHECKED_AGAIN)


def _of_all(quotes: Iterable[Quote]) -> Iterator[Consequence]:
    """Yield each thing that is the same for every change it follows from; what differs stands with the change."""
    plain = (c for quote in quotes for c in quote.consequences if not c.params)
    yield from {consequence.code: consequence for consequence in plain}.values()


def _of_the_band(
    before: Mapping[str, QuoteValue], after: Mapping[str, QuoteValue], first: PartnerSituation
) -> Iterator[Consequence]:
    if before["total"] == after["total"]:
        return
    cites = first.policy.cite("user_band")
    if before["band"] == after["band"]:
        yield Consequence(ConsequenceCode.BAND_STAYS, {"band": after["band"]}, cites)
    else:
        bands = {"band_before": before["band"], "band_after": after["band"]}
        yield Consequence(ConsequenceCode.BAND_CHANGES, bands, cites)


def _action(action: Action | None) -> Any:
    return [action.kind, canonical_fields(action)] if action else None


def _content(outcome: Quote | Refusal) -> Any:
    cites = sorted(f"{c.entry_id}@{c.version}" for c in outcome.cites)
    if isinstance(outcome, Refusal):
        return ["refused", outcome.code, dict(outcome.params), cites]
    consequences = [[c.code, dict(c.params)] for c in outcome.consequences]
    told = [dict(outcome.values), dict(outcome.before), dict(outcome.after)]
    return ["possible", outcome.customer_id, *told, consequences, cites, outcome.revision]
