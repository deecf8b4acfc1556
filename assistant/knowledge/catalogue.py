"""A set of entries to look things up in: by id, and by the ids that entries answer to as well."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from assistant.domain.entries import Entry, EntryKind
from assistant.domain.identifiers import EntryId


class EntrySet:
    """Entries by id and alias; an id always wins over an alias, and the first of two equal aliases counts."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(sorted(entries, key=lambda e: e.id))
        self.offered = tuple(entry for entry in self.entries if entry.kind is not EntryKind.RULE)
        """Those that answer questions: what else is published is cited and read, but never matched or suggested."""
        self._by_id: dict[EntryId, Entry] = {}
        for entry in self.entries:
            for alias in entry.aliases:
                self._by_id.setdefault(alias, entry)
        self._by_id.update({entry.id: entry for entry in self.entries})

    def find(self, entry_id: str) -> Entry | None:
        """Return the entry of this id or alias."""
        return self._by_id.get(EntryId(entry_id))


def content_of(entry: Entry) -> dict[str, object]:
    """Return what makes a version what it is: everything but its number and its line in the file."""
    # a copy in depth, which dataclasses would make, is most of what a large publication costs to name
    source = {name: value for name, value in vars(entry.source).items() if name != "line"}
    content = vars(entry) | {"source": source}
    del content["version"]
    return content


def flat_content(entry: Entry) -> dict[str, Any]:
    """Return the content of an entry with the fields of its source among the others, as ``source.date``."""
    content: dict[str, Any] = content_of(entry)
    source = content.pop("source")
    return {**content, **{f"source.{name}": value for name, value in source.items()}}


def same_content(one: Entry, other: Entry) -> bool:
    """Tell whether two versions say the same in every respect."""
    return content_of(one) == content_of(other)


def publication_hash(entries: Sequence[Entry]) -> str:
    """Return the content hash of a set of versions: 64 hex digits, the same wherever and whenever it is built."""
    listed = [[e.version, content_of(e)] for e in sorted(entries, key=lambda e: e.id)]
    return hashlib.sha256(json.dumps(listed, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
