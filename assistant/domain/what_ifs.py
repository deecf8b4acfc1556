"""What-ifs: the rules asked about numbers that somebody entered, for a customer that is made up or read, never changed.

The rule that would preview and make a change answers here as well, for a partner and a customer built from what was
said. What was not said is assumed and told apart. Nothing of it can be confirmed: there is no action and no capsule in
what comes out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.domain.identifiers import CustomerId, PlanId
from assistant.domain.policy import Citation
from assistant.domain.quotes import Consequence, QuoteValue
from assistant.domain.refusals import Refusal

OPS = ("assign", "seats", "crossgrade", "cancel", "suspend", "trial", "convert_trial", "band")
"""What can be supposed: flows by their ids, and ``band`` for a total of seats by itself."""

ON_A_PLAN = frozenset({"seats", "cancel", "suspend"})
"""What is done to a plan that the customer has."""


@dataclass(frozen=True)
class Asked:
    """What was entered; whatever is None is assumed or not needed.

    Plans go by their id, their name or another name they are known by. ``plan`` is the plan there is, or for ``assign`` and ``trial`` the one to get, with ``seats``; ``to`` is the plan moved to.
    ``seats_after`` are the seats afterwards and ``change`` so many more or fewer. ``total`` are the partner's seats over all
    customers, ``since`` the first day of the plan there is, ``day`` when it happens. ``customer_id`` asks for the figures of
    a customer of one's own instead.
    """

    op: str
    plan: PlanId | None = None
    seats: int | None = None
    to: PlanId | None = None
    seats_after: int | None = None
    change: int | None = None
    total: int | None = None
    since: date | None = None
    day: date | None = None
    customer_id: CustomerId | None = None


@dataclass(frozen=True)
class Holding:
    """A plan the customer has: since when, and where that is known to what end and with what renewal (0 months for none)."""

    plan_id: PlanId
    seats: int
    since: date
    expires: date | None = None
    renew_months: int | None = None


@dataclass(frozen=True)
class Figures:
    """A customer of one's own as it stands: its name, its plans in use, and the seats of the whole partner."""

    customer: str
    holdings: tuple[Holding, ...]
    total: int


@dataclass(frozen=True)
class Supposed:
    """A what-if with everything it takes.

    ``target`` is the plan worked on or moved to and ``seats`` what there is of it afterwards. ``entered`` and ``assumed`` say
    which of it was said and which was not.
    """

    op: str
    holdings: tuple[Holding, ...]
    target: PlanId
    seats: int
    day: date
    total: int | None
    customer: str | None
    entered: Mapping[str, QuoteValue]
    assumed: Mapping[str, QuoteValue]


@dataclass(frozen=True)
class WhatIfView:
    """What would follow, or the rule's refusal; the values, consequences and citations are those of a preview."""

    op: str
    day: date
    entered: Mapping[str, QuoteValue]
    assumed: Mapping[str, QuoteValue]
    values: Mapping[str, QuoteValue] = field(default_factory=dict)
    before: Mapping[str, QuoteValue] = field(default_factory=dict)
    after: Mapping[str, QuoteValue] = field(default_factory=dict)
    consequences: tuple[Consequence, ...] = ()
    cites: tuple[Citation, ...] = ()
    refusal: Refusal | None = None


def without_codes(consequence: Consequence, shown: str) -> Consequence:
    """Return a consequence that names no activation code: what is supposed has none."""
    if "code" not in consequence.params:
        return consequence
    return replace(consequence, params={**consequence.params, "code": shown})
