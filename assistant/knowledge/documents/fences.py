"""Fenced code: which lines are inside, so that nothing in them is taken for structure."""

import re

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})([^`]*)$")


def is_fence(line: str) -> bool:
    """Tell whether a line opens or closes a fence."""
    return _FENCE.match(line) is not None


def fenced(lines: list[str]) -> list[bool]:
    """Tell for every line whether it belongs to fenced code, fence lines included.

    A fence that is never closed is no fence: its line is ordinary text.
    """
    inside = [False] * len(lines)
    last_closing = {mark: _last_bare(lines, mark) for mark in "`~"}
    opened: tuple[int, str] | None = None
    for index, line in enumerate(lines):
        match = _FENCE.match(line)
        if opened is None:
            if match and last_closing[match[1][0]] > index:
                opened = index, match[1]
        elif match and not match[2].strip() and _closes(match[1], opened[1]):
            inside[opened[0] : index + 1] = [True] * (index + 1 - opened[0])
            opened = None
    return inside


def _closes(mark: str, opening: str) -> bool:
    return mark[0] == opening[0] and len(mark) >= len(opening)


def _last_bare(lines: list[str], mark: str) -> int:
    for index in range(len(lines) - 1, -1, -1):
        match = _FENCE.match(lines[index])
        if match and match[1][0] == mark and not match[2].strip():
            return index
    return -1
