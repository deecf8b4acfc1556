"""The licensing backend as everybody else sees it: five operations on changes, and three on batches of them."""

from collections.abc import Sequence
from typing import Protocol

from assistant.domain.actions import Action
from assistant.domain.batches import BatchView
from assistant.domain.bulk import BulkRow
from assistant.domain.identifiers import BatchId, CustomerId, LicenceId
from assistant.domain.lookups import Lookup, ResultT
from assistant.domain.principals import Principal
from assistant.domain.quotes import Capsule, Quote, Receipt, StepUp
from assistant.domain.refusals import Refusal


class Licensing(Protocol):
    """Looks up, previews, executes and reports on licence changes.

    Every operation takes the principal and narrows to what it may see and do. Any of them may raise
    ``BackendUnavailable`` (nothing was changed).
    """

    def look_up(self, principal: Principal, lookup: Lookup[ResultT]) -> ResultT:
        """Answer a lookup. Raises NotFound for what does not exist or is not the principal's."""

    def preview(self, principal: Principal, action: Action) -> Quote | Refusal:
        """Compute what the action would do, changing nothing. Raises NotFound, Forbidden."""

    def execute(self, principal: Principal, capsule: Capsule, proof: StepUp) -> Receipt | Refusal:
        """Make the change, once for each ``capsule.hash``.

        A capsule that was executed before gives its receipt again. The quote is computed anew by the function that
        previews; if it differs, QuoteOutdated is raised. A proof for another capsule or user raises Forbidden.
        OutcomeUnknown means the change may or may not have been made: then only ``status`` may be asked.
        """

    def prepare(self, principal: Principal, rows: Sequence[BulkRow]) -> BatchId:
        """Keep rows as a batch, to be previewed and confirmed as the action ``ChangeMany``, and return its id.

        Raises Forbidden, InvalidInput, NotFound for a customer that is not the principal's.
        """

    def go_on(self, principal: Principal, batch_id: BatchId) -> BatchView:
        """Make the next changes of a confirmed batch, each exactly once whoever asks, and tell how far it is.

        A batch that is not running is left as it is. Raises NotFound.
        """

    def stop(self, principal: Principal, batch_id: BatchId) -> BatchView:
        """Let a confirmed batch begin no further change, and tell how far it came. Raises NotFound."""

    def reveal(self, principal: Principal, customer_id: CustomerId, licence_id: LicenceId) -> str:
        """Return the activation code of a licence in full; that it was shown, to whom and when is in the audit.

        Raises Forbidden for whoever may not change licences, NotFound.
        """

    def status(self, principal: Principal, key: str) -> Receipt | None:
        """Return the receipt of the capsule with this hash, or None if it was never executed."""

    def withdraw(self, principal: Principal, key: str) -> Receipt | None:
        """Settle what became of a change that was sent and not answered.

        Returns the receipt if the change was made. Otherwise sees to it that it never will be, however late the request
        still arrives (``execute`` then raises QuoteOutdated), and returns None.
        """
