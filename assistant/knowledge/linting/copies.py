"""What the checks read: files as entries that know the lines they were made of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.domain.entries import Entry, EntryKind
from assistant.domain.identifiers import EntryId
from assistant.knowledge.documents.attributes import front_matter, take_blocks
from assistant.knowledge.documents.fences import fenced
from assistant.knowledge.documents.importer import Naming, read_document
from assistant.knowledge.documents.model import Line, Notice, Report, SourceFile
from assistant.knowledge.documents.reading import read_lines
from assistant.knowledge.documents.sections import find_pages
from assistant.knowledge.slugs import slug


@dataclass(frozen=True, order=True)
class Finding:
    """Something to look at in line ``line`` (1-based) of a file.

    ``code`` names the check and never changes; ``text`` says what was found, ``hint`` what to do about it.
    """

    file: str
    line: int
    code: str
    text: str
    hint: str


@dataclass(frozen=True)
class Passage:
    """An entry and where it stands: its heading's line and the lines of its text, as written in the file."""

    file: str
    entry: Entry
    heading: Line
    text: tuple[Line, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is shown to people, heading first; the term of a definition stands in its text."""
        return self.text if self.entry.kind is EntryKind.DEFINITION else (self.heading, *self.text)


@dataclass(frozen=True)
class Copy:
    """One file: its entries, every line of it, and what an import would tell."""

    file: str
    passages: tuple[Passage, ...]
    lines: tuple[Line, ...]
    notices: tuple[Notice, ...]


@dataclass(frozen=True)
class Copies:
    """The files of one check, and the published entries they may rely on."""

    files: tuple[Copy, ...]
    published: tuple[Entry, ...] = ()

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Every entry of every file, in order."""
        return tuple(passage for copy in self.files for passage in copy.passages)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry that is known: those of the files, then the published ones."""
        return (*(passage.entry for passage in self.passages), *self.published)


def read_copy(file: SourceFile, naming: Naming | None = None) -> Copy:
    """Read a file for checking. Raises InvalidInput when nothing can be made of it."""
    document = read_document(file, naming)
    lines = read_lines(file, Report(file.name))
    numbered = list(enumerate(lines, start=1))
    entries = [draft.entry for draft in document.drafts]
    owned = _owned(numbered, entries)
    passages = (
        Passage(file.name, entry, (entry.source.line or 1, entry.question), tuple(owned.get(entry.id, ())))
        for entry in entries
    )
    return Copy(file.name, tuple(passages), tuple(numbered), (*document.left_out, *document.warnings))


def _owned(numbered: list[Line], entries: Iterable[Entry]) -> dict[EntryId, list[Line]]:
    """Return the lines of text by the entry they became part of."""
    starts = {entry.source.line: entry for entry in entries}
    owned: dict[EntryId, list[Line]] = {}
    drawn: dict[str, Entry | None] = {}
    for key, line, lines in _sections(numbered):
        # parts of a procedure have one heading in several places: the first of them is the entry's
        owner = drawn.setdefault(key, starts.get(line)) if key else starts.get(line)
        for number, text in lines:
            owner = starts.get(number, owner)
            if owner and text.strip():
                owned.setdefault(owner.id, []).append((number, text))
    return owned


def _sections(numbered: list[Line]) -> Iterator[tuple[str, int, list[Line]]]:
    report = Report("")
    taken = front_matter([text for _, text in numbered])[1]
    body = numbered[taken:]
    rest, _ = take_blocks(body, fenced([text for _, text in body]), report)
    for page in find_pages(rest, report):
        yield slug(page.title) if page.title and not page.questions else "", page.line, page.own
        for section in page.questions:
            yield "", section.line, section.lines
