"""The JSON form of whatever a lookup returns, made from the shape of the value itself."""

import dataclasses
import re
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any


def result_json(value: object) -> Any:
    """Write a lookup's result: dataclasses as objects with their ``type``, sequences as lists, times as ISO 8601."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        named = {field.name: result_json(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return {"type": _type_name(value), **named}
    if isinstance(value, Mapping):
        return {str(name): result_json(item) for name, item in value.items()}
    if isinstance(value, tuple | list):
        return [result_json(item) for item in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def _type_name(value: object) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(value).__name__).lower()
