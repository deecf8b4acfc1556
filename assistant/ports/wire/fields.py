"""Reading named fields out of JSON or YAML values: whatever is wrong becomes InvalidInput naming the field by its path."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from assistant.domain.errors import InvalidInput
from assistant.domain.periods import EARLIEST_DAY, LATEST_DAY

_TEXT_LIMIT = 200
ValueT = TypeVar("ValueT")


class Fields:
    """One object being read; ``path`` is where it stands (empty for the whole message)."""

    def __init__(self, data: object, path: str = "") -> None:
        if not isinstance(data, Mapping):
            raise InvalidInput(path or "body", "must be an object with named fields")
        self._data: Mapping[Any, Any] = data
        self._path = path
        self._known: set[str] = set()

    def text(self, name: str, *, limit: int = _TEXT_LIMIT) -> str:
        """Return a text of 1 to ``limit`` characters."""
        value = self.raw(name)
        if not isinstance(value, str) or not 0 < len(value) <= limit or not _storable(value):
            raise self.wrong(name, f"must be a text of 1 to {limit} characters")
        return value

    def optional_text(self, name: str, *, limit: int = _TEXT_LIMIT) -> str | None:
        """Return a text, or None where the field is absent or null."""
        return None if self.raw(name) is None else self.text(name, limit=limit)

    def number(self, name: str, default: int | None = None, *, lowest: int | None = None) -> int:
        """Return a whole number; true, false and fractions are none."""
        value = self.raw(name)
        if value is None and default is not None:
            return default
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.wrong(name, "must be a whole number")
        if lowest is not None and value < lowest:
            raise self.wrong(name, f"must be a whole number of {lowest} or more")
        return value

    def instant(self, name: str) -> datetime:
        """Return a timezone-aware instant from its ISO 8601 text."""
        try:
            value = datetime.fromisoformat(self.text(name))
        except ValueError as error:
            raise self.wrong(name, "must be an instant such as 2026-03-15T10:00:00Z") from error
        if value.tzinfo is None:
            raise self.wrong(name, "must name its time zone, such as Z")
        return value

    def fields(self, name: str) -> "Fields":
        """Return an object to read on."""
        return Fields(self.raw(name), self.at(name))

    def named(self, name: str) -> dict[str, Any]:
        """Return the members of an object whose names are data; empty where the field is absent."""
        value = {} if self.raw(name) is None else self.raw(name)
        if not isinstance(value, Mapping) or not all(isinstance(key, str) and key for key in value):
            raise self.wrong(name, "must be an object whose names are texts")
        return dict(value)

    def items(self, name: str) -> list[tuple[Any, str]]:
        """Return the members of a list, each with its path; empty where the field is absent."""
        value = [] if self.raw(name) is None else self.raw(name)
        if not isinstance(value, list):
            raise self.wrong(name, "must be a list")
        return [(item, f"{self.at(name)}[{index}]") for index, item in enumerate(value)]

    def texts(self, name: str, *, limit: int = _TEXT_LIMIT) -> tuple[str, ...]:
        """Return a list of texts; empty where the field is absent."""
        found = [item for item, _at in self.items(name)]
        if not all(isinstance(item, str) and 0 < len(item) <= limit and _storable(item) for item in found):
            raise self.wrong(name, f"must be a list of texts of 1 to {limit} characters")
        return tuple(found)

    def day(self, name: str) -> date:
        """Return a calendar date from its text ``YYYY-MM-DD``."""
        try:
            value = date.fromisoformat(self.text(name))
        except ValueError as error:
            raise self.wrong(name, "must be a date such as 2026-03-15") from error
        if not EARLIEST_DAY <= value <= LATEST_DAY:
            raise self.wrong(name, f"must lie from {EARLIEST_DAY} to {LATEST_DAY}")
        return value

    def optional_day(self, name: str) -> date | None:
        """Return a calendar date, or None where the field is absent or null."""
        return None if self.raw(name) is None else self.day(name)

    def flag(self, name: str) -> bool:
        """Return true or false."""
        value = self.raw(name)
        if not isinstance(value, bool):
            raise self.wrong(name, "must be true or false")
        return value

    def raw(self, name: str) -> Any:
        """Return a field as it stands, or None where it is absent."""
        self._known.add(name)
        return self._data.get(name)

    def done(self) -> None:
        """Refuse fields that nobody asked for."""
        for name in self._data:
            if name not in self._known:
                allowed = ", ".join(sorted(self._known))
                raise InvalidInput(self.at(str(name)), f"is not known here; known are {allowed}")

    def wrong(self, name: str, message: str) -> InvalidInput:
        """Make the error for a field."""
        return InvalidInput(self.at(name), message)

    def at(self, name: str) -> str:
        """Return a field's path."""
        return f"{self._path}.{name}" if self._path else name


def _storable(text: str) -> bool:
    """Tell whether databases and UTF-8 take a text: neither takes half of a surrogate pair, nor all a NUL."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def by_type(fields: Fields, readers: Mapping[str, Callable[[Fields], ValueT]]) -> ValueT:
    """Read a value by the reader that its field ``type`` names, and refuse fields that this reader did not ask for."""
    kind = fields.raw("type")
    reader = readers.get(kind) if isinstance(kind, str) else None
    if reader is None:
        raise fields.wrong("type", "must be one of " + ", ".join(sorted(readers)))
    value = reader(fields)
    fields.done()
    return value
