"""The history of changes, and the receipt of each."""

from collections.abc import Sequence

from flask import Blueprint, render_template

from assistant.domain.errors import Forbidden
from assistant.domain.lookups import ChangeByReference, History, HistoryItem
from assistant.domain.principals import Permission, Principal, may
from web import presenters, visitors
from web.current import application
from web.queries import page_number, words

blueprint = Blueprint("history", __name__)

_LIMIT = 500


@blueprint.get("/history")
def listing() -> str:
    """Show the changes by day, newest first, filtered by customer and act."""
    items = application().licensing.look_up(_reader(), History(limit=_LIMIT))
    customer, act = words("customer"), words("act")
    page = presenters.page(_filtered(items, customer, act), page_number())
    return render_template(
        "history.html",
        page=page,
        days=presenters.by_day(page.items),
        acts=sorted({item.op for item in items}),
        customer=customer,
        act=act,
        any_at_all=bool(items),
    )


@blueprint.get("/receipts/<reference>")
def receipt(reference: str) -> str:
    """Show one change: who, what, when, before and after, and the policy it rests on."""
    item = application().licensing.look_up(_reader(), ChangeByReference(reference))
    return render_template("receipt.html", item=item, differences=presenters.differences(item))


def _filtered(items: Sequence[HistoryItem], customer: str, act: str) -> list[HistoryItem]:
    wanted = customer.casefold()
    return [i for i in items if wanted in i.customer.casefold() and act in {"", i.op}]


def _reader() -> Principal:
    who = visitors.signed_in()
    if not may(who, Permission.HISTORY_READ):
        raise Forbidden("This role has no history.")
    return who
