"""Writing down what a change leaves behind, and before it whatever had fallen due for the customer meanwhile."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.domain.audit import AUDIT_NAMES, DUE, SYSTEM, AuditEntry
from assistant.domain.customers import Customer
from assistant.domain.identifiers import CustomerId, UserId
from assistant.domain.lifecycle import DueEvent, DueKind, due_events
from assistant.domain.naming import plan_name
from assistant.domain.partners import Partner
from assistant.domain.periods import local_date, start_of_day
from assistant.domain.provisioning import seat_changes
from assistant.domain.quotes import QuoteValue
from assistant.domain.situations import Outcome, PartnerSituation, ReportSituation, Situation
from assistant.domain.subscriptions import Subscription
from assistant.licensing.report_recording import store_report
from assistant.licensing.scope import Surroundings
from assistant.ports.clock import Ids
from assistant.ports.storage.licensing import LicensingUnit

_RULES = {DueKind.RENEWED: "auto_renewal", DueKind.STARTED: "initial_period"}


def store(
    unit: LicensingUnit, situation: PartnerSituation, outcome: Outcome, reference: str, ids: Ids
) -> None:
    """Store everything of an outcome in the open transaction, under the reference of its audit entry."""
    if outcome.customer is not None:
        _store_customer(unit, situation, outcome, reference, ids)
    if outcome.case is not None:
        unit.cases.save(outcome.case)
    if outcome.approval is not None:
        unit.approvals.save(situation.partner.id, outcome.approval)
    if outcome.report is not None:
        assert isinstance(situation, ReportSituation)
        store_report(unit, situation, outcome.report, ids)
    if outcome.nfr is not None:
        unit.nfr_licences.add(situation.partner.id, outcome.nfr)


@dataclass(frozen=True)
class DueRecorder:
    """Turns what fell due for customers of a partner into audit entries."""

    partner: Partner
    around: Surroundings
    ids: Ids

    def entries(self, customer: Customer) -> Iterator[AuditEntry]:
        """Yield the entries of what fell due and is not recorded yet, in the order of its taking effect."""
        today = local_date(self.around.now, self.partner.time_zone)
        found = ((event, s) for s in customer.subscriptions for event in due_events(s, today))
        for event, subscription in sorted(found, key=lambda item: (item[0].on, item[1].id)):
            yield self.entry(event, subscription, customer.id, customer.name)

    def entry(
        self, event: DueEvent, subscription: Subscription, customer_id: CustomerId, customer: str
    ) -> AuditEntry:
        """Return the entry of one event; its hash is the same whoever records it, so that nothing is recorded twice."""
        plan = plan_name(subscription, self.around.catalogue)
        after: dict[str, QuoteValue] = {
            "plan": plan,
            "seats": subscription.seats,
            "expires": event.expires.isoformat(),
        }
        key = f"{subscription.id}:{event.kind.value}:{event.on.isoformat()}"
        return AuditEntry(
            name=AUDIT_NAMES[event.kind.value],
            reference=self.ids.new("R"),
            op=DUE,
            partner_id=self.partner.id,
            customer_id=customer_id,
            customer=customer,
            actor_id=UserId(""),
            actor=SYSTEM,
            when=start_of_day(event.on, self.partner.time_zone),
            capsule_hash=hashlib.sha256(key.encode()).hexdigest(),
            values={"customer": customer, **after},
            before={},
            after=after,
            cites=self.around.policy.cite(_RULES.get(event.kind, "terms")),
            kind=event.kind.value,
            recorded=self.around.now,
        )


def _store_customer(
    unit: LicensingUnit, situation: PartnerSituation, outcome: Outcome, reference: str, ids: Ids
) -> None:
    customer, partner = outcome.customer, situation.partner
    assert customer is not None
    before = None
    if isinstance(situation, Situation):
        around = Surroundings(situation.catalogue, situation.policy, situation.now)
        for entry in DueRecorder(partner, around, ids).entries(situation.stored):
            unit.audit.append(entry)
        unit.customers.save(situation.stored, customer)
        before = situation.customer
    else:
        unit.customers.add(customer)
    changes = seat_changes(before, customer, situation.now, partner.time_zone, outcome.moved)
    unit.seats.record(partner.id, customer.id, changes, reference)
