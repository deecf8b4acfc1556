"""The partner's customers and their service plans."""

from typing import Any

from flask import Blueprint, Response, current_app, render_template, request

from assistant.domain.errors import Forbidden
from assistant.domain.identifiers import CustomerId, LicenceId
from assistant.domain.lookups import CustomerById, PartnerTotals, SubscriptionView
from assistant.domain.page_lookups import (
    Ahead,
    ChangesBy,
    CustomerKind,
    CustomerLine,
    CustomerOrder,
    CustomersBy,
    CustomersPage,
    Ways,
)
from assistant.domain.principals import Permission, Principal, may
from web import exports, presenters, visitors
from web.current import application
from web.queries import page_number, words
from web.templating import startable_for_customers, wording_of

blueprint = Blueprint("customers", __name__)
_OVER = {"grace", "expired", "purged", "cancelled", "transferred", "converted"}
_LATEST = 10


@blueprint.get("/customers")
def listing() -> str:
    """Show the customers, 50 a page, as sorted, searched and narrowed by the address."""
    who, asked = reader(), _asked()
    found, page = _page(who, asked)
    return render_template(
        "customers.html",
        page=page,
        asked=asked,
        orders=[order.value for order in CustomerOrder],
        kinds=[kind.value for kind in CustomerKind],
        total=found.total,
        as_of=found.as_of,
        totals=application().licensing.look_up(who, PartnerTotals()),
        changing=may(who, Permission.LICENCES_CHANGE),
        keep=_kept(asked),
        state_of=state_of,
    )


@blueprint.get("/customers.csv")
def export() -> Response:
    """Return the customers found as a CSV file."""
    rows = exports.customer_rows(exports.every_customer(reader(), _asked()), wording_of(current_app))
    return exports.csv_file("customers", rows)


@blueprint.get("/customers/<customer_id>")
def show(customer_id: str) -> str:
    """Show one customer: its plans, what can be done, what falls due and what happened."""
    return _customer(reader(), CustomerId(customer_id), {})


@blueprint.post("/customers/<customer_id>/codes")
def show_code(customer_id: str) -> str:
    """Show the customer with one activation code in full, which the history tells of."""
    who, licence = reader(), LicenceId(request.form.get("licence", ""))
    code = application().licensing.reveal(who, CustomerId(customer_id), licence)
    return _customer(who, CustomerId(customer_id), {licence: code})


def state_of(line: CustomerLine) -> str:
    """Return the word for a customer in a list: the one that matters most."""
    if not line.enabled:
        return "disabled"
    if line.ending:
        return "trial" if line.trial_ends == line.next else "ending"
    if line.trial_seats:
        return "trial"
    return "active" if line.plans else "empty"


def reader() -> Principal:
    """Return the signed-in user of a page about customers. Raises NotSignedIn, Forbidden."""
    who = visitors.signed_in()
    if not may(who, Permission.CUSTOMERS_READ):
        raise Forbidden("This role has no customers.")
    return who


def _asked() -> CustomersBy:
    order, only = request.args.get("sort"), request.args.get("show")
    return CustomersBy(
        words=words("q"),
        order=next((known for known in CustomerOrder if known == order), CustomerOrder.NAME),
        only=next((known for known in CustomerKind if known == only), None),
        offset=(page_number() - 1) * presenters.PAGE_SIZE,
        limit=presenters.PAGE_SIZE,
    )


def _kept(asked: CustomersBy) -> dict[str, str]:
    kept = {"q": asked.words, "sort": asked.order.value, "show": asked.only.value if asked.only else ""}
    return {name: value for name, value in kept.items() if value and value != CustomerOrder.NAME}


def _page(who: Principal, asked: CustomersBy) -> tuple[CustomersPage, presenters.Page[CustomerLine]]:
    found, offset = application().licensing.look_up(who, asked), asked.offset
    if not found.lines and found.found:
        # a page beyond the end is the last one
        offset = presenters.last_offset(found.found)
        last = CustomersBy(asked.words, asked.order, asked.only, offset, asked.limit)
        found = application().licensing.look_up(who, last)
    return found, presenters.cut(found.lines, found.found, offset)


def _customer(who: Principal, wanted: CustomerId, codes: dict[LicenceId, str]) -> str:
    look_up = application().licensing.look_up
    customer = look_up(who, CustomerById(wanted))
    worded = startable_for_customers(wording_of(current_app))
    values: dict[str, Any] = {
        "ways": [way for way in look_up(who, Ways(wanted)) if way.op in worded],
        "ahead": look_up(who, Ahead(wanted)),
    }
    return render_template(
        "customer.html",
        customer=customer,
        current=[s for s in customer.subscriptions if s.state not in _OVER or s.until],
        former=[s for s in customer.subscriptions if s.state in _OVER and not s.until],
        past=look_up(who, ChangesBy(wanted, limit=_LATEST)),
        changing=may(who, Permission.LICENCES_CHANGE),
        codes=codes,
        ends_key=_ends_key,
        **values,
    )


def _ends_key(subscription: SubscriptionView) -> str:
    """Return the sentence for the last column of dates: renews, ends or ended."""
    if subscription.state in _OVER:
        return "customers.ended_on"
    return "customers.renews" if subscription.auto_renew else "customers.ends_on"
