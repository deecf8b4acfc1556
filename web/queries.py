"""Reading values of the address line: anything unreadable is told or taken as the start."""

import re
from datetime import date

from flask import request

from assistant.domain.errors import InvalidInput

_LONGEST_WORDS = 200
_LAST_PAGE = 100_000
_WHOLE = re.compile(r"-?[0-9]{1,9}")


def page_number() -> int:
    """Return ``page``, 1 when it is absent or no number."""
    raw = request.args.get("page", "")
    return (
        min(int(raw), _LAST_PAGE)
        if raw.isascii() and raw.isdigit() and len(raw) <= len(str(_LAST_PAGE))
        else 1
    )


def words(name: str) -> str:
    """Return searched-for words without the space around them, cut at 200 characters."""
    return request.args.get(name, "").strip()[:_LONGEST_WORDS]


def whole_number(name: str, default: int | None = None) -> int:
    """Return a whole number, or the default where it is absent. Raises InvalidInput."""
    raw = request.args.get(name)
    if raw is None and default is not None:
        return default
    if raw is None or not _WHOLE.fullmatch(raw):
        raise InvalidInput(name, "must be a whole number")
    return int(raw)


def day(name: str) -> date | None:
    """Return a date ``YYYY-MM-DD``, or None when it is absent. Raises InvalidInput."""
    raw = request.args.get(name)
    if raw is None:
        return None
    try:
        return date.fromisoformat(raw)
    except ValueError as error:
        raise InvalidInput(name, "must be a date, written YYYY-MM-DD") from error


def only(*names: str) -> None:
    """Refuse any parameter but these. Raises InvalidInput naming the first."""
    for name in request.args:
        if name not in names:
            raise InvalidInput(
                name[:_LONGEST_WORDS], f"is not a parameter here; known are {', '.join(names) or 'none'}"
            )
