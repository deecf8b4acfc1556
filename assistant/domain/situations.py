"""What a rule looks at and what it says: the situation before a change, and the proposal to change it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from assistant.domain.catalogue import Catalogue
from assistant.domain.customers import Customer
from assistant.domain.policy import Citation, Policy
from assistant.domain.quotes import Consequence, Quote, QuoteValue


@dataclass(frozen=True)
class Situation:
    """The state a change is assessed in.

    ``total`` is the partner's chargeable seats over all customers; ``today`` is the partner's calendar date.
    """

    customer: Customer
    catalogue: Catalogue
    policy: Policy
    today: date
    total: int


@dataclass(frozen=True)
class Findings:
    """What a rule found about an allowed change: the parts of the quote that are the rule's own."""

    values: Mapping[str, QuoteValue]
    before: Mapping[str, QuoteValue]
    after: Mapping[str, QuoteValue]
    consequences: tuple[Consequence, ...]
    cites: tuple[Citation, ...]


class Issuer(Protocol):
    """Gives new things their ids and draws the characters of synthetic codes; the ``Ids`` port is one."""

    def new(self, prefix: str) -> str:
        """Return a new id."""

    def number(self, below: int) -> int:
        """Return a number from 0 to ``below`` - 1."""


@dataclass(frozen=True)
class Proposal:
    """An allowed change: its quote, and the same change as a function that gives the customer afterwards."""

    quote: Quote
    apply: Callable[[Issuer], Customer]


def all_cites(*groups: tuple[Citation, ...]) -> tuple[Citation, ...]:
    """Join citations in order, each once."""
    return tuple(dict.fromkeys(cite for group in groups for cite in group))
