"""The operations of the licensing port on batches, over one storage."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain.batches import BatchView, view_of
from assistant.domain.bulk import BulkRow
from assistant.domain.change_many import ChangeMany
from assistant.domain.errors import Conflict, QuoteOutdated
from assistant.domain.identifiers import BatchId
from assistant.domain.principals import Principal
from assistant.domain.quotes import Capsule, Quote, Receipt
from assistant.domain.refusals import Refusal
from assistant.licensing.batches.preparing import batch_of, changing, prepare, preview_batch
from assistant.licensing.batches.running import Runner, confirm_batch
from assistant.licensing.execute import Execution, status
from assistant.licensing.scope import Surroundings
from assistant.ports.clock import Ids
from assistant.ports.storage import Storage
from assistant.ports.storage.licensing import LicensingUnit

MOST_IN_ONE_REQUEST = 250
"""About how many changes one request makes; the next one goes on."""


@dataclass(frozen=True)
class Batched:
    """Prepares, previews, confirms, goes on with and stops batches, as of ``around``."""

    storage: Storage[LicensingUnit]
    around: Surroundings
    ids: Ids

    def prepare(self, principal: Principal, rows: Sequence[BulkRow]) -> BatchId:
        """Keep rows as a batch. Raises Forbidden, InvalidInput, NotFound."""
        return prepare(self.storage, principal, rows, self.around, self.ids)

    def preview(self, principal: Principal, action: ChangeMany) -> Quote | Refusal:
        """Assess a prepared batch. Raises Forbidden, NotFound."""
        return preview_batch(self.storage, principal, action, self.around)

    def confirm(self, principal: Principal, capsule: Capsule) -> Receipt:
        """Make a prepared batch a running one, once for each capsule. Raises Forbidden, NotFound, QuoteOutdated."""
        execution = Execution(principal, capsule, self.around)
        try:
            with self.storage.writing() as unit:
                return confirm_batch(unit, changing(unit, principal), execution, self.ids)
        except Conflict as error:
            with self.storage.reading() as unit:
                receipt = status(unit, principal, capsule.hash)
            if receipt is None:
                raise QuoteOutdated(
                    "This batch was changed by somebody else; nothing was changed by this."
                ) from error
            return receipt

    def go_on(self, principal: Principal, batch_id: BatchId) -> BatchView:
        """Make the next changes of a running batch and tell how far it is. Raises Forbidden, NotFound."""
        with self.storage.reading() as unit:
            partner = changing(unit, principal)
        return Runner(self.storage, self.around, self.ids).go_on(partner.id, batch_id, MOST_IN_ONE_REQUEST)

    def stop(self, principal: Principal, batch_id: BatchId) -> BatchView:
        """Let a running batch begin no further change, and tell how far it came. Raises Forbidden, NotFound."""
        with self.storage.writing() as unit:
            partner = changing(unit, principal)
            # whoever is making changes has the lock, so that none of theirs is half told here
            unit.partners.lock(partner.id)
            batch_of(unit, partner.id, batch_id)
            unit.batches.stop(partner.id, batch_id)
            unit.commit()
            return view_of(batch_of(unit, partner.id, batch_id))
