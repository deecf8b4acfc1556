"""Monthly usage reports: their lines, their life, and what may be changed when."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assistant.domain.identifiers import CustomerId, PartnerId
from assistant.domain.periods import BillingMonth


class ReportState(StrEnum):
    """A report can be changed in ``preparing`` and ``rejected`` only; corrections of an approved one go to the next month."""

    PREPARING = "preparing"
    UNDER_REVIEW = "under_review"
    APPROVED = "approved"
    REJECTED = "rejected"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    COMPLETED = "completed"


class ReviewKind(StrEnum):
    """How a report came under review: by hand, at its deadline, at its deadline with unexplained lines, or sent back."""

    MANUAL = "manual"
    AUTOMATIC = "automatic"
    AUTOMATIC_WITH_PENALTY = "automatic_with_penalty"
    RETURNED = "returned"


@dataclass(frozen=True)
class ReportLine:
    """What one customer had of one product in a month, in seats.

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
        if self.used is None or not self.billable:
            return 0
        return max(self.billable - self.used, 0) * 100 // self.billable


@dataclass(frozen=True)
class UsageReport:
    """The report of one partner for one month; ``version`` is 0 until it is stored and must match on save.

    ``penalty`` tells that it went in at its deadline with lines that should have been explained.
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
