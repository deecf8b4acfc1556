"""Monthly usage reports: their lines, their life, and what may be changed when."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from assistant.domain.catalogue import Catalogue, ReportTerms
from assistant.domain.identifiers import CustomerId, PartnerId
from assistant.domain.periods import BillingMonth, start_of_day
from assistant.domain.quotes import QuoteValue
from assistant.domain.usage import Peak

LONGEST_COMMENT = 1000
"""The most characters of a comment, and of the reason for sending a report back."""


class ReportState(StrEnum):
    """A report can be changed in ``preparing`` and ``rejected`` only; corrections of an approved one go to the next month."""

    PREPARING = "preparing"
    UNDER_REVIEW = "under_review"
    APPROVED = "approved"
    REJECTED = "rejected"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    COMPLETED = "completed"


OPEN_STATES = frozenset(
    {ReportState.UNDER_REVIEW, ReportState.APPROVED, ReportState.SUBMITTED, ReportState.RETURNED}
)
"""The states in which the next step is the vendor's."""


class ReviewKind(StrEnum):
    """How a report came under review: by hand, at its deadline, at its deadline with unexplained lines, or sent back."""

    MANUAL = "manual"
    AUTOMATIC = "automatic"
    AUTOMATIC_WITH_PENALTY = "automatic_with_penalty"
    RETURNED = "returned"


class ReportLine(NamedTuple):
    """What one customer had of one product in a month, in seats; a tuple, since a large partner's month has many.

    ``provisioned`` is the highest number in the month, ``used`` the highest sample or None without any, ``moved`` the seats
    that a crossgrade took to another line, where they are billed. ``chargeable`` is what is billed.
    """

    customer_id: CustomerId
    customer: str
    product: str
    name: str
    provisioned: int
    used: int | None
    moved: int
    chargeable: int
    comment: str | None = None

    @property
    def key(self) -> str:
        """What names the line within its report."""
        return f"{self.customer_id}/{self.product}"

    @property
    def billable(self) -> int:
        """The seats that are billed unless the partner says otherwise."""
        return self.provisioned - self.moved

    @property
    def unused_percent(self) -> int:
        """The share of billable seats that nobody used, in whole per cent rounded down; 0 without samples."""
        if self.used is None or not (billable := self.billable):
            return 0
        return max(billable - self.used, 0) * 100 // billable

    def unexplained(self, terms: ReportTerms) -> bool:
        """Whether it lacks a comment: it is lowered, or more of it than the terms let pass is unused."""
        if self.comment:
            return False
        billable = self.billable
        if self.chargeable < billable:
            return True
        # in whole numbers, so that 10.5 % of unused seats are more than 10 %
        return self.used is not None and (billable - self.used) * 100 > terms.unused_percent * billable


@dataclass(frozen=True)
class UsageReport:
    """The report of one partner for one month; ``version`` is 0 until it is stored and must match on save.

    ``review`` is how it came under review, ``reason`` why it was sent back last. ``submitted_at`` is when it went in.
    """

    partner_id: PartnerId
    month: BillingMonth
    state: ReportState
    lines: tuple[ReportLine, ...]
    review: ReviewKind | None = None
    reason: str | None = None
    submitted_at: datetime | None = None
    version: int = 0

    @property
    def editable(self) -> bool:
        """Whether its partner may still change it."""
        return self.state in {ReportState.PREPARING, ReportState.REJECTED}

    @property
    def total(self) -> int:
        """The seats billed, over all lines."""
        return sum(line.chargeable for line in self.lines)

    @property
    def billable(self) -> int:
        """The seats that would be billed if its partner lowered nothing."""
        return sum(line.billable for line in self.lines)

    @property
    def standing(self) -> dict[str, QuoteValue]:
        """Where it stands, for the preview and the audit of a step: its state and the seats it bills."""
        return {"state": self.state.value, "total": self.total}


def report_lines(peaks: Iterable[Peak], catalogue: Catalogue) -> tuple[ReportLine, ...]:
    """Return the lines of a month, each billed in full, by the names of customer and product."""
    names = {code: product.name for code, product in catalogue.products.items()}
    lines = [
        ReportLine(
            customer_id,
            customer,
            product,
            names.get(product, product),
            provisioned,
            used,
            moved,
            provisioned - moved,
        )
        for customer_id, customer, product, provisioned, moved, used in peaks
    ]
    lines.sort(key=lambda line: (line.customer.casefold(), line.name, line.customer_id, line.product))
    return tuple(lines)


def deadline(month: BillingMonth, terms: ReportTerms, time_zone: str) -> datetime:
    """Return the instant (UTC) at which the report of a month is submitted by itself, in the partner's time zone."""
    return start_of_day(month.next.first + timedelta(days=terms.submit_within_days), time_zone)


def due_report(report: UsageReport, terms: ReportTerms, time_zone: str, now: datetime) -> UsageReport:
    """Return a report with what fell due of it: nobody having submitted it by its deadline, it goes in as it is.

    Nothing in it is explained then, so that all of it is billed as provisioned; lines that should have been explained make it
    wait for the vendor with a penalty noted. It is as of the deadline, whenever this is worked out.
    """
    due = deadline(report.month, terms, time_zone)
    if report.state is not ReportState.PREPARING or not report.lines or now < due:
        return report
    penalty = any(line.unexplained(terms) for line in report.lines)
    return replace(
        report,
        state=ReportState.UNDER_REVIEW if penalty else ReportState.APPROVED,
        review=ReviewKind.AUTOMATIC_WITH_PENALTY if penalty else ReviewKind.AUTOMATIC,
        lines=tuple(_in_full(line) for line in report.lines),
        submitted_at=due,
    )


def _in_full(line: ReportLine) -> ReportLine:
    billable = line.billable
    return line if line.chargeable == billable else line._replace(chargeable=billable)
