"""What an index of words promises to matching, whichever it is."""

from collections.abc import Sequence
from typing import Protocol


class Index(Protocol):
    """Proposes entries by words."""

    def search(self, terms: Sequence[str], limit: int) -> dict[str, float]:
        """Return at most ``limit`` entry ids with their scores, best first. Terms are taken as they are."""
