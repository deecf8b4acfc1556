"""The crossgrade matrix of one customer: where each of its plans can go, what moves, and why not."""

from dataclasses import dataclass

from flask import Blueprint, render_template

from assistant.domain.identifiers import CustomerId
from assistant.domain.lookups import CustomerById
from assistant.domain.page_lookups import Moves, MoveView
from assistant.domain.principals import Permission, may
from assistant.domain.refusals import RefusalCode
from web.current import application
from web.pages.customers import reader

blueprint = Blueprint("crossgrades", __name__)


@dataclass(frozen=True)
class MoveRow:
    """One plan to move to: what would come from each plan there is, what would be new, and what would stay behind."""

    move: MoveView
    taken: dict[str, tuple[str, ...]]
    new: tuple[str, ...]


@blueprint.get("/customers/<customer_id>/crossgrades")
def matrix(customer_id: str) -> str:
    """Show every plan that shares something with what the customer has, and name those that share nothing."""
    who, wanted = reader(), CustomerId(customer_id)
    customer = application().licensing.look_up(who, CustomerById(wanted))
    moves = application().licensing.look_up(who, Moves(wanted))
    rows = tuple(row_of(move) for move in moves)
    return render_template(
        "crossgrades.html",
        customer=customer,
        rows=[row for row in rows if not shares_nothing(row.move)],
        others=[row.move for row in rows if shares_nothing(row.move)],
        sources=tuple(dict.fromkeys(source for row in rows for source in row.taken)),
        changing=may(who, Permission.LICENCES_CHANGE),
    )


def row_of(move: MoveView) -> MoveRow:
    """Sort the components of a move by where they come from."""
    taken: dict[str, tuple[str, ...]] = {}
    for component in move.components:
        if component.owned_in:
            taken[component.owned_in] = (*taken.get(component.owned_in, ()), component.name)
    return MoveRow(move, taken, tuple(c.name for c in move.components if not c.owned_in))


def shares_nothing(move: MoveView) -> bool:
    """Tell whether nothing of the plan is there already."""
    return move.refusal is not None and move.refusal.code == RefusalCode.NOTHING_OVERLAPS
