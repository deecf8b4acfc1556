"""The embedded licensing backend behind the licensing port."""

from collections.abc import Callable, Mapping, Sequence
from typing import cast

from assistant.domain.actions import Action
from assistant.domain.audit import ChainFault, chain_faults
from assistant.domain.batches import BatchView
from assistant.domain.bulk import BulkRow
from assistant.domain.change_many import ChangeMany
from assistant.domain.identifiers import BatchId, CustomerId, LicenceId
from assistant.domain.lookups import Lookup, ResultT
from assistant.domain.principals import Permission, Principal, may
from assistant.domain.quotes import Capsule, Quote, Receipt, StepUp
from assistant.domain.refusals import Refusal
from assistant.licensing.asker import Asker
from assistant.licensing.batches.backend import Batched
from assistant.licensing.execute import Execution, check_proof, execute, status, withdraw
from assistant.licensing.faults import Faults, short_wait
from assistant.licensing.look_up import look_up
from assistant.licensing.preview import not_permitted, preview
from assistant.licensing.revealing import reveal
from assistant.licensing.scope import Surroundings, permitted
from assistant.ports.catalogue import CatalogueSource
from assistant.ports.clock import Clock, Ids
from assistant.ports.policy import PolicySource
from assistant.ports.simulation import Simulation
from assistant.ports.storage import PartnerStorage, Storage
from assistant.ports.storage.licensing import LicensingUnit


class EmbeddedLicensing:
    """Looks up, previews, executes and reports, each in one unit of work.

    Clock, catalogue and policy are read before a transaction opens, so that no transaction ever waits for another connection.
    """

    def __init__(
        self,
        storage: PartnerStorage[LicensingUnit],
        catalogues: CatalogueSource,
        policy: PolicySource,
        clock: Clock,
        ids: Ids,
        simulation: Simulation,
        *,
        wait: Callable[[], None] = short_wait,
    ) -> None:
        self._storage = storage
        self._catalogues = catalogues
        self._policy = policy
        self._clock = clock
        self._ids = ids
        self._faults = Faults(simulation, wait)

    def look_up(self, principal: Principal, lookup: Lookup[ResultT]) -> ResultT:
        """Answer a lookup. Raises NotFound, InvalidInput, BackendUnavailable."""
        return self._faults.on_read(lambda: self._look_up(principal, lookup))

    def preview(self, principal: Principal, action: Action) -> Quote | Refusal:
        """Compute what the action would do. Raises NotFound, BackendUnavailable."""
        return self._faults.on_read(lambda: self._preview(principal, action))

    def execute(self, principal: Principal, capsule: Capsule, proof: StepUp) -> Receipt | Refusal:
        """Make the change once. Raises Forbidden, NotFound, QuoteOutdated, BackendUnavailable, OutcomeUnknown."""
        check_proof(principal, capsule, proof)
        return self._faults.on_write(lambda: self._execute(principal, capsule))

    def status(self, principal: Principal, key: str) -> Receipt | None:
        """Return the receipt under a key of the principal's partner, or None. Raises BackendUnavailable."""
        return self._faults.on_status(lambda: self._status(principal, key))

    def withdraw(self, principal: Principal, key: str) -> Receipt | None:
        """Return the receipt under a key, or see to it that nothing is ever executed under it. Raises BackendUnavailable."""
        now = self._clock.now()
        return self._faults.on_status(lambda: withdraw(self._reached(principal), principal, key, now))

    def prepare(self, principal: Principal, rows: Sequence[BulkRow]) -> BatchId:
        """Keep rows as a batch to be previewed. Raises Forbidden, InvalidInput, NotFound, BackendUnavailable."""
        return self._faults.on_read(lambda: self._batched(principal).prepare(principal, rows))

    def go_on(self, principal: Principal, batch_id: BatchId) -> BatchView:
        """Make the next changes of a running batch. Raises Forbidden, NotFound, BackendUnavailable."""
        return self._faults.on_status(lambda: self._batched(principal).go_on(principal, batch_id))

    def stop(self, principal: Principal, batch_id: BatchId) -> BatchView:
        """Let a running batch begin no further change. Raises Forbidden, NotFound, BackendUnavailable."""
        return self._faults.on_status(lambda: self._batched(principal).stop(principal, batch_id))

    def reveal(self, principal: Principal, customer_id: CustomerId, licence_id: LicenceId) -> str:
        """Return an activation code in full, and write down that it was shown. Raises Forbidden, NotFound, BackendUnavailable."""
        return self._faults.on_read(
            lambda: reveal(
                self._reached(principal), principal, (customer_id, licence_id), self._around(), self._ids
            )
        )

    def verify_audit(self) -> Mapping[str, tuple[ChainFault, ...]]:
        """Check every partner's audit chain and return what is wrong with it, by the partner's name."""
        with self._storage.of_every_partner().reading() as unit:
            return {
                partner.name: chain_faults(unit.audit.chain(partner.id), unit.audit.head(partner.id))
                for partner in unit.partners.all()
            }

    def _look_up(self, principal: Principal, lookup: Lookup[ResultT]) -> ResultT:
        around = self._around()
        with self._reached(principal).reading() as unit:
            asker = Asker(unit, principal, around.catalogue, around.policy, around.now)
            return cast("ResultT", look_up(asker, lookup))

    def _preview(self, principal: Principal, action: Action) -> Quote | Refusal:
        around = self._around()
        if not permitted(principal, action):
            return not_permitted(around)
        if isinstance(action, ChangeMany):
            return self._batched(principal).preview(principal, action)
        with self._reached(principal).reading() as unit:
            return preview(unit, principal, action, around)

    def _execute(self, principal: Principal, capsule: Capsule) -> Receipt | Refusal:
        if isinstance(capsule.quote.action, ChangeMany):
            return self._batched(principal).confirm(principal, capsule)
        execution = Execution(principal, capsule, self._around())
        return execute(self._reached(principal), execution, self._ids)

    def _status(self, principal: Principal, key: str) -> Receipt | None:
        with self._reached(principal).reading() as unit:
            return status(unit, principal, key)

    def _reached(self, principal: Principal) -> Storage[LicensingUnit]:
        if principal.partner_id is None and may(principal, Permission.CASES_WORK):
            return self._storage.of_every_partner()
        return self._storage.of_partner(principal.partner_id)

    def _batched(self, principal: Principal) -> Batched:
        return Batched(self._reached(principal), self._around(), self._ids)

    def _around(self) -> Surroundings:
        return Surroundings(self._catalogues.current(), self._policy.current(), self._clock.now())
