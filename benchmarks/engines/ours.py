"""The program's own matching, as a publication in force answers."""

from collections.abc import Sequence
from pathlib import Path

from assistant.domain.entries import Audience, Entry
from assistant.domain.identifiers import EntryId
from assistant.knowledge.catalogue import publication_hash
from assistant.knowledge.editions import Edition
from assistant.knowledge.matching.semantic.encoders import shipped_encoder
from benchmarks.engines.shape import Before, Engine, Found


def edition_of(entries: Sequence[Entry], folder: Path) -> Edition:
    """Return the entries as a publication, its derived files in the folder."""
    return opened_edition(publication_hash(entries), entries, folder)


def opened_edition(name: str, entries: Sequence[Entry], folder: Path) -> Edition:
    """Return a publication of this name, its derived files in the folder."""
    return Edition(name, entries, folder, shipped_encoder())


def build(entries: Sequence[Entry], folder: Path) -> None:
    """Build all derived files of the publication."""
    edition_of(entries, folder).prepare()


def start(entries: Sequence[Entry], folder: Path) -> Engine:
    """Open the publication as a process that serves does."""
    edition = edition_of(entries, folder)
    edition.prepare()

    def search(question: str, before: Before) -> Found:
        near = [EntryId(name) for name in before.answered_by]
        match = edition.match(question, None, near, before.question)
        return Found(tuple(s.entry.id for s in match.ranking), match.confidence)

    def follow(question: str) -> Before:
        # asked as a partner, so that a later question in the same words is not answered from memory
        chosen = edition.match(question, Audience.PARTNER).chosen
        return Before(question, tuple(s.entry.id for s in chosen))

    return Engine(search, follow)
