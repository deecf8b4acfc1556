"""The one canonical form of an action, on which the wire, hashes and confirmations agree."""

from datetime import date

from assistant.domain.actions import Action

Field = str | int | date | None | tuple["Field", ...]
CanonicalField = str | int | list["CanonicalField"] | None


def canonical_fields(action: Action) -> dict[str, CanonicalField]:
    """Return an action's fields with dates as ``YYYY-MM-DD`` and tuples as lists, as canonical JSON takes them."""
    return {name: _canonical(value) for name, value in vars(action).items()}


def _canonical(value: Field) -> CanonicalField:
    if isinstance(value, tuple):
        return [_canonical(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
