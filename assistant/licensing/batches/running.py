"""Making the changes of a confirmed batch: each once, a few in a transaction, by whoever gets there first.

The batch's position is moved on in the transaction that makes the changes behind it, on the condition that it stands where
it was read. So a process that dies holds nothing: what it had not committed, the next one finds still to be done.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.domain.batches import Batch, BatchView, view_of
from assistant.domain.bulk import BatchState, BulkRow, ItemOutcome, Taken, in_turn, item_key, same_change
from assistant.domain.change_many import ChangeMany
from assistant.domain.errors import Conflict, QuoteOutdated
from assistant.domain.identifiers import BatchId, PartnerId
from assistant.domain.partners import Partner
from assistant.domain.quotes import Quote, Receipt
from assistant.domain.refusals import Refusal
from assistant.domain.situations import Outcome
from assistant.licensing.batches.preparing import batch_of, customers_of, first_situation, used_by
from assistant.licensing.execute import Execution, Made, receipt_of_before, request_hash, write_down
from assistant.licensing.scope import Surroundings
from assistant.ports.clock import Ids
from assistant.ports.storage import Storage
from assistant.ports.storage.licensing import LicensingUnit
from assistant.ports.storage.licensing_bulk import KeptItem, Settled

AT_ONCE = 50
"""How many changes one transaction makes: others get the partner's lock, and a stop is heard, in between."""


def confirm_batch(unit: LicensingUnit, partner: Partner, execution: Execution, ids: Ids) -> Receipt:
    """Make a prepared batch a running one, in the open transaction. Raises NotFound, QuoteOutdated."""
    unit.partners.lock(partner.id)
    earlier = receipt_of_before(unit, partner.id, execution.capsule)
    if earlier:
        return earlier
    action, capsule = execution.action, execution.capsule
    assert isinstance(action, ChangeMany)
    batch = batch_of(unit, partner.id, action.batch_id)
    if batch.quote != capsule.quote or batch.actor_id != execution.principal.user_id:
        raise QuoteOutdated("Something changed since this preview; nothing was changed by it.")
    made = Made(batch.actor_id, batch.actor, capsule.quote, capsule.hash, request_hash(capsule))
    receipt = write_down(unit, made, first_situation(unit, partner, execution.around), Outcome(), ids)
    if not unit.batches.confirm(partner.id, batch.id, receipt):
        raise QuoteOutdated("This batch was confirmed already; nothing was changed by this.")
    unit.commit()
    return receipt


@dataclass(frozen=True)
class Runner:
    """Makes the changes of running batches over a storage that reaches their partner, as of ``around``, so many ``at_once``."""

    storage: Storage[LicensingUnit]
    around: Surroundings
    ids: Ids
    at_once: int = AT_ONCE

    def go_on(self, partner_id: PartnerId, batch_id: BatchId, most: int) -> BatchView:
        """Make at least the next change and at most about ``most``, or find that all is done; return how far the batch is."""
        for _ in range(max(1, -(-most // self.at_once))):
            try:
                batch = self._next(partner_id, batch_id)
            except Conflict:
                # somebody else moved it on, or changed a customer, while this one was reading: look again
                continue
            if batch.state is not BatchState.RUNNING:
                break
        with self.storage.reading() as unit:
            return view_of(batch_of(unit, partner_id, batch_id))

    def _next(self, partner_id: PartnerId, batch_id: BatchId) -> Batch:
        with self.storage.writing() as unit:
            unit.partners.lock(partner_id)
            batch = batch_of(unit, partner_id, batch_id)
            partner = unit.partners.by_id(partner_id)
            if batch.state is not BatchState.RUNNING or partner is None:
                return batch
            items = unit.batches.items(partner_id, batch_id, batch.position, self.at_once)
            settled = tuple(self._made(unit, partner, batch, items))
            last = batch.position + len(settled) >= batch.rows
            if not unit.batches.move_on(partner_id, batch, settled, last=last):
                raise Conflict("This batch was moved on by somebody else.")
            unit.commit()
            return batch_of(unit, partner_id, batch_id)

    def _made(
        self, unit: LicensingUnit, partner: Partner, batch: Batch, items: Sequence[KeptItem]
    ) -> Iterator[Settled]:
        possible = {item.row.row: item for item in items if isinstance(item.shown, Quote)}
        rows = [item.row if item.row.row in possible else _refused(item) for item in items]
        taken = in_turn(
            rows,
            first_situation(unit, partner, self.around),
            customers_of(unit, partner.id, rows),
            used_by(unit, partner.id, (row.action for row in rows)),
            self.ids,
            lambda row, fresh: same_change(_confirmed(possible[row.row]), fresh),
        )
        for item, step in zip(items, taken, strict=True):
            yield self._settled(unit, batch, item, step)

    def _settled(self, unit: LicensingUnit, batch: Batch, item: KeptItem, step: Taken) -> Settled:
        if step.situation is None or step.outcome is None or not isinstance(step.result, Quote):
            assert isinstance(step.result, Refusal)
            return Settled(item.position, ItemOutcome.LEFT, refusal=step.result)
        assert batch.capsule_hash is not None
        key = item_key(batch.capsule_hash, item.position)
        made = Made(batch.actor_id, batch.actor, step.result, key, key)
        receipt = write_down(unit, made, step.situation, step.outcome, self.ids)
        return Settled(item.position, ItemOutcome.DONE, receipt.reference)


def _refused(item: KeptItem) -> BulkRow:
    assert isinstance(item.shown, Refusal)
    return BulkRow(item.row.row, item.row.customer, None, item.shown)


def _confirmed(item: KeptItem) -> Quote:
    assert isinstance(item.shown, Quote)
    return item.shown
