"""Durations as people write them: ``30m``, ``3h``, ``2d``, ``1w``."""

import re
from datetime import timedelta

from assistant.domain.errors import InvalidInput

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_SHAPE = re.compile(r"([0-9]{1,5})([smhdw])")


def duration(text: str, field: str = "duration") -> timedelta:
    """Read a duration: up to five digits and a unit (s, m, h, d or w). Raises InvalidInput."""
    match = _SHAPE.fullmatch(text.strip())
    if match is None:
        raise InvalidInput(field, "must be a number and a unit, such as 30m, 3h, 2d or 1w")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})
