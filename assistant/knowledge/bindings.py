"""Bindings: how policy facts are read from entries, and which entries state which rules."""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from assistant.domain.entries import Entry
from assistant.domain.identifiers import EntryId
from assistant.domain.policy import Citation, Fact, Policy
from assistant.knowledge.catalogue import EntrySet


@dataclass(frozen=True)
class FactBinding:
    """Where a fact stands: the entry, and the patterns whose first group is its value."""

    name: str
    entry_id: EntryId
    patterns: tuple[re.Pattern[str], ...]

    def read(self, text: str) -> int | None:
        """Return the value the text states, or None if it states none or several different ones."""
        values = {int(match[1]) for pattern in self.patterns for match in pattern.finditer(text)}
        return values.pop() if len(values) == 1 else None


@dataclass(frozen=True)
class RuleBinding:
    """Which entry states a rule, the fact that the rule goes by, the module that enforces it, and the test that proves that.

    ``test`` is a file and the name of a function in it, divided by ``::``. All but the entry may be empty.
    """

    name: str
    entry_id: EntryId
    fact: str = ""
    enforced: str = ""
    test: str = ""


@dataclass(frozen=True)
class Bindings:
    """All bindings: of facts, and of rules to entries."""

    facts: tuple[FactBinding, ...]
    rules: Mapping[str, RuleBinding]


@cache
def shipped_bindings() -> Bindings:
    """Return the bindings that belong to this version of the program."""
    text = resources.files("assistant.knowledge.content").joinpath("bindings.toml").read_text("utf-8")
    return parse_bindings(text)


def parse_bindings(text: str) -> Bindings:
    """Read bindings from TOML."""
    data = tomllib.loads(text)
    facts = tuple(
        FactBinding(
            name,
            EntryId(bound["entry"]),
            tuple(re.compile(pattern, re.IGNORECASE) for pattern in bound["patterns"]),
        )
        for name, bound in sorted(data.get("facts", {}).items())
    )
    rules = {name: _rule(name, bound) for name, bound in sorted(data.get("rules", {}).items())}
    return Bindings(facts, rules)


def _rule(name: str, bound: str | Mapping[str, str]) -> RuleBinding:
    if isinstance(bound, str):
        return RuleBinding(name, EntryId(bound))
    named = {field: bound.get(field, "") for field in ("fact", "enforced", "test")}
    return RuleBinding(name, EntryId(bound["entry"]), **named)


def cite(entry: Entry) -> Citation:
    """Return the citation of an entry version."""
    source = entry.source
    return Citation(entry.id, entry.version, source.heading, source.document, source.date)


def read_facts(entries: EntrySet, bindings: Bindings) -> dict[str, int | None]:
    """Return the stated value of each fact whose entry is there; None where its text states none."""
    found = ((binding, entries.find(binding.entry_id)) for binding in bindings.facts)
    return {binding.name: binding.read(entry.text) for binding, entry in found if entry}


def read_policy(entries: EntrySet, bindings: Bindings) -> Policy:
    """Return the policy that a set of entries states."""
    facts = {}
    for binding in bindings.facts:
        entry = entries.find(binding.entry_id)
        value = binding.read(entry.text) if entry else None
        if entry and value is not None:
            facts[binding.name] = Fact(binding.name, value, cite(entry))
    named = {rule: entries.find(bound.entry_id) for rule, bound in bindings.rules.items()}
    citations = {rule: cite(entry) for rule, entry in named.items() if entry}
    return Policy(facts, citations, _revision(facts, citations))


def _revision(facts: Mapping[str, Fact], citations: Mapping[str, Citation]) -> str:
    listed = [
        *(repr(facts[name]) for name in sorted(facts)),
        *(f"{r}={citations[r]!r}" for r in sorted(citations)),
    ]
    return hashlib.sha256("\n".join(listed).encode()).hexdigest()[:16]
