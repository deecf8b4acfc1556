"""The glossary as groups of words of one meaning, read from the definitions of a publication."""

import re
from collections.abc import Iterable

from assistant.domain.entries import Entry, EntryKind
from assistant.knowledge.documents.definitions import meaning_of
from assistant.knowledge.matching.words import split

_BRACKETED = re.compile(r"^(.*?\S)\s*\(([A-Za-z0-9]{2,8})\)\s*(.*)$")
_END = re.compile(r"[,;:(.]|\s(?:which|that|who|where|in|for|from)\s")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


def glossary_groups(entries: Iterable[Entry]) -> list[list[str]]:
    """Return ``[short form, long form]`` for every definition whose long form spells its short form.

    ``LMP = License Management Platform`` gives such a group, and so does a bracket: ``Worry-Free (WF)``.
    """
    groups = []
    for entry in entries:
        if entry.kind is EntryKind.DEFINITION:
            groups += [group for group in (_spelt_out(entry), _bracketed(entry)) if group]
    return groups


def ways_to_name(term: str) -> list[str]:
    """Return a defined term as written and with its bracketed short form left out or in its place."""
    match = _BRACKETED.match(term)
    if not match:
        return [term]
    long, short, rest = match.groups()
    return [term, f"{long} {rest}".strip(), f"{short} {rest}".strip()]


def _spelt_out(entry: Entry) -> list[str] | None:
    meaning = _ARTICLE.sub("", meaning_of(entry.text))
    long = _END.split(meaning, maxsplit=1)[0].strip()
    initials = "".join(word[0] for word in split(long))
    return (
        [entry.question, long] if len(initials) > 1 and initials == "".join(split(entry.question)) else None
    )


def _bracketed(entry: Entry) -> list[str] | None:
    match = _BRACKETED.match(entry.question)
    return [match[2], match[1]] if match and not match[3] else None
