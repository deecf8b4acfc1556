"""What an import is made of."""

from dataclasses import dataclass, field
from typing import Literal

from assistant.domain.entries import Entry

Attribute = Literal["aliases", "alternates", "audience", "topic", "related", "workflow", "reviewed"]
Line = tuple[int, str]
"""A line number (1-based) and the line without its end."""


@dataclass(frozen=True)
class SourceFile:
    """A file handed in: its name (without folders) and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Notice:
    """Something to tell about a line of a file: a warning, or what was left out and why."""

    file: str
    line: int
    text: str


@dataclass(frozen=True)
class Draft:
    """An entry read from a file. ``stated`` are the attributes the file gives; the others may be carried over."""

    entry: Entry
    stated: frozenset[Attribute] = frozenset()


@dataclass(frozen=True)
class Document:
    """A file as read: its name and date, its entries in the file's order, and what there is to tell."""

    name: str
    date: str
    drafts: tuple[Draft, ...]
    left_out: tuple[Notice, ...] = ()
    warnings: tuple[Notice, ...] = ()


@dataclass
class Report:
    """Collects what there is to tell while one file is read."""

    file: str
    left_out: list[Notice] = field(default_factory=list)
    warnings: list[Notice] = field(default_factory=list)

    def warn(self, line: int, text: str) -> None:
        """Note a warning."""
        self.warnings.append(Notice(self.file, line, text))

    def leave_out(self, line: int, text: str) -> None:
        """Note what was left out and why."""
        self.left_out.append(Notice(self.file, line, text))


@dataclass
class Section:
    """A heading and the lines under it, up to the next heading of its level or above."""

    level: int
    title: str
    line: int
    lines: list[Line] = field(default_factory=list)


@dataclass
class Page:
    """A top-level heading: the lines before its first question, and its questions."""

    title: str
    line: int
    own: list[Line] = field(default_factory=list)
    questions: list[Section] = field(default_factory=list)
