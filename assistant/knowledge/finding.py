"""What answers a question in one edition: its id, the last answer for a follow-up, two definitions to compare, or matching."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain.entries import AnswerKind, Audience, Entry, EntryKind, Why
from assistant.domain.follow_ups import Aspect, follow_up_of
from assistant.domain.identifiers import EntryId
from assistant.knowledge.editions import Edition
from assistant.knowledge.matching.decision import Match, Scored
from assistant.knowledge.matching.words import split
from assistant.knowledge.passages.following import Pointed
from assistant.knowledge.passages.reader import Reader


@dataclass(frozen=True)
class Asked:
    """A question and what it may refer to: the entries of the answer before it, and the whole question they answered."""

    text: str
    audience: Audience
    near: tuple[EntryId, ...] = ()
    previous: str | None = None


@dataclass(frozen=True)
class Followed:
    """A follow-up within the last answer: what was wanted of it, and where that stands; nothing if it is not there."""

    aspect: Aspect
    pointed: tuple[Pointed, ...]


def find(asked: Asked, edition: Edition, reader: Reader) -> Match:
    """Return what answers a question that is whole, or is to be read together with the one before it."""
    return (
        _of_id(asked, edition)
        or _compared(asked, edition, reader)
        or _continued(asked, edition, reader)
        or edition.match(asked.text, asked.audience, _resolved(asked.near, edition), asked.previous)
    )


def follow(asked: Asked, edition: Edition, reader: Reader) -> Followed | None:
    """Return what a follow-up is about within the entries of the last answer; None for a question of its own.

    A short name is a question of its own where it asks for an entry word for word, unless it is tied to what was said
    ("and LMP?"), or where the last answer does not hold it.
    """
    follow_up = follow_up_of(asked.text)
    last = (edition.entries.find(entry_id) for entry_id in _resolved(asked.near, edition))
    entries = [entry for entry in last if entry and asked.audience in entry.audience]
    if follow_up is None or not entries:
        return None
    pointed = reader.follow(follow_up, asked.text, entries, asked.previous)
    if follow_up.aspect is Aspect.CASE:
        whole = not follow_up.connected and _is_exact(asked, edition)
        return Followed(Aspect.CASE, pointed) if pointed and not whole else None
    return Followed(follow_up.aspect, pointed)


def _is_exact(asked: Asked, edition: Edition) -> bool:
    return edition.match(asked.text, asked.audience).kind is AnswerKind.EXACT


def _of_id(asked: Asked, edition: Edition) -> Match | None:
    entry = edition.entries.find(asked.text.strip())
    if entry is None or entry.kind is EntryKind.RULE or asked.audience not in entry.audience:
        return None
    scored = Scored(entry, 1.0, (), Why(matched=(entry.id,)), same=True)
    return Match(AnswerKind.EXACT, (scored,), (scored,), confidence=1.0)


def _compared(asked: Asked, edition: Edition, reader: Reader) -> Match | None:
    """Match a question that compares two defined terms with both definitions; a term that nothing knows is missing."""
    comparison = reader.compared(asked.text)
    if comparison is None:
        return None
    found = [(n, e) for n, e in zip(comparison.names, comparison.entries, strict=True) if _seen(e, asked)]
    both = tuple(Scored(e, 1.0, (), Why(matched=tuple(split(name)))) for name, e in found if e)
    if len(both) == len(comparison.names):
        return Match(AnswerKind.CLOSEST, both, both, confidence=1.0)
    other = next((n for n, e in zip(comparison.names, comparison.entries, strict=True) if e is None), None)
    alone = edition.match(other, asked.audience) if other and both else None
    unknown = alone is not None and not alone.chosen and alone.missing
    return Match(AnswerKind.NONE, (), both, (other,)) if other and unknown else None


def _continued(asked: Asked, edition: Edition, reader: Reader) -> Match | None:
    """Match "and TMRM?" with the definition of TMRM, where a definition was the last answer."""
    last = [edition.entries.find(entry_id) for entry_id in asked.near[:1]]
    if not any(entry and entry.kind is EntryKind.DEFINITION for entry in last):
        return None
    entry = reader.continued(asked.text)
    if entry is None or not _seen(entry, asked):
        return None
    scored = Scored(entry, 1.0, (), Why(matched=tuple(split(entry.question))))
    return Match(AnswerKind.CLOSEST, (scored,), (scored,), confidence=1.0)


def _seen(entry: Entry | None, asked: Asked) -> bool:
    return entry is not None and asked.audience in entry.audience


def _resolved(near: Sequence[EntryId], edition: Edition) -> tuple[EntryId, ...]:
    found = (edition.entries.find(entry_id) for entry_id in near)
    return tuple(entry.id for entry in found if entry)
