"""What readers said of answers, stored."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from assistant.domain.feedback import Feedback, Opinion, Reason
from assistant.domain.identifiers import EntryId


class FeedbackRows(Protocol):
    """Opinions on answers, one for each visitor and answer."""

    def put(self, given: Feedback) -> None:
        """Keep an opinion; one that the same visitor gave of the same answer before is replaced."""

    def find(self, key: str) -> Opinion | None:
        """Return what was said under this key, or None."""

    def forget_before(self, at: datetime) -> None:
        """Take out what is older."""

    def counts(self, since: datetime, before: datetime) -> Sequence[tuple[EntryId, bool, Reason | None, int]]:
        """Return the number of opinions by entry, helpfulness and reason, of ``since`` up to ``before``."""

    def remarks(self, since: datetime, before: datetime, limit: int) -> Sequence[Feedback]:
        """Return the newest unhelpful ones with a reason or a comment, of ``since`` up to ``before``."""
