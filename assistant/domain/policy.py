"""Policy facts: values that an approved entry states and a rule enforces.

A fact exists once. The text of the entry is the source, a checked binding reads the value from it, and a
rule receives the value together with the citation that every refusal of the rule must show.
"""

from collections.abc import Mapping
from dataclasses import dataclass

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
