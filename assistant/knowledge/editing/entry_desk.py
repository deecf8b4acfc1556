"""The entries at the desk: listing, looking, trying, and every change as a new version."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from assistant.domain.editing import (
    Act,
    DeskAct,
    EntriesBy,
    EntryAtDesk,
    EntryForm,
    EntryList,
    FieldDiff,
    KeptVersion,
    Looked,
    Person,
    Tried,
)
from assistant.domain.entries import AnsweredEntry, Entry, Head, VersionState
from assistant.domain.errors import Conflict, InvalidInput, NotFound
from assistant.domain.identifiers import EntryId
from assistant.domain.library import is_aged
from assistant.knowledge.bindings import Bindings, shipped_bindings
from assistant.knowledge.catalogue import same_content
from assistant.knowledge.editing.forms import Known, entry_of, form_of, with_alias, with_alternate
from assistant.knowledge.editing.listing import listed
from assistant.knowledge.editing.people import Who, editor
from assistant.knowledge.editing.remarks import facts_at_stake, remarks_on
from assistant.knowledge.editing.trying import tried
from assistant.knowledge.editing.word_diff import field_diffs
from assistant.knowledge.editions import Edition
from assistant.knowledge.matching.semantic.encoders import Encoder, no_encoder
from assistant.knowledge.publishing import DESK_LOCK, at_the_desk
from assistant.knowledge.rendering import to_html
from assistant.ports.clock import Clock
from assistant.ports.storage import Storage
from assistant.ports.storage.knowledge import KnowledgeUnit

WRITTEN_HERE = "Desk"
"""The collection of entries that were not imported with a document."""
_ACTS_SHOWN = 50


@dataclass(frozen=True)
class EntryDesk:
    """The use cases of an editor.

    ``flows`` are the workflows that an entry can explain, ``edition`` gives the one in force.
    """

    storage: Storage[KnowledgeUnit]
    clock: Clock
    edition: Callable[[], Edition]
    flows: Collection[str] = ()
    encoder: Callable[[], Encoder | None] = no_encoder
    bindings: Bindings | None = None

    def listed(self, who: Who, by: EntriesBy) -> EntryList:
        """Return the entries that are wanted, by question. Raises Forbidden."""
        editor(who)
        with self.storage.reading() as unit:
            heads, in_force, asked = unit.entries.heads(), _in_force(unit), unit.asked.counts()
        return listed(heads, {i: e.version for i, e in in_force.items()}, asked, by, self.clock.now().date())

    def show(self, who: Who, entry_id: EntryId) -> EntryAtDesk:
        """Return one entry whole. Raises Forbidden, NotFound."""
        editor(who)
        with self.storage.reading() as unit:
            heads = _heads(unit)
            head = _found(heads, entry_id)
            in_force = _in_force(unit).get(head.entry.id)
            facts = facts_at_stake(head.entry, self._bindings, unit.facts.approved())
            versions = unit.entries.kept(head.entry.id)
            acts = unit.acts.newest(_ACTS_SHOWN, head.entry.id)
        named = (*head.entry.related, *([head.successor] if head.successor else []))
        titles = {i: heads[i].entry.question for i in named if i in heads}
        return EntryAtDesk(head, versions, in_force.version if in_force else None, acts, facts, titles)

    def form(self, who: Who, entry_id: EntryId) -> tuple[EntryForm, Head]:
        """Return the newest version as the fields of the editor. Raises Forbidden, NotFound."""
        editor(who)
        with self.storage.reading() as unit:
            head = _found(_heads(unit), entry_id)
        return form_of(head.entry), head

    def compared(self, who: Who, entry_id: EntryId, old: int, new: int) -> tuple[FieldDiff, ...]:
        """Return what differs between two versions of an entry, word by word. Raises Forbidden, NotFound."""
        editor(who)
        with self.storage.reading() as unit:
            kept = {version.entry.version: version.entry for version in unit.entries.kept(entry_id)}
        if old not in kept or new not in kept:
            raise NotFound(f"There is no such version of {entry_id[:80]!r}.")
        return field_diffs(kept[old], kept[new])

    def against(self, who: Who, entry_id: EntryId, form: EntryForm) -> tuple[FieldDiff, ...]:
        """Return what differs from the newest version to what was typed. Raises Forbidden, NotFound, InvalidInput."""
        editor(who)
        with self.storage.reading() as unit:
            heads = _heads(unit)
        head = _found(heads, entry_id)
        return field_diffs(head.entry, entry_of(form, head.entry, self._known(heads)))

    def look(self, who: Who, entry_id: EntryId | None, form: EntryForm) -> Looked:
        """Return what the typed entry would be, and what there is to say to it. Raises Forbidden, NotFound, InvalidInput."""
        editor(who)
        with self.storage.reading() as unit:
            heads, approved, others = _heads(unit), unit.facts.approved(), at_the_desk(unit)
        base = _found(heads, entry_id).entry if entry_id else None
        entry = entry_of(form, base, self._known(heads))
        card = AnsweredEntry(entry, to_html(entry.text), is_aged(entry.source.date, self.clock.now().date()))
        facts = facts_at_stake(entry, self._bindings, approved)
        return Looked(card, remarks_on(entry, others), facts)

    def try_question(self, who: Who, entry_id: EntryId | None, form: EntryForm, question: str) -> Tried:
        """Return what a question would lead to with the typed entry in force. Raises Forbidden, NotFound, InvalidInput."""
        editor(who)
        if not question.strip():
            raise InvalidInput("try", "is needed: a question to try")
        with self.storage.reading() as unit:
            heads, others = _heads(unit), at_the_desk(unit)
        base = _found(heads, entry_id).entry if entry_id else None
        return tried(
            entry_of(form, base, self._known(heads)), others, question, self.encoder(), self.edition()
        )

    def try_alternate(self, who: Who, entry_id: EntryId, question: str, asked: str) -> Tried:
        """Return what ``asked`` would lead to if an entry were also asked by ``question``. Raises as ``add_alternate``."""
        editor(who)
        with self.storage.reading() as unit:
            head, others = _found(_heads(unit), entry_id), at_the_desk(unit)
        return tried(with_alternate(head.entry, question), others, asked, self.encoder(), self.edition())

    def save(self, who: Who, entry_id: EntryId | None, seen: int, form: EntryForm, *, propose: bool) -> Entry:
        """Store what was typed as a new version, a draft or proposed for the next publication; return it.

        ``seen`` is the version that the editor began from, 0 for a new entry. What changes nothing makes no version. Raises
        Forbidden, NotFound, InvalidInput, and Conflict with ``person`` and ``version`` where somebody else was quicker.
        """
        person, now = editor(who), self.clock.now()
        with self.storage.writing() as unit:
            unit.serialise(DESK_LOCK)
            heads = _heads(unit)
            head = _found(heads, entry_id) if entry_id else None
            if head:
                _refuse_stale(unit, head, seen)
            entry = entry_of(form, head.entry if head else None, self._known(heads))
            if head and not head.retired and same_content(entry, head.entry):
                entry = head.entry
                if propose and head.state is VersionState.DRAFT:
                    _propose(unit, person, entry, now)
            else:
                state = VersionState.PROPOSED if propose else VersionState.DRAFT
                _add(unit, person, entry, head, state, now)
            unit.commit()
        return entry

    def propose(self, who: Who, entry_id: EntryId, seen: int) -> Entry:
        """Put the newest version forward, if it is a draft. Raises Forbidden, NotFound, Conflict."""
        person, now = editor(who), self.clock.now()
        with self.storage.writing() as unit:
            unit.serialise(DESK_LOCK)
            head = _found(_heads(unit), entry_id)
            _refuse_stale(unit, head, seen)
            if head.state is VersionState.DRAFT:
                _propose(unit, person, head.entry, now)
            unit.commit()
        return head.entry

    def add_alternate(self, who: Who, entry_id: EntryId, question: str) -> Entry:
        """Let an entry be asked in one more way; return the version that knows it, proposed unless there is a draft.

        Raises Forbidden, NotFound, InvalidInput.
        """
        person, now = editor(who), self.clock.now()
        with self.storage.writing() as unit:
            unit.serialise(DESK_LOCK)
            head = _found(_heads(unit), entry_id)
            if head.retired:
                raise InvalidInput("entry", "is retired; choose one that answers")
            entry = with_alternate(head.entry, question)
            if entry is not head.entry:
                _add(unit, person, entry, head, _state_after(head), now, told=question)
            unit.commit()
        return entry

    def retire(self, who: Who, entry_id: EntryId, seen: int, successor: EntryId | None = None) -> None:
        """Take an entry out of the next publication; a successor answers to its address from then on.

        Raises Forbidden, NotFound, InvalidInput, Conflict.
        """
        person, now = editor(who), self.clock.now()
        with self.storage.writing() as unit:
            unit.serialise(DESK_LOCK)
            heads = _heads(unit)
            head = _found(heads, entry_id)
            _refuse_stale(unit, head, seen)
            if successor:
                after = _successor(heads, head, successor)
                if entry_id not in after.entry.aliases:
                    heir = with_alias(after.entry, head.entry.id)
                    _add(unit, person, heir, after, _state_after(after), now, told=f"answers to {entry_id}")
            unit.entries.retire([head.entry.id], person, successor)
            _record(unit, person, Act.RETIRED, head.entry, now, told=successor or "")
            unit.commit()

    def restore(self, who: Who, entry_id: EntryId, seen: int) -> None:
        """Bring a retired entry back into the next publication. Raises Forbidden, NotFound, Conflict."""
        person, now = editor(who), self.clock.now()
        with self.storage.writing() as unit:
            unit.serialise(DESK_LOCK)
            head = _found(_heads(unit), entry_id)
            _refuse_stale(unit, head, seen)
            if head.retired:
                unit.entries.move(head.entry.id, head.collection)
                _record(unit, person, Act.RESTORED, head.entry, now)
            unit.commit()

    @property
    def _bindings(self) -> Bindings:
        return self.bindings or shipped_bindings()

    def _known(self, heads: dict[EntryId, Head]) -> Known:
        return Known(heads.keys(), self.flows)


def _heads(unit: KnowledgeUnit) -> dict[EntryId, Head]:
    return {head.entry.id: head for head in unit.entries.heads()}


def _in_force(unit: KnowledgeUnit) -> dict[EntryId, Entry]:
    publication = unit.publications.in_force()
    entries = unit.publications.entries(publication.hash) if publication else ()
    return {entry.id: entry for entry in entries}


def _found(heads: dict[EntryId, Head], entry_id: EntryId) -> Head:
    head = heads.get(entry_id)
    if head is None:
        raise NotFound(f"There is no entry {entry_id[:80]!r}.")
    return head


def _refuse_stale(unit: KnowledgeUnit, head: Head, seen: int) -> None:
    if head.entry.version == seen:
        return
    newest: KeptVersion = unit.entries.kept(head.entry.id)[0]
    person = newest.author.name if newest.author else ""
    message = (
        f"{person or 'Somebody'} saved version {head.entry.version} in the meantime; nothing was changed."
    )
    raise Conflict(message, person=person, version=head.entry.version)


def _state_after(head: Head) -> VersionState:
    # a version on top of a draft is one too: proposing it would put the unfinished text forward with it
    return VersionState.DRAFT if head.state is VersionState.DRAFT else VersionState.PROPOSED


def _successor(heads: dict[EntryId, Head], head: Head, successor: EntryId) -> Head:
    found = heads.get(successor)
    if found is None or found.retired or successor == head.entry.id:
        raise InvalidInput("successor", "must be the id of another entry that is not retired, or empty")
    return found


def _add(
    unit: KnowledgeUnit,
    person: Person,
    entry: Entry,
    head: Head | None,
    state: VersionState,
    now: datetime,
    told: str = "",
) -> None:
    unit.entries.add(entry, head.collection if head else WRITTEN_HERE, now, person, state)
    act = Act.PROPOSED if state is VersionState.PROPOSED else Act.DRAFTED
    _record(unit, person, act, entry, now, told)


def _propose(unit: KnowledgeUnit, person: Person, entry: Entry, now: datetime) -> None:
    unit.entries.propose(entry.id, entry.version)
    _record(unit, person, Act.PROPOSED, entry, now)


def _record(
    unit: KnowledgeUnit, person: Person, act: Act, entry: Entry, now: datetime, told: str = ""
) -> None:
    unit.acts.record(DeskAct(now, person, act, entry.id, entry.version, told))
