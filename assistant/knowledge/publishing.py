"""Putting a set of entry versions in force, and the rule that approved facts do not change unnoticed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.domain.entries import Entry, Publication
from assistant.domain.errors import InvalidInput, NotFound, PolicyUnsettled
from assistant.domain.identifiers import EntryId
from assistant.knowledge.bindings import Bindings, read_facts
from assistant.knowledge.catalogue import EntrySet, publication_hash, same_content
from assistant.knowledge.documents.model import Document
from assistant.knowledge.importing import carry_out, plan_import
from assistant.ports.storage.knowledge import KnowledgeUnit

DESK = "desk"
"""The name of what would be published next, where a publication can be named."""

DESK_LOCK = "knowledge desk"
"""Whoever changes entries or publications reads all of them first, so one goes after the other."""

RULES_FILE = "platform.md"
"""The file of the default knowledge that holds the entries of the platform's own rules."""

FIRST_RULE = EntryId("platform-plans")
"""One of these entries, by which it shows whether they were ever there."""


@dataclass(frozen=True)
class Difference:
    """What differs between two sets: ids only in the second, only in the first, and in both with other content."""

    added: tuple[EntryId, ...]
    removed: tuple[EntryId, ...]
    changed: tuple[EntryId, ...]


def publish(unit: KnowledgeUnit, bindings: Bindings, at: datetime, *, approve_facts: bool) -> Publication:
    """Approve the newest versions of all entries that are not retired and put them in force.

    Publishing what is in force already changes nothing. Raises PolicyUnsettled when an approved fact would change or
    vanish from its text, InvalidInput when there is nothing to publish.
    """
    entries = at_the_desk(unit)
    if not entries:
        raise InvalidInput("knowledge", "there is nothing to publish; import a document first")
    current = unit.publications.in_force()
    digest = publication_hash(entries)
    if current and current.hash == digest:
        return current
    settle_facts(unit, entries, bindings, at, approve_facts=approve_facts)
    unit.entries.approve({e.id: e.version for e in entries}, at)
    unit.publications.add(digest, entries, at)
    return unit.publications.put_in_force(digest, at, current.number if current else None)


def roll_back(unit: KnowledgeUnit, bindings: Bindings, at: datetime, *, approve_facts: bool) -> Publication:
    """Put the publication before the one in force in force again. Raises NotFound, PolicyUnsettled."""
    current = unit.publications.in_force()
    back = unit.publications.at(current.back) if current and current.back else None
    if back is None:
        raise NotFound("There is no publication to go back to.")
    entries = unit.publications.entries(back.hash)
    settle_facts(unit, entries, bindings, at, approve_facts=approve_facts)
    return unit.publications.put_in_force(back.hash, at, back.back)


def add_rules(unit: KnowledgeUnit, document: Document, at: datetime) -> None:
    """Put the entries of the platform's own rules in force beside what is in force, and nothing else of the desk."""
    current = unit.publications.in_force()
    if current is None or unit.entries.history(FIRST_RULE):
        return
    plan = plan_import(unit.entries.heads(), [document], replace=False)
    carry_out(unit, plan, at)
    added = [planned.entry for planned in plan.new]
    entries = (*unit.publications.entries(current.hash), *added)
    unit.entries.approve({entry.id: entry.version for entry in added}, at)
    digest = publication_hash(entries)
    unit.publications.add(digest, entries, at)
    unit.publications.put_in_force(digest, at, current.number)


def settle_facts(
    unit: KnowledgeUnit, entries: Sequence[Entry], bindings: Bindings, at: datetime, *, approve_facts: bool
) -> None:
    """Hold the facts of a set against the approved ones; approve those never stated before.

    A fact whose entry is absent altogether is left alone: it is absent from the policy, and the backend refuses.
    """
    approved = unit.facts.approved()
    stated = read_facts(EntrySet(entries), bindings)
    unsettled = [name for name, value in stated.items() if name in approved and value != approved[name]]
    if unsettled and not approve_facts:
        raise _unsettled(unsettled[0], approved, stated)
    values = {name: value for name, value in stated.items() if value is not None}
    unit.facts.approve({n: v for n, v in values.items() if approved.get(n) != v}, at)


def _unsettled(name: str, approved: dict[str, int], stated: dict[str, int | None]) -> PolicyUnsettled:
    old, new = approved[name], stated[name]
    states = "no longer states it" if new is None else f"states {new}"
    return PolicyUnsettled(
        f"The fact {name} was approved as {old}, and the text to be published {states}. Nothing was published. "
        "Publish with --approve-facts if this is meant.",
        fact=name,
        old=old,
        new=new,
    )


def at_the_desk(unit: KnowledgeUnit) -> tuple[Entry, ...]:
    """Return the versions that would be published next: of every entry that is not retired the newest that is no draft."""
    return tuple(head.entry for head in unit.entries.heads(drafts=False) if not head.retired)


def named_entries(unit: KnowledgeUnit, name: str) -> tuple[Entry, ...]:
    """Return the entries of a publication named by number, by the start of its hash, or of the desk.

    Raises NotFound.
    """
    if name == DESK:
        return at_the_desk(unit)
    for publication in unit.publications.all():
        if name == str(publication.number) or (len(name) > 3 and publication.hash.startswith(name)):  # noqa: PLR2004
            return unit.publications.entries(publication.hash)
    raise NotFound(
        f"There is no publication {name[:80]!r}; name one by its number, its hash, or as {DESK!r}."
    )


def difference(old: Sequence[Entry], new: Sequence[Entry]) -> Difference:
    """Compare two sets by content."""
    before, after = {e.id: e for e in old}, {e.id: e for e in new}
    shared = sorted(before.keys() & after.keys())
    return Difference(
        added=tuple(sorted(after.keys() - before.keys())),
        removed=tuple(sorted(before.keys() - after.keys())),
        changed=tuple(i for i in shared if not same_content(before[i], after[i])),
    )
