"""The partner's customers and their service plans."""

from flask import Blueprint, current_app, render_template, request

from assistant.domain.errors import Forbidden
from assistant.domain.identifiers import CustomerId
from assistant.domain.lookups import CustomerById, PartnerTotals, SubscriptionView, VisibleCustomers
from assistant.domain.principals import Permission, Principal, may
from web import presenters, visitors
from web.current import application
from web.queries import page_number, words
from web.templating import startable_for_customers, wording_of

blueprint = Blueprint("customers", __name__)
_OVER = {"grace", "expired", "purged", "cancelled", "transferred", "converted"}


@blueprint.get("/customers")
def listing() -> str:
    """Show the customers, 50 a page, all or those whose name holds the words searched for."""
    who = _reader()
    everyone = application().licensing.look_up(who, VisibleCustomers())
    sought = words("q")
    page = presenters.page(presenters.matching(everyone, sought), page_number())
    totals = application().licensing.look_up(who, PartnerTotals())
    return render_template(
        "customers.html", page=page, sought=sought, totals=totals, count=len(everyone), args=request.args
    )


@blueprint.get("/customers/<customer_id>")
def show(customer_id: str) -> str:
    """Show one customer."""
    who = _reader()
    customer = application().licensing.look_up(who, CustomerById(CustomerId(customer_id)))
    startable_here: tuple[str, ...] = ()
    if may(who, Permission.LICENCES_CHANGE):
        startable_here = startable_for_customers(wording_of(current_app))
    return render_template(
        "customer.html",
        customer=customer,
        startable_here=startable_here,
        ends_key=_ends_key,
    )


def _ends_key(subscription: SubscriptionView) -> str:
    """Return the sentence for the last column of dates: renews, ends or ended."""
    if subscription.state in _OVER:
        return "customers.ended_on"
    return "customers.renews" if subscription.auto_renew else "customers.ends_on"


def _reader() -> Principal:
    who = visitors.signed_in()
    if not may(who, Permission.CUSTOMERS_READ):
        raise Forbidden("This role has no customers.")
    return who
