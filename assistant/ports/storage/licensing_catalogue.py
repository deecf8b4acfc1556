"""The catalogue that a world brought along, kept with the database."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from assistant.domain.identifiers import PlanId


@dataclass(frozen=True)
class CatalogueUse:
    """The plans and products that something stored refers to."""

    plans: frozenset[PlanId]
    products: frozenset[str]


class StoredCatalogue(Protocol):
    """At most one catalogue file, as text."""

    def revision(self) -> str | None:
        """Return the revision of the stored catalogue, or None where there is none."""

    def text(self) -> str:
        """Return the text of the stored catalogue; empty where there is none."""

    def put(self, text: str, revision: str, at: datetime) -> None:
        """Store a catalogue in place of the one before."""

    def remove(self) -> None:
        """Store none any more."""

    def in_use(self) -> CatalogueUse:
        """Return what subscriptions, licences and own licences refer to."""
