"""The knowledge bases that are measured: the default one, a document, or entries as JSON lines."""

from collections.abc import Sequence
from pathlib import Path

from assistant.domain.entries import Entry
from assistant.domain.identifiers import EntryId
from assistant.knowledge.catalogue import EntrySet
from assistant.knowledge.desk import default_files
from assistant.knowledge.documents.importer import Naming, read_document
from assistant.knowledge.documents.model import SourceFile
from assistant.knowledge.documents.reading import load
from assistant.knowledge.evaluation import Question, read_entries, read_questions
from assistant.knowledge.importing import plan_import


def default_knowledge() -> list[Entry]:
    """Return the entries that a fresh installation answers from; its rules are published and never matched."""
    return list(EntrySet(_imported(default_files(), None)).offered)


def entries_from(entries_file: Path | None, document: Path | None, date: str | None) -> list[Entry]:
    """Return the entries of the file that is given, or else the default knowledge. Raises InvalidInput."""
    if entries_file:
        return read_entries(entries_file.read_text("utf-8"), entries_file.name)
    if document:
        return _imported([load(document)], date)
    return default_knowledge()


def questions_from(file: Path, entries: Sequence[Entry], sample: int | None = None) -> list[Question]:
    """Return the questions of a file, or about ``sample`` of them spread evenly over it.

    Expected ids that an entry answers to as well become the id of that entry. Raises InvalidInput.
    """
    read = read_questions(file.read_text("utf-8"), file.name)
    step = max(1.0, len(read) / sample) if sample else 1.0
    picked = [read[int(place * step)] for place in range(int(len(read) / step))]
    known = EntrySet(entries)
    return [Question(q.query, tuple(_found(known, e) for e in q.expect), q.kind, q.context) for q in picked]


def _found(known: EntrySet, entry_id: EntryId) -> EntryId:
    found = known.find(entry_id)
    return found.id if found else entry_id


def _imported(files: Sequence[SourceFile], date: str | None) -> list[Entry]:
    documents = [read_document(file, Naming(None, date)) for file in files]
    return [planned.entry for planned in plan_import([], documents, replace=False).new]
