"""Which entries a list shows, and where each of them stands."""

from collections.abc import Iterable, Mapping
from datetime import date

from assistant.domain.editing import EntriesBy, EntryList, ListedEntry, Show
from assistant.domain.entries import Entry, Head, VersionState
from assistant.domain.identifiers import EntryId


def listed(
    heads: Iterable[Head],
    in_force: Mapping[EntryId, int],
    asked: Mapping[EntryId, int],
    by: EntriesBy,
    today: date,
) -> EntryList:
    """Return the entries that are wanted, by question; ``in_force`` holds versions, ``asked`` how often each was answered."""
    heads = tuple(heads)
    found = [
        ListedEntry(head, stands(head), in_force.get(head.entry.id), asked.get(head.entry.id, 0))
        for head in heads
        if _fits(head, by, head.entry.id in in_force, today)
    ]
    documents = sorted({head.entry.source.document for head in heads})
    return EntryList(
        tuple(sorted(found, key=lambda e: (e.head.entry.question.casefold(), e.head.entry.id))),
        tuple(documents),
    )


def stands(head: Head) -> Show:
    """Tell where the newest version of an entry stands."""
    if head.retired:
        return Show.RETIRED
    if head.state is VersionState.DRAFT:
        return Show.DRAFT
    return Show.IN_FORCE if head.state is VersionState.APPROVED else Show.PROPOSED


def is_older(document_date: str, months: int, today: date) -> bool:
    """Tell whether a document date (``YYYY-MM`` or with a day) lies more than so many months before a day."""
    year, month = (int(part) for part in document_date.split("-")[:2])
    return (today.year - year) * 12 + today.month - month > months


def _fits(head: Head, by: EntriesBy, is_in_force: bool, today: date) -> bool:  # noqa: FBT001 - one fact among several
    if by.show is Show.CURRENT:
        shown = not head.retired
    elif by.show is Show.IN_FORCE:
        shown = is_in_force
    else:
        shown = stands(head) is by.show
    entry = head.entry
    return (
        shown
        and (by.older_than is None or is_older(entry.source.date, by.older_than, today))
        and (not by.audience or by.audience in entry.audience)
        and (not by.document or by.document == entry.source.document)
        and _holds(entry, by.words)
    )


def _holds(entry: Entry, words: str) -> bool:
    text = "\n".join((entry.id, entry.question, entry.text, entry.topic, *entry.alternates, *entry.aliases))
    return all(word in text.casefold() for word in words.casefold().split())
