"""Cases: sibling items of a text, or the rows of its one table, that each say what holds for one case."""

from collections import defaultdict
from dataclasses import dataclass

from assistant.knowledge.passages.cues import case_of
from assistant.knowledge.passages.structure import Piece, Shape, Structure

_LEAST, _MOST = 2, 8
_TWO_COLUMNS = 2


@dataclass(frozen=True)
class Branch:
    """One case: the text's own label of it, and the piece that says what holds."""

    label: str
    piece: Piece


def branches_of(structure: Structure) -> tuple[Branch, ...]:
    """Return the cases that a text declares by its structure, at least two, or none.

    Cases are items of one list with a case for a label, or the rows of the text's only table where it has two columns
    and the second one differs.
    """
    groups: dict[int, list[Branch]] = defaultdict(list)
    for piece in structure.pieces:
        label = case_of(structure, piece)
        if label:
            groups[piece.group].append(Branch(label, piece))
    declared = [group for group in groups.values() if _LEAST <= len(group) <= _MOST]
    return tuple(declared[0]) if declared else _rows(structure)


def _rows(structure: Structure) -> tuple[Branch, ...]:
    rows = structure.rows()
    alone = len({row.group for row in rows}) == 1 and all(p.shape is Shape.ROW for p in structure.pieces)
    pairs = all(len(row.cells) == _TWO_COLUMNS and all(row.cells) for row in rows)
    if not alone or not pairs or not _LEAST <= len(rows) <= _MOST or len({row.cells[1] for row in rows}) == 1:
        return ()
    return tuple(Branch(row.cells[0], row) for row in rows)
