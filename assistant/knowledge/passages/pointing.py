"""From a piece to a passage: the exact part of the text, and how it is rendered."""

import textwrap

from assistant.domain.entries import Passage, PassageKind
from assistant.knowledge.passages.structure import Piece, Shape, Structure
from assistant.knowledge.rendering import to_html


def passage(
    structure: Structure, piece: Piece, kind: PassageKind, *, own: bool = False, label: str | None = None
) -> Passage:
    """Return the passage of a piece, of its ``own`` words only or with what is nested in it."""
    end = piece.own_end if own else piece.end
    text = structure.text[piece.start : end]
    return Passage(
        kind, text, piece.start, end, piece.heading, piece.part, label, _html(structure, piece, text)
    )


def _html(structure: Structure, piece: Piece, text: str) -> str:
    if piece.shape is Shape.ROW:
        start, end = piece.table
        head = structure.text[start:end].rstrip()
        return to_html(f"{head}\n{text}")
    line = max(structure.text.rfind(end, 0, piece.start) for end in "\r\n") + 1
    # what is nested keeps its place below the item, wherever the item stood
    return to_html(textwrap.dedent(" " * (piece.start - line) + text))
