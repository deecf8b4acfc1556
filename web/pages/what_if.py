"""What-ifs as a page: a plain form, its answer under an address that can be kept; nothing is stored and nothing changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Blueprint, render_template, request

from assistant.domain.errors import InvalidInput, NotFound
from assistant.domain.identifiers import CustomerId
from assistant.domain.lookups import CustomerById
from assistant.domain.principals import Permission, may
from assistant.domain.what_ifs import OPS
from assistant.ports.conversations import Block
from assistant.ports.wire.fields import Fields
from assistant.ports.wire.what_ifs import DAYS, NUMBERS, TEXTS, asked_from_json
from web import visitors
from web.current import application

blueprint = Blueprint("what_if", __name__)
_LONGEST = 200
_LONGEST_NUMBER = 9


@dataclass(frozen=True)
class Fault:
    """The field that is wrong, and what it can be."""

    field: str
    text: str


@blueprint.get("/what-if")
def form() -> str | tuple[str, int]:
    """Show the form, and what would follow from what was filled in."""
    typed = dict(_typed())
    block, fault = _reckoned(typed) if typed.get("op") else (None, None)
    page = render_template(
        "what_if.html",
        typed=typed,
        block=block,
        fault=fault,
        ops=OPS,
        plans=application().what_ifs.plans(),
        customer=_customer(typed.get("customer_id")),
    )
    return (page, HTTPStatus.UNPROCESSABLE_ENTITY) if fault else page


def _typed() -> Iterator[tuple[str, str]]:
    for name in ("op", *TEXTS, *NUMBERS, *DAYS):
        value = request.args.get(name, "").strip()[:_LONGEST]
        if value:
            yield name, value


def _reckoned(typed: dict[str, str]) -> tuple[Block | None, Fault | None]:
    try:
        asked = asked_from_json(Fields({name: _value(name, value) for name, value in typed.items()}))
        return application().conversations.what_if(visitors.page_principal(), asked), None
    except InvalidInput as error:
        return None, Fault(error.field, error.message)
    except NotFound as error:
        return None, Fault("customer_id", error.message)


def _value(name: str, raw: str) -> Any:
    if name not in NUMBERS:
        return raw
    digits = raw.removeprefix("-").removeprefix("+")
    # anything else goes on as it is, and the reader of numbers says what is wrong with it
    return int(raw) if digits.isascii() and digits.isdecimal() and len(digits) <= _LONGEST_NUMBER else raw


def _customer(customer_id: str | None) -> str | None:
    """Return the name of a customer whose figures are to be taken; None for one that the visitor may not see."""
    who = visitors.page_principal()
    if customer_id is None or who is None or not may(who, Permission.CUSTOMERS_READ):
        return None
    try:
        return application().licensing.look_up(who, CustomerById(CustomerId(customer_id))).name
    except NotFound:
        return None
