"""What is told about a text before it is kept: what looks doubtful in it, and which enforced facts hang on it."""

from collections.abc import Iterable, Mapping, Sequence

from assistant.domain.editing import FactAtStake, Remark
from assistant.domain.entries import Entry
from assistant.knowledge.bindings import Bindings, FactBinding
from assistant.knowledge.catalogue import EntrySet
from assistant.knowledge.documents.exporter import write_document
from assistant.knowledge.documents.model import SourceFile
from assistant.knowledge.linting.linter import lint


def remarks_on(entry: Entry, others: Sequence[Entry]) -> tuple[Remark, ...]:
    """Return what is doubtful in one entry, by line of its text; ``others`` are the entries it may rely on."""
    written = write_document(entry.source.document, entry.source.date, [entry])
    # the text stands at the end of the file, behind its attributes
    before = written.count("\n") - entry.text.count("\n") - 1
    found = lint([SourceFile(f"{entry.id}.md", written.encode())], [e for e in others if e.id != entry.id])
    return tuple(Remark(f.code, f.text, f.hint, f.line - before if f.line > before else None) for f in found)


def facts_at_stake(entry: Entry, bindings: Bindings, approved: Mapping[str, int]) -> tuple[FactAtStake, ...]:
    """Return the facts that the backend reads from an entry, as its text states them."""
    bound = (b for b in bindings.facts if b.entry_id in (entry.id, *entry.aliases))
    return tuple(_at_stake(b, b.read(entry.text), bindings, approved) for b in bound)


def facts_between(
    old: Iterable[Entry], new: Iterable[Entry], bindings: Bindings, approved: Mapping[str, int]
) -> tuple[FactAtStake, ...]:
    """Return the facts of all entries that would change, vanish or be stated anew if one set took the place of another."""
    before, after = EntrySet(old), EntrySet(new)
    stakes = []
    for bound in bindings.facts:
        was, entry = before.find(bound.entry_id), after.find(bound.entry_id)
        value = bound.read(entry.text) if entry else None
        stated = bound.read(was.text) if was else None
        if value != stated or (entry is not None and value != approved.get(bound.name)):
            stakes.append(_at_stake(bound, value, bindings, approved))
    return tuple(stakes)


def _at_stake(
    bound: FactBinding, value: int | None, bindings: Bindings, approved: Mapping[str, int]
) -> FactAtStake:
    rules = tuple(rule.name for rule in bindings.rules.values() if rule.fact == bound.name)
    return FactAtStake(bound.name, approved.get(bound.name), value, rules)
