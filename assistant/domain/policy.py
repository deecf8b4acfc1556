"""Policy facts: values that an approved entry states and a rule enforces.

A fact exists once. The text of the entry is the source, a checked binding reads the value from it, and a
rule receives the value together with the citation that every refusal of the rule must show.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.identifiers import EntryId


@dataclass(frozen=True)
class Citation:
    """Where a sentence of policy stands: the entry version, its heading, document and date (``YYYY-MM``)."""

    entry_id: EntryId
    version: int
    heading: str
    document: str
    date: str


@dataclass(frozen=True)
class Fact:
    """One enforced value, for example ``trial_seats_max`` = 10, with the entry that states it."""

    name: str
    value: int
    citation: Citation


@dataclass(frozen=True)
class Policy:
    """The facts and the rule citations of one publication.

    ``facts`` maps a fact's name to its value and source. ``citations`` maps a rule's name to the entry that
    states it (rules whose text holds no number). ``revision`` changes whenever any of them changes.
    """

    facts: Mapping[str, Fact]
    citations: Mapping[str, Citation]
    revision: str

    def fact(self, name: str) -> Fact | None:
        """Return the fact, or None when no approved entry states it (then the rule must refuse)."""
        return self.facts.get(name)

    def cite(self, rule: str) -> tuple[Citation, ...]:
        """Return the citation of a rule as a tuple of one, or of none when no approved entry states it."""
        citation = self.citations.get(rule)
        return (citation,) if citation else ()


@dataclass(frozen=True)
class StatedFact:
    """A value that a rule goes by: as approved, as the text in force states it, and as the newest text at the desk does.

    None where nothing is approved, or where the text states no value.
    """

    name: str
    approved: int | None
    in_force: int | None
    at_desk: int | None


class Proof(StrEnum):
    """Whether a test proves a rule; ``not_installed`` where the program came without its tests."""

    PROVED = "proved"
    NOT_PROVED = "not_proved"
    NOT_INSTALLED = "not_installed"


@dataclass(frozen=True)
class RuleStatus:
    """One rule that is enforced: the entry in force that states it, its fact, the module that enforces it, and its test.

    ``citation`` is None where no entry in force states it. ``faults`` holds what is missing, one sentence each.
    """

    name: str
    citation: Citation | None
    fact: StatedFact | None
    enforced: str
    test: str
    proof: Proof
    faults: tuple[str, ...]
