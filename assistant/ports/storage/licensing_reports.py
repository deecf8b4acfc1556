"""What months are billed from, and their reports."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from assistant.domain.identifiers import CustomerId, PartnerId
from assistant.domain.periods import BillingMonth
from assistant.domain.reports import ReportState, UsageReport
from assistant.domain.usage import Month, Peak, SeatSpan


@dataclass(frozen=True)
class StoredReport:
    """A report without its lines: whose it is, for which month, and where it stands."""

    partner_id: PartnerId
    month: BillingMonth
    state: ReportState


class Usage(Protocol):
    """Provisioned and used seats over time, read for bills."""

    def peaks(self, partner_id: PartnerId, month: Month) -> Iterable[Peak]:
        """Yield, once, the peak of each customer and product that had any seats in a month, in no order."""

    def spans(
        self, partner_id: PartnerId, customer_id: CustomerId, product: str, month: Month
    ) -> tuple[SeatSpan, ...]:
        """Return the spans behind one peak, oldest first; none for another partner's customer."""

    def first(self, partner_id: PartnerId) -> datetime | None:
        """Return when the partner's first seats were provisioned, or None when none ever were."""

    def last(self, partner_id: PartnerId) -> datetime | None:
        """Return when the partner's last seats end as things are agreed, or None when some go on."""


class Reports(Protocol):
    """The reports that were submitted, by partner and month; one that is being prepared is computed and not stored."""

    def get(self, partner_id: PartnerId, month: BillingMonth) -> UsageReport | None:
        """Return a stored report with its lines, or None."""

    def of(self, partner_id: PartnerId) -> tuple[StoredReport, ...]:
        """Return a partner's reports, newest month first."""

    def open(self) -> tuple[StoredReport, ...]:
        """Return the reports of all partners that the vendor's desk can decide on, oldest month first."""

    def save(self, before: UsageReport, after: UsageReport) -> None:
        """Store what a step made of a report as it was read or computed.

        Raises Conflict when somebody else stored it meanwhile.
        """
