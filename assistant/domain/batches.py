"""Batches as they are kept and shown: how far each is, what its items are, and the lookups for them."""

from dataclasses import dataclass
from datetime import datetime

from assistant.domain.bulk import BatchState
from assistant.domain.identifiers import BatchId, CustomerId, UserId
from assistant.domain.lookups import Lookup, PlanChoice
from assistant.domain.quotes import Quote, QuoteValue
from assistant.domain.refusals import Refusal

MOST_SHOWN = 500
"""The most items that one lookup returns."""


@dataclass(frozen=True)
class Batch:
    """A batch as it is kept: who asked for it, the quote it was shown with last, and how far its changes are.

    ``position`` counts the items dealt with, ``done`` those made, ``left`` those left out. ``capsule_hash``, ``reference`` and
    ``started`` are those of its confirmation.
    """

    id: BatchId
    actor_id: UserId
    actor: str
    state: BatchState
    created: datetime
    rows: int
    quote: Quote | None = None
    capsule_hash: str | None = None
    reference: str | None = None
    started: datetime | None = None
    position: int = 0
    done: int = 0
    left: int = 0


@dataclass(frozen=True)
class BatchView:
    """How far a batch is; ``waiting`` items are still to come, ``stopped`` ones never will."""

    id: BatchId
    state: str
    actor: str
    created: datetime
    rows: int
    done: int
    left: int
    waiting: int
    stopped: int
    reference: str | None
    started: datetime | None


@dataclass(frozen=True)
class ItemView:
    """One change of a batch: what it is (``op``, before, after), and what became of it.

    ``outcome`` is ``possible`` or ``refused`` before the batch is confirmed, ``waiting``, ``done``, ``left`` or ``stopped`` after.
    ``refusal`` says why it is refused or was left out, ``reference`` is that of its receipt.
    """

    row: int
    customer: str
    op: str | None
    outcome: str
    values: dict[str, QuoteValue]
    before: dict[str, QuoteValue]
    after: dict[str, QuoteValue]
    refusal: Refusal | None
    reference: str | None


@dataclass(frozen=True)
class CustomerPlans:
    """One customer, and those of its subscriptions with which something can be done."""

    id: CustomerId
    name: str
    plans: tuple[PlanChoice, ...]


@dataclass(frozen=True)
class BatchById(Lookup[BatchView]):
    """One batch of the partner; NotFound for another's."""

    batch_id: BatchId


@dataclass(frozen=True)
class BatchItems(Lookup[tuple[ItemView, ...]]):
    """The items of a batch in their order, from ``offset`` on, at most ``limit`` (1 to 500)."""

    batch_id: BatchId
    offset: int = 0
    limit: int = 100


@dataclass(frozen=True)
class Batches(Lookup[tuple[BatchView, ...]]):
    """The partner's newest batches that were confirmed, at most 50."""


@dataclass(frozen=True)
class PlansOfAll(Lookup[tuple[CustomerPlans, ...]]):
    """Every customer with those of its subscriptions with which ``op`` can be done, by name; one lookup for all of them."""

    op: str


def view_of(batch: Batch) -> BatchView:
    """Return a batch as it is shown."""
    rest = batch.rows - batch.position
    stopped = batch.state is BatchState.STOPPED
    return BatchView(
        batch.id,
        batch.state.value,
        batch.actor,
        batch.created,
        batch.rows,
        batch.done,
        batch.left,
        0 if stopped else rest,
        rest if stopped else 0,
        batch.reference,
        batch.started,
    )
