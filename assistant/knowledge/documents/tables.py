"""Tab-separated lines as Markdown tables."""

import re

from assistant.knowledge.documents.model import Line, Report

_LIST_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s")
_MOST_CELLS = 60


def as_tables(lines: list[Line], code: list[bool], report: Report) -> list[str]:
    """Return the lines with every run of two or more tab-separated ones as a Markdown table.

    The first line of a run is the head. A row with fewer cells is padded with empty ones, one with more widens the
    table; both are told. A single line with tabs is no table: its tabs become spaces.
    """
    done: list[str] = []
    run: list[Line] = []
    for (number, text), inside in zip(lines, code, strict=True):
        if not inside and _is_row(text, started=bool(run)):
            run.append((number, text))
            continue
        done += _table(run, report)
        run = []
        done.append(text if inside else text.replace("\t", "    "))
    return done + _table(run, report)


def _is_row(text: str, *, started: bool) -> bool:
    if "\t" not in text or not text.strip() or _LIST_ITEM.match(text):
        return False
    return started or not text.startswith("\t")


def _table(run: list[Line], report: Report) -> list[str]:
    if len(run) < 2:  # noqa: PLR2004 - a table is a head and at least one row
        return [text.replace("\t", "    ") for _, text in run]
    rows = [[_cell(cell) for cell in text.split("\t")][:_MOST_CELLS] for _, text in run]
    _tell_uneven(run, rows, report)
    width = max(len(row) for row in rows)
    head, *body = ([*row, *[""] * (width - len(row))] for row in rows)
    return ["", _row(head), _row(["---"] * width), *map(_row, body), ""]


def _tell_uneven(run: list[Line], rows: list[list[str]], report: Report) -> None:
    for (number, _), row in zip(run[1:], rows[1:], strict=True):
        if len(row) != len(rows[0]):
            report.warn(number, f"this table row has {len(row)} cells, its head has {len(rows[0])}")


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"
