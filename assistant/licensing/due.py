"""Due work: what time alone does, written down in sets; safe to run twice, from two machines, and after years without it.

Bills never wait for it: they are read from the record of provisioned seats, which holds the future as far as it is agreed.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from assistant.domain.identifiers import PartnerId
from assistant.domain.lifecycle import due_events, recorded
from assistant.domain.partners import Partner
from assistant.domain.periods import local_date
from assistant.licensing.batches.due_batches import finish_batches
from assistant.licensing.recording import DueRecorder
from assistant.licensing.retiring import retire
from assistant.licensing.scope import Surroundings
from assistant.ports.catalogue import CatalogueSource
from assistant.ports.clock import Clock, Ids
from assistant.ports.policy import PolicySource
from assistant.ports.storage import Storage
from assistant.ports.storage.licensing import LicensingUnit

AT_ONCE = 2000
"""How many subscriptions one transaction takes: others get the partner's lock in between."""

Step = Callable[[LicensingUnit, Partner, Surroundings, Ids], Mapping[str, int]]
"""Other work that falls due for a partner, in a transaction that holds its lock; returns what it did, counted by name."""


class DueWork:
    """Carries out everything that is due, partner by partner."""

    def __init__(
        self,
        storage: Storage[LicensingUnit],
        catalogues: CatalogueSource,
        policy: PolicySource,
        clock: Clock,
        ids: Ids,
        steps: Sequence[Step] = (),
    ) -> None:
        self._storage = storage
        self._catalogues = catalogues
        self._policy = policy
        self._clock = clock
        self._ids = ids
        self._steps = steps

    def run(self, progress: Callable[[Mapping[str, int]], None] | None = None) -> Mapping[str, int]:
        """Do all that is due now and return how often each thing happened; ``progress`` is told the same on the way."""
        around = Surroundings(self._catalogues.current(), self._policy.current(), self._clock.now())
        with self._storage.reading() as unit:
            partners = unit.partners.all()
        done: Counter[str] = Counter()
        for partner in partners:
            done.update(self._step(retire, partner.id, around))
            while counted := self._terms(partner.id, around):
                done.update(counted)
                if progress:
                    progress(done)
            done.update(finish_batches(self._storage, partner.id, around, self._ids))
            for step in self._steps:
                done.update(self._step(step, partner.id, around))
        return dict(sorted(done.items()))

    def waiting(self, before: datetime) -> int:
        """Return how many subscriptions have something due that fell due before an instant, over all partners."""
        with self._storage.reading() as unit:
            partners = unit.partners.all()
            return sum(unit.due.waiting(p.id, local_date(before, p.time_zone)) for p in partners)

    def _terms(self, partner_id: PartnerId, around: Surroundings) -> Counter[str]:
        counted: Counter[str] = Counter()
        with self._storage.writing() as unit:
            partner = _locked(unit, partner_id)
            if partner is None:
                return counted
            today = local_date(around.now, partner.time_zone)
            taken = unit.due.take(partner.id, today, AT_ONCE)
            recorder = DueRecorder(partner, around, self._ids)
            events = sorted(
                ((event, due) for due in taken for event in due_events(due.subscription, today)),
                key=lambda item: (item[0].on, item[1].subscription.id),
            )
            unit.audit.append_all(
                recorder.entry(event, due.subscription, due.customer_id, due.customer)
                for event, due in events
            )
            unit.due.record(recorded(due.subscription, today) for due in taken)
            unit.commit()
            counted.update(event.kind.value for event, _ in events)
            counted["subscriptions"] = len(taken)
        return counted if taken else Counter()

    def _step(self, step: Step, partner_id: PartnerId, around: Surroundings) -> Mapping[str, int]:
        with self._storage.writing() as unit:
            partner = _locked(unit, partner_id)
            if partner is None:
                return {}
            counted = step(unit, partner, around, self._ids)
            unit.commit()
        return counted


def _locked(unit: LicensingUnit, partner_id: PartnerId) -> Partner | None:
    # a partner may have been replaced by a world since it was listed
    unit.partners.lock(partner_id)
    return unit.partners.by_id(partner_id)
