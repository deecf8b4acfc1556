"""Approved knowledge as the conversation, the doors and the evaluation see it."""

from datetime import date
from typing import Protocol

from assistant.domain.entries import Answer, AnsweredEntry, Audience, EntryVersion, Suggestion
from assistant.domain.identifiers import EntryId


class Knowledge(Protocol):
    """Answers from the publication in force."""

    def ask(
        self,
        question: str,
        *,
        audience: Audience = Audience.PARTNER,
        as_of: date | None = None,
        near: tuple[EntryId, ...] = (),
        previous: str | None = None,
        asker: str | None = None,
    ) -> Answer:
        """Answer one question with stored text, or abstain and record the gap.

        ``near`` are the entries of the last answer or of the open task and ``previous`` is the last whole question: a
        follow-up ("why?", "the SaaS one", "does that ...") is read together with them first, and its answer points at
        passages of these entries. Of one that finds nothing there the answer is none, without a gap, and names the
        aspect that was wanted. ``as_of`` asks for the text in force on that day. ``asker`` is any stable
        name and only serves to count askers of a gap; it is stored hashed. Any text is acceptable: empty,
        huge and hostile questions are answered with an abstention, never an error.
        """

    def suggest(self, text: str, *, audience: Audience = Audience.PARTNER) -> tuple[Suggestion, ...]:
        """Return at most six published questions for what has been typed so far."""

    def entry(self, entry_id: EntryId, *, picked: bool = False) -> AnsweredEntry:
        """Return a published entry by its id or one of its aliases. Raises NotFound.

        ``picked`` tells that it was chosen as the answer, and counts as one; suggestions are ranked by such counts.
        """

    def versions(self, entry_id: EntryId, *, drafts: bool = False) -> tuple[EntryVersion, ...]:
        """Return the approved versions of an entry, newest first, or with ``drafts`` all. Raises NotFound."""
