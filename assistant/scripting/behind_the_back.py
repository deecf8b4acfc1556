"""What somebody else changes while a conversation goes on."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from assistant.bootstrap import Application
from assistant.domain.actions import ChangeSeats
from assistant.domain.errors import InvalidInput
from assistant.domain.identifiers import UserId
from assistant.domain.lookups import PlanChoices, VisibleCustomers
from assistant.domain.principals import Principal, Role
from assistant.domain.quotes import Capsule, Quote, StepUp


def change_seats(
    application: Application, principal: Principal | None, change: Mapping[str, Any], now: datetime
) -> None:
    """Change a customer's seats as another administrator of the same partner. Raises InvalidInput where that cannot be."""
    if principal is None or principal.partner_id is None:
        raise InvalidInput("backend", "needs a user of the partner whose customer it is")
    other = Principal(UserId("U-somebody-else"), "Somebody else", Role.PARTNER_ADMIN, principal.partner_id)
    licensing = application.licensing
    customers = {c.name: c.id for c in licensing.look_up(other, VisibleCustomers())}
    customer_id = customers.get(change["customer"])
    if customer_id is None:
        raise InvalidInput("backend.customer", f"is unknown: {change['customer']}")
    plans = licensing.look_up(other, PlanChoices("seats", customer_id))
    if not plans or plans[0].subscription_id is None:
        raise InvalidInput("backend.customer", f"has no subscription: {change['customer']}")
    quote = licensing.preview(other, ChangeSeats(customer_id, plans[0].subscription_id, change["seats"]))
    if not isinstance(quote, Quote):
        raise InvalidInput("backend", f"was refused: {quote.code}")
    capsule = Capsule("seats", 1, application.ids.new("T"), other.user_id, quote)
    licensing.execute(other, capsule, StepUp(other.user_id, capsule.hash, now))
