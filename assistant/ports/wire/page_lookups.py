"""Reading lookups about many customers, and about what can be done with one, from their JSON form."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from assistant.domain.identifiers import CustomerId
from assistant.domain.lookups import Lookup
from assistant.domain.page_lookups import (
    Ahead,
    ChangesBy,
    CustomerKind,
    CustomerOrder,
    CustomersBy,
    MonthDays,
    Moves,
    Ways,
)
from assistant.ports.wire.fields import Fields

_LONGEST_WORDS = 200
ChoiceT = TypeVar("ChoiceT", bound=StrEnum)


def _customer(fields: Fields) -> CustomerId:
    return CustomerId(fields.text("customer_id"))


def _words(fields: Fields, name: str) -> str:
    return "" if (fields.raw(name) or "") == "" else fields.text(name, limit=_LONGEST_WORDS)


def _choice(fields: Fields, name: str, choices: type[ChoiceT]) -> ChoiceT | None:
    chosen = fields.optional_text(name)
    if chosen is None:
        return None
    known = {choice.value: choice for choice in choices}
    if chosen not in known:
        raise fields.wrong(name, "must be one of " + ", ".join(known))
    return known[chosen]


def _cut(fields: Fields) -> tuple[int, int]:
    return fields.number("offset", 0), fields.number("limit", CustomersBy.limit)


def _customers_by(fields: Fields) -> Lookup[Any]:
    order = _choice(fields, "order", CustomerOrder) or CustomerOrder.NAME
    return CustomersBy(_words(fields, "words"), order, _choice(fields, "only", CustomerKind), *_cut(fields))


def _changes_by(fields: Fields) -> Lookup[Any]:
    named = fields.optional_text("customer_id")
    customer, act, person = (_words(fields, name) for name in ("customer", "act", "person"))
    customer_id = None if named is None else CustomerId(named)
    return ChangesBy(customer_id, customer, act, person, *_cut(fields))


READERS: Mapping[str, Callable[[Fields], Lookup[Any]]] = {
    "customers_by": _customers_by,
    "changes_by": _changes_by,
    "ahead": lambda fields: Ahead(_customer(fields)),
    "ways": lambda fields: Ways(_customer(fields)),
    "moves": lambda fields: Moves(_customer(fields)),
    "month_days": lambda fields: MonthDays(fields.text("month")),
}
"""How each of these lookups is read, by its ``type``."""
