"""Due work on reports: what nobody submitted by its deadline goes in by itself, month after month."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from assistant.domain.partners import Partner
from assistant.domain.periods import BillingMonth, local_date
from assistant.domain.reports import deadline, due_report
from assistant.licensing.report_recording import deadline_entry
from assistant.licensing.reports import computed_report
from assistant.licensing.scope import Surroundings
from assistant.ports.clock import Ids
from assistant.ports.storage.licensing import LicensingUnit


def submit_due_reports(
    unit: LicensingUnit, partner: Partner, around: Surroundings, ids: Ids
) -> Mapping[str, int]:
    """Submit, in the open transaction, each report of the partner whose deadline has passed; returns their number.

    Months without a line have no report, and what is stored already stays as it is, so that running it again does nothing.
    """
    first = unit.usage.first(partner.id)
    if first is None:
        return {}
    stored = {report.month for report in unit.reports.of(partner.id)}
    submitted = 0
    for month in _months_due(first, unit.usage.last(partner.id), partner, around):
        if month in stored:
            continue
        before = computed_report(unit, partner, month, around.catalogue)
        after = due_report(before, around.catalogue.reports, partner.time_zone, around.now)
        if after != before:
            unit.reports.save(before, after)
            unit.audit.append(deadline_entry(partner, before, after, around, ids))
            submitted += 1
    return {"reports": submitted} if submitted else {}


def _months_due(
    first: datetime, last: datetime | None, partner: Partner, around: Surroundings
) -> Iterator[BillingMonth]:
    month = BillingMonth.of(local_date(first, partner.time_zone))
    # what comes after the last seats has no line, however long ago that was
    end = BillingMonth.of(local_date(min(last or around.now, around.now), partner.time_zone))
    while month <= end and deadline(month, around.catalogue.reports, partner.time_zone) <= around.now:
        yield month
        month = month.next
