"""What the licensing backend keeps of batches of changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from assistant.domain.batches import Batch
from assistant.domain.bulk import Assessed, BulkRow, ItemOutcome
from assistant.domain.identifiers import BatchId, PartnerId
from assistant.domain.quotes import Quote, Receipt
from assistant.domain.refusals import Refusal


@dataclass(frozen=True)
class KeptItem:
    """One item of a batch as it is kept: its place (from 0), its row, what was shown for it last, and what became of it."""

    position: int
    row: BulkRow
    shown: Quote | Refusal | None
    outcome: ItemOutcome | None = None
    reference: str | None = None


@dataclass(frozen=True)
class Settled:
    """What became of the item at a place: made under a reference, or left out for a reason."""

    position: int
    outcome: ItemOutcome
    reference: str | None = None
    refusal: Refusal | None = None


class KeptBatches(Protocol):
    """The batches of one partner at a time: no method reaches across partners."""

    def add(self, partner_id: PartnerId, batch: Batch, rows: Iterable[BulkRow]) -> None:
        """Add a prepared batch with its rows."""

    def get(self, partner_id: PartnerId, batch_id: BatchId) -> Batch | None:
        """Return a batch, or None when it does not exist or belongs to another partner."""

    def rows(self, partner_id: PartnerId, batch_id: BatchId) -> tuple[BulkRow, ...]:
        """Return all rows of a batch, in order."""

    def items(
        self, partner_id: PartnerId, batch_id: BatchId, offset: int, limit: int
    ) -> tuple[KeptItem, ...]:
        """Return items from a place on, in order."""

    def show(
        self, partner_id: PartnerId, batch_id: BatchId, quote: Quote | None, assessed: Iterable[Assessed]
    ) -> bool:
        """Keep what a prepared batch is shown with; tell whether it is still only prepared."""

    def confirm(self, partner_id: PartnerId, batch_id: BatchId, receipt: Receipt) -> bool:
        """Make a prepared batch a running one; tell whether it was still only prepared."""

    def move_on(self, partner_id: PartnerId, batch: Batch, settled: Iterable[Settled], *, last: bool) -> bool:
        """Write down what became of the items behind the batch's position; tell whether nobody else had moved it on."""

    def stop(self, partner_id: PartnerId, batch_id: BatchId) -> None:
        """Make a running batch a stopped one; any other is left as it is."""

    def running(self, partner_id: PartnerId) -> tuple[BatchId, ...]:
        """Return the batches whose changes are being made, oldest first."""

    def newest(self, partner_id: PartnerId, limit: int) -> tuple[Batch, ...]:
        """Return the batches that were confirmed, newest first."""

    def forget(self, partner_id: PartnerId, before: datetime) -> int:
        """Remove what was prepared before an instant and never confirmed; return how many batches that were."""
