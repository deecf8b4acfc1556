"""What an import does to the entries that are there: decided here as a pure plan, then stored."""

import dataclasses
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.domain.entries import Entry, EntryKind, Head
from assistant.domain.identifiers import EntryId
from assistant.knowledge.catalogue import same_content
from assistant.knowledge.documents.attributes import CARRIED
from assistant.knowledge.documents.model import Document, Draft, Notice
from assistant.ports.storage.knowledge import KnowledgeUnit


@dataclass(frozen=True)
class Planned:
    """One entry to store as a new version, with the document it comes with."""

    entry: Entry
    collection: str


@dataclass(frozen=True)
class ImportPlan:
    """What an import does.

    ``superseded`` pairs each retired entry with the imported one that answers in its place; ``retired`` are those
    that ``replace`` takes out.
    """

    new: tuple[Planned, ...]
    changed: tuple[Planned, ...]
    same: tuple[Planned, ...]
    retired: tuple[EntryId, ...]
    superseded: tuple[tuple[EntryId, EntryId], ...]
    left_out: tuple[Notice, ...]
    warnings: tuple[Notice, ...]


def plan_import(heads: Sequence[Head], documents: Sequence[Document], *, replace: bool) -> ImportPlan:
    """Decide what becomes new, changed, superseded and retired.

    An entry whose id is an alias of an entry of another document supersedes it: it takes over what the file does not
    state (alternates, topic, workflow and so on) and answers to its id. The same entry in two files is kept once.
    """
    planner = _Planner(heads)
    for document in documents:
        for draft in document.drafts:
            planner.take(draft, document)
    superseded = tuple(sorted(planner.superseded.items()))
    kept = planner.taken.keys() | planner.superseded.keys()
    retired = sorted(h.entry.id for h in heads if _replaced(h, kept, documents)) if replace else []
    return ImportPlan(
        new=tuple(planner.new),
        changed=tuple(planner.changed),
        same=tuple(planner.same),
        retired=tuple(retired),
        superseded=superseded,
        left_out=(*(n for d in documents for n in d.left_out), *planner.left_out),
        warnings=tuple(n for d in documents for n in d.warnings),
    )


def _replaced(head: Head, kept: Collection[EntryId], documents: Sequence[Document]) -> bool:
    if head.retired or head.entry.id in kept:
        return False
    # settings of the platform stay when documents of the policy take the place of others
    drafts = (draft for document in documents for draft in document.drafts)
    return head.entry.kind is not EntryKind.RULE or any(d.entry.kind is EntryKind.RULE for d in drafts)


def carry_out(unit: KnowledgeUnit, plan: ImportPlan, at: datetime) -> None:
    """Store a plan; nothing is published by it."""
    for planned in (*plan.new, *plan.changed):
        unit.entries.add(planned.entry, planned.collection, at)
    for planned in plan.same:
        unit.entries.move(planned.entry.id, planned.collection)
    unit.entries.retire([*plan.retired, *(old for old, _ in plan.superseded)])


class _Planner:
    """Takes drafts one by one and sorts them."""

    def __init__(self, heads: Sequence[Head]) -> None:
        self._heads = {head.entry.id: head for head in heads}
        self._by_alias: dict[EntryId, list[Head]] = {}
        for head in heads:
            for alias in head.entry.aliases:
                self._by_alias.setdefault(alias, []).append(head)
        self.taken: dict[EntryId, str] = {}
        self.superseded: dict[EntryId, EntryId] = {}
        self.new: list[Planned] = []
        self.changed: list[Planned] = []
        self.same: list[Planned] = []
        self.left_out: list[Notice] = []

    def take(self, draft: Draft, document: Document) -> None:
        entry_id = draft.entry.id
        if entry_id in self.taken:
            why = f"{draft.entry.question[:80]}: stands in {self.taken[entry_id]} already"
            self.left_out.append(Notice(document.name, draft.entry.source.line or 1, why))
            return
        self.taken[entry_id] = document.name
        head = self._heads.get(entry_id)
        older = [
            h
            for h in self._by_alias.get(entry_id, ())
            if not h.retired and h.collection != document.name and h.entry.id != entry_id
        ]
        for other in older:
            self.superseded[other.entry.id] = entry_id
        self._sort(_completed(draft, head, older), head, document.name)

    def _sort(self, entry: Entry, head: Head | None, collection: str) -> None:
        if head is None:
            self.new.append(Planned(dataclasses.replace(entry, version=1), collection))
        elif same_content(entry, head.entry):
            self.same.append(Planned(head.entry, collection))
        else:
            newer = dataclasses.replace(entry, version=head.entry.version + 1)
            self.changed.append(Planned(newer, collection))


def _completed(draft: Draft, head: Head | None, superseded: Sequence[Head]) -> Entry:
    """Return the draft with what it does not state taken from the entry before or from the one it supersedes."""
    base = head.entry if head else superseded[0].entry if superseded else None
    entry = draft.entry
    if base:
        carried = {name: getattr(base, name) for name in CARRIED if name not in draft.stated}
        entry = dataclasses.replace(entry, **carried)
    answers_to = dict.fromkeys([*entry.aliases, *(h.entry.id for h in superseded)])
    answers_to.pop(entry.id, None)
    return dataclasses.replace(entry, aliases=tuple(answers_to))
