"""A small library behind the pages: one document, one entry that is gone, and two ways to ask about a topic."""

from dataclasses import replace
from datetime import date

from assistant.domain.entries import Audience, Entry, EntryKind, Source
from assistant.domain.errors import NotFound
from assistant.domain.library import Document, InForce, Withdrawn

KEPT = Entry(
    id="tills",
    version=2,
    kind=EntryKind.QUESTION,
    question="May tills be moved?",
    text="- Tills may be moved.",
    source=Source("Shop rules & more", "Tills", "2025-03"),
    topic="Tills",
)
GONE = replace(KEPT, id="scales", question="May scales be moved?", version=1)


class FakeLibrary:
    """Reads the same to everybody but the sales team, which has a document of its own."""

    def documents(self, audience):
        own = Document("Sales rules", "2026-01", 1, aged=False)
        shared = Document("Shop rules & more", "2025-03", 1, aged=True)
        return (own, shared) if audience is Audience.SALES else (shared,)

    def of_document(self, name, audience):
        if name not in {document.name for document in self.documents(audience)}:
            raise NotFound("There is no such document.")
        return (KEPT,)

    def questions_about(self, topic, audience, at_most):
        return (KEPT.question,)[:at_most] if topic.casefold() == "tills" else ()

    def withdrawn(self, entry_id):
        if entry_id != GONE.id:
            raise NotFound("There is no such entry.")
        days = InForce(date(2026, 1, 5), date(2026, 2, 20))
        return Withdrawn(GONE, "<ul><li>Scales may be moved.</li></ul>", days, KEPT)

    def published_on(self, entry_id, version):
        return date(2026, 3, 1)
