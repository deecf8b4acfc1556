"""What is published, to be read without asking: documents and their entries, and what became of an entry that is gone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from assistant.domain.entries import Audience, Entry
from assistant.domain.errors import NotFound
from assistant.domain.identifiers import EntryId
from assistant.domain.library import Document, Withdrawn, days_in_force, documents_of
from assistant.knowledge.rendering import to_html
from assistant.knowledge.service import KnowledgeService
from assistant.ports.clock import Clock
from assistant.ports.storage import Storage
from assistant.ports.storage.knowledge import KnowledgeUnit


@dataclass(frozen=True)
class Library:
    """Reads the publication in force and those before it; nothing is asked, so nothing is recorded."""

    knowledge: KnowledgeService
    storage: Storage[KnowledgeUnit]
    clock: Clock

    def documents(self, audience: Audience) -> tuple[Document, ...]:
        """Return the documents whose entries this audience reads, newest first."""
        return documents_of(self._published(audience), self.clock.now().date())

    def of_document(self, name: str, audience: Audience) -> tuple[Entry, ...]:
        """Return the entries of a document in the order of its text. Raises NotFound for one without any."""
        found = [entry for entry in self._published(audience) if entry.source.document == name]
        if not found:
            raise NotFound("There is no such document.")
        return tuple(sorted(found, key=lambda entry: (entry.source.line or 0, entry.question)))

    def questions_about(self, topic: str, audience: Audience, at_most: int) -> tuple[str, ...]:
        """Return questions of a topic, whatever its case; none for a topic that there is not."""
        wanted = topic.casefold()
        found = (entry.question for entry in self._published(audience) if entry.topic.casefold() == wanted)
        return tuple(question for question, _ in zip(found, range(at_most), strict=False)) if wanted else ()

    def withdrawn(self, entry_id: EntryId) -> Withdrawn:
        """Return an entry that was published once and is no more. Raises NotFound for every other one."""
        edition = self.knowledge.edition()
        with self.storage.reading() as unit:
            kept = unit.entries.approved(entry_id)
            held = unit.publications.held(entry_id)
            successor = unit.entries.successor(entry_id)
        days = days_in_force(held)
        if not kept or days is None or days.until is None:
            raise NotFound("There is no such entry.")
        following = edition.entries.find(successor) if successor else None
        return Withdrawn(kept[0], to_html(kept[0].text), days, following)

    def published_on(self, entry_id: EntryId, version: int) -> date | None:
        """Return the day on which a version was first approved, None where that is not known."""
        lines = self.knowledge.versions(entry_id)
        known = next((line.published for line in lines if line.version == version), None)
        return datetime.fromisoformat(known).date() if known else None

    def _published(self, audience: Audience) -> Iterable[Entry]:
        return (entry for entry in self.knowledge.edition().entries.offered if audience in entry.audience)
