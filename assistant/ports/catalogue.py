"""Where the licensing backend gets the catalogue it goes by."""

from typing import Protocol

from assistant.domain.catalogue import Catalogue


class CatalogueSource(Protocol):
    """Reads the catalogue in force; every process of a database goes by the same one."""

    def current(self) -> Catalogue:
        """Return the catalogue in force. Raises InvalidInput when the stored one cannot be used by this release."""

    def configured(self) -> Catalogue:
        """Return the catalogue of the settings, which is in force unless a world brought its own."""
