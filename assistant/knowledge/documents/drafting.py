"""Making entries of sections: id, text, source and stated attributes."""

from collections.abc import Sequence

from assistant.domain.entries import Audience, Entry, EntryKind, Source
from assistant.domain.identifiers import EntryId
from assistant.knowledge.documents.attributes import CARRIED, Attributes
from assistant.knowledge.documents.cleaning import clean, clean_heading, tidy
from assistant.knowledge.documents.definitions import term_of
from assistant.knowledge.documents.model import Attribute, Draft, Line, Report
from assistant.knowledge.slugs import definition_slug, slug

MOST_ENTRIES = 5000
LONGEST_TEXT = 40_000
PART_RULE = "\n\n---\n\n"
"""What stands between the parts of an entry whose heading recurs."""


class Drafting:
    """Collects the drafts of one document; an id is given once, and there is an upper limit."""

    def __init__(
        self, name: str, date: str, cites: str, blocks: dict[int, Attributes], report: Report
    ) -> None:
        self.name = name
        self.report = report
        self.drafts: list[Draft] = []
        self._date = date
        self._cites = cites
        self._blocks = blocks
        self._ids: dict[EntryId, int] = {}
        self._beyond = 0

    def attributes_within(self, start: int, lines: Sequence[Line]) -> Attributes:
        """Return the attributes of the first block that stands under a heading."""
        numbers = [start, *(number for number, _ in lines)]
        return next((self._blocks[n] for n in numbers if n in self._blocks), {})

    def add(self, title: str, line: int, parts: list[list[Line]], kind: EntryKind) -> None:
        """Draft one entry of one heading and the lines of its parts."""
        heading = clean_heading(line, title, self.report)
        if not heading:
            self.report.leave_out(line, "a heading without words")
            return
        lines = [item for part in parts for item in part]
        if sum(len(text) + 1 for _, text in lines) > LONGEST_TEXT:
            self.report.leave_out(line, f"{heading[:80]}: longer than {LONGEST_TEXT} characters")
            return
        text = tidy(PART_RULE.join(filter(None, (clean(part, self.report) for part in parts))))
        stated = self.attributes_within(line, lines)
        if not text:
            self.report.leave_out(line, f"{heading[:80]}: nothing stands under this heading")
            return
        chosen = EntryKind(stated["kind"][0]) if stated.get("kind") else kind
        default_id = definition_slug(heading) if chosen is EntryKind.DEFINITION else slug(heading)
        self._store(default_id, chosen, heading, text, heading, line, stated)

    def add_definitions(self, title: str, line: int, lines: list[Line]) -> None:
        """Draft an entry for each definition; other text among them is left out."""
        heading = clean_heading(line, title, self.report)
        terms = [(i, term_of(text)) for i, (_, text) in enumerate(lines) if term_of(text)]
        self._leave_out_between(lines)
        for place, (index, term) in enumerate(terms):
            end = terms[place + 1][0] if place + 1 < len(terms) else len(lines)
            number = lines[index][0]
            stated = self.attributes_within(number, lines[index:end])
            text = clean([lines[index]], self.report)
            named = clean_heading(number, term or "", Report(self.report.file))
            self._store(definition_slug(named), EntryKind.DEFINITION, named, text, heading, number, stated)

    def _leave_out_between(self, lines: list[Line]) -> None:
        for number, text in lines:
            if text.strip(" -*_") and not term_of(text):
                self.report.leave_out(number, f"is no definition: {text.strip()[:60]}")

    def _store(
        self,
        default_id: EntryId,
        kind: EntryKind,
        question: str,
        text: str,
        heading: str,
        line: int,
        stated: Attributes,
    ) -> None:
        entry_id = EntryId(_single(stated, "id") or default_id)
        if entry_id in self._ids:
            first = self._ids[entry_id]
            self.report.leave_out(line, f"{question[:80]}: stands in line {first} already")
            return
        if len(self.drafts) >= MOST_ENTRIES:
            self._leave_out_beyond(line)
            return
        self._ids[entry_id] = line
        source = Source(
            _single(stated, "source-document") or self._cites,
            _single(stated, "source-heading") or heading,
            _single(stated, "source-date") or self._date,
            line,
        )
        self.drafts.append(Draft(_entry(entry_id, kind, question, text, source, stated), _carried(stated)))

    def _leave_out_beyond(self, line: int) -> None:
        if not self._beyond:
            self.report.leave_out(line, f"this and what follows: a file may hold {MOST_ENTRIES} entries")
        self._beyond += 1


def _single(stated: Attributes, name: str) -> str | None:
    values = stated.get(name, ())
    return values[0] if values else None


def _carried(stated: Attributes) -> frozenset[Attribute]:
    return frozenset(name for name in CARRIED if name in stated)


def _entry(
    entry_id: EntryId, kind: EntryKind, question: str, text: str, source: Source, stated: Attributes
) -> Entry:
    return Entry(
        id=entry_id,
        version=0,
        kind=kind,
        question=question,
        text=text,
        source=source,
        aliases=tuple(EntryId(a) for a in stated.get("aliases", ())),
        alternates=stated.get("alternates", ()),
        audience=tuple(Audience(a) for a in stated.get("audience", ())) or tuple(Audience),
        topic=_single(stated, "topic") or "",
        related=tuple(EntryId(r) for r in stated.get("related", ())),
        workflow=_single(stated, "workflow"),
        reviewed=_single(stated, "reviewed"),
    )
