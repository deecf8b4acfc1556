"""Writing down reports, and before them that their deadline submitted them."""

import hashlib

from assistant.domain.actions import SubmitReport
from assistant.domain.audit import AUDIT_NAMES, DUE, SYSTEM, AuditEntry
from assistant.domain.identifiers import UserId
from assistant.domain.partners import Partner
from assistant.domain.quotes import QuoteValue
from assistant.domain.reports import UsageReport
from assistant.domain.situations import ReportSituation
from assistant.licensing.scope import Surroundings
from assistant.ports.clock import Ids
from assistant.ports.storage.licensing import LicensingUnit


def store_report(unit: LicensingUnit, situation: ReportSituation, after: UsageReport, ids: Ids) -> None:
    """Store what a step made of a report; where its deadline had passed unrecorded, that comes first in the audit."""
    if situation.report != situation.stored:
        around = Surroundings(situation.catalogue, situation.policy, situation.now)
        unit.audit.append(deadline_entry(situation.partner, situation.stored, situation.report, around, ids))
    unit.reports.save(situation.stored, after)


def deadline_entry(
    partner: Partner, before: UsageReport, after: UsageReport, around: Surroundings, ids: Ids
) -> AuditEntry:
    """Return the entry of a report that went in at its deadline; its hash is the same whoever records it."""
    assert after.submitted_at is not None
    assert after.review is not None
    band = around.catalogue.band(after.total, after.month.first).label
    values: dict[str, QuoteValue] = {
        "month": str(after.month),
        "lines": len(after.lines),
        "total": after.total,
        "band": band,
        "review": after.review.value,
    }
    key = f"{partner.id}:report:{after.month}"
    return AuditEntry(
        name=AUDIT_NAMES[SubmitReport.kind],
        reference=ids.new("R"),
        op=DUE,
        partner_id=partner.id,
        customer_id=None,
        customer="",
        actor_id=UserId(""),
        actor=SYSTEM,
        when=after.submitted_at,
        capsule_hash=hashlib.sha256(key.encode()).hexdigest(),
        values=values,
        before=before.standing,
        after=after.standing,
        cites=around.policy.cite("reports"),
        kind=SubmitReport.kind,
        recorded=around.now,
    )
