"""Reading JSON bodies: anything that is not a plain object of known fields is told as a 4xx that names it."""

import json
from collections.abc import Iterator
from typing import Any

from flask import request
from werkzeug.exceptions import UnsupportedMediaType

from assistant.domain.errors import InvalidInput
from assistant.ports.wire.fields import Fields

_DEEPEST = 32
_LARGEST_NUMBER = 2**53


def body() -> Fields:
    """Return the fields of the request's JSON object. Raises InvalidInput, UnsupportedMediaType."""
    return Fields(document())


def document() -> Any:
    """Return the request's JSON as it stands, for a reader of its own. Raises InvalidInput, UnsupportedMediaType."""
    return _checked(_parsed())


def _parsed() -> Any:
    if request.mimetype != "application/json":
        raise UnsupportedMediaType("Send application/json.")
    try:
        return json.loads(
            request.get_data().decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_number
        )
    except InvalidInput:
        raise
    except (ValueError, RecursionError) as error:
        raise InvalidInput("body", "must be JSON in UTF-8, not too deeply nested") from error


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # of two fields with one name, two readers may each believe another
    named = dict(pairs)
    if len(named) != len(pairs):
        raise InvalidInput("body", "must not name a field twice")
    return named


def _no_number(_name: str) -> Any:
    raise InvalidInput("body", "must not hold NaN or Infinity")


def _checked(data: Any) -> Any:
    for path, value, depth in _walk(data):
        if depth > _DEEPEST:
            raise InvalidInput(path, f"must not be nested deeper than {_DEEPEST} levels")
        if isinstance(value, str):
            _check_text(path, value)
        elif isinstance(value, int) and abs(value) > _LARGEST_NUMBER:
            raise InvalidInput(path, "must be a number between -2^53 and 2^53")
    return data


def _walk(data: Any) -> Iterator[tuple[str, Any, int]]:
    waiting = [("body", data, 0)]
    while waiting:
        path, value, depth = waiting.pop()
        yield path, value, depth
        if isinstance(value, dict):
            for name, item in value.items():
                _check_text("body", name)
                waiting.append((_joined(path, name), item, depth + 1))
        elif isinstance(value, list):
            waiting.extend((path, item, depth + 1) for item in value)


def _joined(path: str, name: str) -> str:
    return name[:100] if path == "body" else f"{path}.{name}"[:200]


def _check_text(path: str, text: str) -> None:
    if "\0" in text:
        raise InvalidInput(path, "must not hold a NUL character")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise InvalidInput(path, "must be text that can be written in UTF-8")
