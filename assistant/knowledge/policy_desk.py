"""What the licensing backend enforces, held against what is published, approved, written in the program and tested."""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from assistant.domain.entries import Entry
from assistant.domain.policy import Proof, RuleStatus, StatedFact
from assistant.knowledge.bindings import Bindings, RuleBinding, cite, read_facts, shipped_bindings
from assistant.knowledge.catalogue import EntrySet
from assistant.knowledge.publishing import at_the_desk
from assistant.ports.storage import Storage
from assistant.ports.storage.knowledge import KnowledgeUnit


class PolicyDesk:
    """Looks at the bindings of rules; ``root`` is the folder in which the program was developed, tests included, if it is one."""

    def __init__(self, storage: Storage[KnowledgeUnit], root: Path, bindings: Bindings | None = None) -> None:
        self._storage = storage
        self._root = root
        self._bindings = bindings or shipped_bindings()

    def rules(self) -> tuple[RuleStatus, ...]:
        """Return every rule, by name."""
        with self._storage.reading() as unit:
            publication = unit.publications.in_force()
            in_force = EntrySet(unit.publications.entries(publication.hash) if publication else ())
            facts = self._facts(in_force, EntrySet(at_the_desk(unit)), unit.facts.approved())
        return tuple(self._status(rule, in_force, facts) for rule in self._bindings.rules.values())

    def _facts(
        self, in_force: EntrySet, at_desk: EntrySet, approved: dict[str, int]
    ) -> dict[str, StatedFact]:
        now, then = read_facts(in_force, self._bindings), read_facts(at_desk, self._bindings)
        names = (binding.name for binding in self._bindings.facts)
        return {name: StatedFact(name, approved.get(name), now.get(name), then.get(name)) for name in names}

    def _status(self, rule: RuleBinding, in_force: EntrySet, facts: dict[str, StatedFact]) -> RuleStatus:
        entry, fact = in_force.find(rule.entry_id), facts.get(rule.fact)
        proof = self._proof(rule.test)
        faults = [
            *_text_faults(rule, entry),
            *_fact_faults(rule, fact),
            *_enforcement_faults(rule),
        ]
        if proof is Proof.NOT_PROVED:
            faults.append(f"there is no test {rule.test or 'named for it'}")
        stated = cite(entry) if entry else None
        return RuleStatus(rule.name, stated, fact, rule.enforced, rule.test, proof, tuple(faults))

    def _proof(self, test: str) -> Proof:
        file, _, function = test.partition("::")
        if not (self._root / "pyproject.toml").is_file():
            return Proof.NOT_INSTALLED
        path = self._root / file
        named = bool(function) and path.is_file() and f"def {function}(" in path.read_text("utf-8")
        return Proof.PROVED if named else Proof.NOT_PROVED


def _text_faults(rule: RuleBinding, entry: Entry | None) -> Iterator[str]:
    if entry is None:
        yield f"no entry in force states it; there is no {rule.entry_id}"


def _fact_faults(rule: RuleBinding, fact: StatedFact | None) -> Iterator[str]:
    if not rule.fact:
        return
    if fact is None or fact.approved is None:
        yield f"the fact {rule.fact} is not approved"
        return
    for where, stated in (("in force", fact.in_force), ("at the desk", fact.at_desk)):
        if stated != fact.approved:
            states = "no longer states it" if stated is None else f"states {stated}"
            yield f"the fact {fact.name} is approved as {fact.approved}, and the text {where} {states}"


def _enforcement_faults(rule: RuleBinding) -> Iterator[str]:
    try:
        found = find_spec(rule.enforced) if rule.enforced else None
    except ModuleNotFoundError:
        found = None
    if found is None or found.origin is None:
        yield f"there is no module {rule.enforced or 'named for it'}"
    elif f'"{rule.name}"' not in Path(found.origin).read_text("utf-8"):
        yield f"{rule.enforced} does not name it"
