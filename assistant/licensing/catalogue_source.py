"""The catalogue in force: the one stored with the database, or else the one of the settings."""

from collections.abc import Iterator

from assistant.domain.catalogue import Catalogue
from assistant.licensing.catalogue import parse_catalogue
from assistant.ports.storage import Storage
from assistant.ports.storage.licensing import LicensingUnit
from assistant.ports.storage.licensing_catalogue import CatalogueUse


class CatalogueInForce:
    """Reads the stored catalogue again only when another one is stored. Safe to share between threads."""

    def __init__(self, storage: Storage[LicensingUnit], configured: Catalogue) -> None:
        self._storage = storage
        self._configured = configured
        self._read: Catalogue | None = None

    def current(self) -> Catalogue:
        """Return the catalogue in force."""
        with self._storage.reading() as unit:
            revision = unit.catalogue.revision()
            if revision is None:
                return self._configured
            # one assignment and one read: threads see either the old or the new catalogue, never halves
            known = self._read
            if known is None or known.revision != revision:
                known = self._read = parse_catalogue(unit.catalogue.text())
        return known

    def configured(self) -> Catalogue:
        """Return the catalogue of the settings."""
        return self._configured

    def faults(self) -> tuple[str, ...]:
        """Return what is stored and cannot be understood by the catalogue in force, one sentence each."""
        catalogue = self.current()
        with self._storage.reading() as unit:
            return tuple(missing(unit.catalogue.in_use(), catalogue))


def missing(used: CatalogueUse, catalogue: Catalogue) -> Iterator[str]:
    """Yield what is referred to and not part of a catalogue, one sentence each."""
    for plan in sorted(used.plans - catalogue.plans.keys()):
        yield f"lacks the plan {plan}, which customers have"
    for product in sorted(used.products - catalogue.products.keys()):
        yield f"lacks the product {product}, which customers have"
