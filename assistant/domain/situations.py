"""What a rule looks at and what it says: the situation before a change, and the proposal to change it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Protocol

from assistant.domain.cases import Case
from assistant.domain.catalogue import Catalogue
from assistant.domain.customers import Customer
from assistant.domain.identifiers import SubscriptionId
from assistant.domain.lifecycle import caught_up
from assistant.domain.nfr import NfrLicence
from assistant.domain.partners import Partner
from assistant.domain.periods import local_date
from assistant.domain.policy import Citation, Policy
from assistant.domain.quotes import Consequence, Quote, QuoteValue
from assistant.domain.reports import UsageReport, due_report


@dataclass(frozen=True, kw_only=True)
class PartnerSituation:
    """The state a change of the whole partner is assessed in.

    ``total`` is the partner's chargeable seats over all customers. ``approved`` maps the product of a suite to the version of
    its composition that the partner approved last.
    """

    partner: Partner
    catalogue: Catalogue
    policy: Policy
    now: datetime
    total: int
    approved: Mapping[str, int] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The partner's calendar date."""
        return local_date(self.now, self.partner.time_zone)


@dataclass(frozen=True, kw_only=True)
class Situation(PartnerSituation):
    """The state a change of one customer is assessed in.

    ``stored`` is the customer as it was read, ``used`` are the newest samples of seats in use.
    """

    stored: Customer
    used: Mapping[SubscriptionId, int] = field(default_factory=dict)

    @cached_property
    def customer(self) -> Customer:
        """The customer as of today: terms that passed meanwhile have been renewed where that is agreed."""
        return caught_up(self.stored, self.today)


@dataclass(frozen=True, kw_only=True)
class NewCustomerSituation(PartnerSituation):
    """The state a customer is created in: whether its name is taken among this partner's customers."""

    name_taken: bool


@dataclass(frozen=True, kw_only=True)
class CaseSituation(Situation):
    """The state a case is opened or worked on in.

    ``case`` is the one a step is of, or the open one of the licence to be migrated, or None. ``actor`` is who acts, ``desk``
    whether that is the vendor's licensing desk.
    """

    case: Case | None
    actor: str
    desk: bool


@dataclass(frozen=True, kw_only=True)
class SuiteSituation(Situation):
    """The state a customer gets an approved change of a suite in: the data centre wanted for what the change added."""

    data_center: str | None


@dataclass(frozen=True, kw_only=True)
class ReportSituation(PartnerSituation):
    """The state a usage report is worked on in, its lines computed as of now unless they are fixed.

    ``stored`` is the report as it was read or computed.
    """

    stored: UsageReport

    @cached_property
    def report(self) -> UsageReport:
        """The report as of now: one whose deadline passed has gone in by itself."""
        return due_report(self.stored, self.catalogue.reports, self.partner.time_zone, self.now)

    def band(self, seats: int) -> str:
        """Return the band that so many seats make in the month of the report."""
        return self.catalogue.band(seats, self.stored.month.first).label


@dataclass(frozen=True, kw_only=True)
class NfrSituation(PartnerSituation):
    """The state a not-for-resale licence is ordered in: those the partner has."""

    owned: tuple[NfrLicence, ...]


@dataclass(frozen=True)
class Findings:
    """What a rule found about an allowed change: the parts of the quote that are the rule's own."""

    values: Mapping[str, QuoteValue]
    before: Mapping[str, QuoteValue]
    after: Mapping[str, QuoteValue]
    consequences: tuple[Consequence, ...]
    cites: tuple[Citation, ...] = ()


class Issuer(Protocol):
    """Gives new things their ids and draws the characters of synthetic codes; the ``Ids`` port is one."""

    def new(self, prefix: str) -> str:
        """Return a new id."""

    def number(self, below: int) -> int:
        """Return a number from 0 to ``below`` - 1."""


@dataclass(frozen=True)
class SuiteApproval:
    """The version of a suite's composition that a partner approved, and the data centre wanted for what it added."""

    product: str
    version: int
    data_center: str | None


@dataclass(frozen=True)
class Outcome:
    """What a change leaves behind: everything of it is stored in one transaction.

    ``customer`` is the changed or the new customer. ``moved`` are the seats of a subscription that go on in
    another one: they are billed there, in the month of the move as well.
    """

    customer: Customer | None = None
    moved: Mapping[SubscriptionId, int] = field(default_factory=dict)
    report: UsageReport | None = None
    case: Case | None = None
    approval: SuiteApproval | None = None
    nfr: NfrLicence | None = None


@dataclass(frozen=True)
class Proposal:
    """An allowed change: its quote, and the same change as a function of the ids that new things get."""

    quote: Quote
    apply: Callable[[Issuer], Outcome]


def all_cites(*groups: tuple[Citation, ...]) -> tuple[Citation, ...]:
    """Join citations in order, each once."""
    return tuple(dict.fromkeys(cite for group in groups for cite in group))
