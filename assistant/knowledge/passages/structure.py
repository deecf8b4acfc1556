"""The structure of an entry's Markdown: its paragraphs, list items and table rows, each with its place in the text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from markdown_it.token import Token

from assistant.knowledge.rendering import tokens_of

_LINE = re.compile(r"\r\n|\r|\n")
_REMEMBERED = 1000


class Shape(StrEnum):
    """What a piece is in the text."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True)
class Piece:
    """One paragraph, list item or table row.

    ``start`` and ``end`` are offsets into the text, an item's with what is nested in it; ``own_end`` is where its own words
    end. ``group`` numbers the list or table, ``depth`` counts the lists around an item, ``parent`` is the place of the item it
    is nested in. ``heading`` is the heading of the section, ``part`` the number of the part between dividing lines, None where
    there is only one. ``cells`` and ``header`` are the texts of a row and of its table's head; ``table`` is the head's place.
    """

    shape: Shape
    start: int
    end: int
    own_end: int
    group: int
    depth: int = 0
    parent: int | None = None
    heading: str | None = None
    part: int | None = None
    cells: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    table: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Structure:
    """A text and its pieces in order."""

    text: str
    pieces: tuple[Piece, ...]

    def own(self, piece: Piece) -> str:
        """Return the words of a piece without what is nested in it."""
        return self.text[piece.start : piece.own_end]

    def whole(self, piece: Piece) -> str:
        """Return a piece with what is nested in it."""
        return self.text[piece.start : piece.end]

    def rows(self) -> tuple[Piece, ...]:
        """Return the rows of all tables."""
        return tuple(p for p in self.pieces if p.shape is Shape.ROW)


@lru_cache(maxsize=_REMEMBERED)
def structure_of(text: str) -> Structure:
    """Read the structure of any text; texts that are no Markdown are paragraphs."""
    return Structure(text, tuple(_Reading(text).pieces()))


class _Reading:
    """One pass over the tokens of a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = tokens_of(text)
        self._line_starts = [0, *(m.end() for m in _LINE.finditer(text)), len(text)]
        self._parts = sum(t.type == "hr" and t.level == 0 for t in self._tokens) + 1
        self._heading: str | None = None
        self._part = 1
        self._groups = 0

    def pieces(self) -> list[Piece]:
        found: list[Piece] = []
        lists: list[int] = []
        items: list[int] = []
        firsts = _first_nested_lines(self._tokens)
        for at, token in enumerate(self._tokens):
            if token.type == "hr" and token.level == 0:
                self._part, self._heading = self._part + 1, None
            elif token.type == "heading_open" and token.level == 0:
                self._heading = self._tokens[at + 1].content or None
            elif token.type in {"bullet_list_open", "ordered_list_open"}:
                self._groups += 1
                lists.append(self._groups)
            elif token.type in {"bullet_list_close", "ordered_list_close"}:
                lists.pop()
            elif token.type == "list_item_open":
                items.append(len(found))
                found.append(self._item(token, lists, items[-2] if len(items) > 1 else None, firsts.get(at)))
            elif token.type == "list_item_close":
                items.pop()
            elif token.type == "paragraph_open" and not items:
                self._groups += 1
                found.append(self._piece(Shape.PARAGRAPH, token, self._groups))
            elif token.type == "table_open" and not items:
                self._groups += 1
                found += self._rows(at)
        return found

    def _item(self, token: Token, lists: Sequence[int], parent: int | None, nested: int | None) -> Piece:
        start, end = self._span(token)
        own_end = self._trimmed(start, self._line_starts[nested]) if nested is not None else end
        return self._located(Shape.ITEM, start, end, own_end, lists[-1], len(lists), parent)

    def _piece(self, shape: Shape, token: Token, group: int) -> Piece:
        start, end = self._span(token)
        return self._located(shape, start, end, end, group)

    def _located(
        self,
        shape: Shape,
        start: int,
        end: int,
        own: int,
        group: int,
        depth: int = 0,
        parent: int | None = None,
    ) -> Piece:
        part = self._part if self._parts > 1 else None
        return Piece(shape, start, end, own, group, depth, parent, self._heading, part)

    def _rows(self, at: int) -> Iterator[Piece]:
        header: tuple[str, ...] = ()
        head = self._tokens[at].map or [0, 0]
        table = self._line_starts[head[0]], self._line_starts[min(head[0] + 2, head[1])]
        for row_at, row in _until(self._tokens, at, "table_close"):
            if row.type != "tr_open":
                continue
            cells = tuple(
                t.content for _, t in _until(self._tokens, row_at, "tr_close") if t.type == "inline"
            )
            if not header:
                header = cells
                continue
            start, end = self._span(row)
            part = self._part if self._parts > 1 else None
            yield Piece(
                Shape.ROW, start, end, end, self._groups, 0, None, self._heading, part, cells, header, table
            )

    def _span(self, token: Token) -> tuple[int, int]:
        first, last = token.map or [0, 0]
        start, end = self._line_starts[first], self._line_starts[min(last, len(self._line_starts) - 1)]
        start += len(self._text[start:end]) - len(self._text[start:end].lstrip())
        return start, self._trimmed(start, end)

    def _trimmed(self, start: int, end: int) -> int:
        return start + len(self._text[start:end].rstrip())


def _until(tokens: Sequence[Token], at: int, closing: str) -> Iterator[tuple[int, Token]]:
    for place in range(at + 1, len(tokens)):
        if tokens[place].type == closing:
            return
        yield place, tokens[place]


def _first_nested_lines(tokens: Sequence[Token]) -> dict[int, int]:
    """Return for items that hold a list the line on which the first nested item begins, where that is a line of its own."""
    first: dict[int, int] = {}
    items: list[int] = []
    for at, token in enumerate(tokens):
        if token.type == "list_item_open":
            outer = tokens[items[-1]].map if items else None
            if outer and token.map and token.map[0] > outer[0]:
                first.setdefault(items[-1], token.map[0])
            items.append(at)
        elif token.type == "list_item_close":
            items.pop()
    return first
