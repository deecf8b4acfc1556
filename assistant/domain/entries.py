"""Knowledge as values: entries, their versions and sources, and the answers made of them.

An answer carries the stored text of approved entry versions, unchanged; nothing here composes text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from assistant.domain.follow_ups import Aspect
from assistant.domain.identifiers import EntryId, UserId


class Audience(StrEnum):
    """Who an entry is for; an entry may name both."""

    PARTNER = "partner"
    SALES = "sales"


class EntryKind(StrEnum):
    """``question`` answers a question, ``definition`` explains a glossary term, ``procedure`` shows screens.

    ``rule`` states a setting of this platform: it is cited and can be read, but answers no question about policy.
    """

    QUESTION = "question"
    DEFINITION = "definition"
    PROCEDURE = "procedure"
    RULE = "rule"


class AnswerKind(StrEnum):
    """The kinds of the contract."""

    EXACT = "exact"
    CLOSEST = "closest"
    CHOOSE = "choose"
    BRANCHES = "branches"
    NONE = "none"
    WITHDRAWN = "withdrawn"


class Abstention(StrEnum):
    """Why no answer was given; each class has its own words and next step."""

    NOT_IN_POLICY = "not_in_policy"
    AMBIGUOUS = "ambiguous"
    NOT_PERMITTED = "not_permitted"
    UNSAFE = "unsafe"
    WITHDRAWN = "withdrawn"


class VersionState(StrEnum):
    """The life of one version: written, put forward, in force or once in force, and taken out."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    RETIRED = "retired"


@dataclass(frozen=True)
class Source:
    """Where an entry stands: document, heading as written, document date ``YYYY-MM`` and first line (1-based)."""

    document: str
    heading: str
    date: str
    line: int | None = None


@dataclass(frozen=True)
class Entry:
    """One approved version of one entry, as published.

    ``text`` is Markdown exactly as stored and is what an answer must show, byte for byte. ``aliases`` are further
    ids it answers to; ``alternates`` are other ways to ask; ``workflow`` is the flow id it explains;
    ``reviewed`` is a date ``YYYY-MM-DD`` or None.
    """

    id: EntryId
    version: int
    kind: EntryKind
    question: str
    text: str
    source: Source
    aliases: tuple[EntryId, ...] = ()
    alternates: tuple[str, ...] = ()
    audience: tuple[Audience, ...] = (Audience.PARTNER, Audience.SALES)
    topic: str = ""
    related: tuple[EntryId, ...] = ()
    workflow: str | None = None
    reviewed: str | None = None


@dataclass(frozen=True)
class Head:
    """The newest version of an entry at the editing desk, which may not be published yet.

    ``collection`` names the imported document it came with (not always the document it cites); a ``retired`` entry
    is part of no further publication, and ``successor`` answers in its place. ``author`` and ``retired_by`` name who
    wrote the version and who retired the entry, by id; None is whoever works at the machine itself.
    """

    entry: Entry
    collection: str
    state: VersionState
    retired: bool = False
    author: UserId | None = None
    retired_by: UserId | None = None
    successor: EntryId | None = None


@dataclass(frozen=True)
class Publication:
    """An immutable set of entry versions: its content hash (64 hex digits), when it was put in force, its size.

    ``number`` counts the times any publication was put in force; ``back`` is the number a rollback returns to. ``person``
    is who put it in force, and ``reason`` why, where one was given.
    """

    hash: str
    number: int
    at: datetime
    size: int
    back: int | None = None
    person: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Gap:
    """A question that nothing answers: how often it was asked, by how many askers, and which words were missing."""

    id: str
    question: str
    count: int
    askers: int
    missing: tuple[str, ...]
    last: datetime


@dataclass(frozen=True)
class Why:
    """How a match came about: the words that matched, glossary expansions, and repaired spellings."""

    matched: tuple[str, ...] = ()
    expanded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    repaired: Mapping[str, str] = field(default_factory=dict)


class PassageKind(StrEnum):
    """What a passage is of its text: a table row, a reason, an example, one case of several, or another part."""

    ROW = "row"
    REASON = "reason"
    EXAMPLE = "example"
    BRANCH = "branch"
    PART = "part"


@dataclass(frozen=True)
class Passage:
    """The piece of an entry that a question is about: ``text`` is the entry's text from ``start`` to ``end``, unchanged.

    ``label`` names a case in the text's own words. ``heading`` is the heading of the section it stands in, ``part`` the
    number of the part between dividing lines, each None where there is none. ``html`` is the passage rendered; a row
    comes with the head of its table.
    """

    kind: PassageKind
    text: str
    start: int
    end: int
    heading: str | None = None
    part: int | None = None
    label: str | None = None
    html: str = ""


@dataclass(frozen=True)
class AnsweredEntry:
    """An entry in an answer: rendered safe HTML beside the text, the age warning, and why it matched.

    ``aged`` is true when the document date is more than two years before the day of asking. ``passages`` point at the
    pieces of the text that the question is about, in the order of the text; none means the whole.
    """

    entry: Entry
    html: str
    aged: bool
    why: Why = field(default_factory=Why)
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class Answer:
    """The result of one question.

    ``missing`` are the discriminating words that matched nothing; ``gap`` is the id of the recorded gap
    (``Q-0001``) when ``kind`` is none; ``nearest`` are topics to offer, not answers. ``aspect`` is what the question wanted
    of the entries of the answer before, None for a question of its own.
    """

    kind: AnswerKind
    abstain: Abstention | None
    entries: tuple[AnsweredEntry, ...]
    missing: tuple[str, ...] = ()
    gap: str | None = None
    nearest: tuple[Entry, ...] = ()
    aspect: Aspect | None = None


@dataclass(frozen=True)
class Suggestion:
    """One line under the question field."""

    id: EntryId
    question: str
    topic: str


@dataclass(frozen=True)
class EntryVersion:
    """A line in an entry's history; ``state`` is draft, proposed, approved or retired."""

    version: int
    state: str
    text: str
    source: Source
    published: str | None
