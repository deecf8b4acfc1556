"""Making licences and subscriptions; ids and the characters of codes come from the issuer.

Activation codes are synthetic: of the documented shape, with ``DEMO`` where no real code has it.
"""

from collections.abc import Iterable
from datetime import date

from assistant.domain.activation_codes import synthetic_code
from assistant.domain.catalogue import Product, ServicePlan
from assistant.domain.identifiers import LicenceId, SubscriptionId
from assistant.domain.situations import Issuer
from assistant.domain.subscriptions import Licence, Subscription


class Placeholders:
    """An issuer for previews: what it gives out is told apart, and never stored or shown."""

    def __init__(self) -> None:
        self._given = 0

    def new(self, prefix: str) -> str:
        """Return a name that was not given out before and that no stored thing has."""
        self._given += 1
        return f"preview-{prefix}-{self._given}"

    def number(self, below: int) -> int:  # noqa: ARG002 - the protocol's
        """Return 0."""
        return 0


def new_licence(product: Product, issuer: Issuer, data_center: str | None = None) -> Licence:
    """Return a new licence with a new code; ``data_center`` is where it shall run if the product can run there."""
    return Licence(
        id=LicenceId(issuer.new("L")),
        product=product.code,
        code=synthetic_code(product.family, issuer.number),
        data_center=product.data_center(data_center),
        managed=product.managed,
    )


def new_licences(
    products: Iterable[Product], issuer: Issuer, data_center: str | None = None
) -> tuple[Licence, ...]:
    """Return a new licence for each product."""
    return tuple(new_licence(product, issuer, data_center) for product in products)


def new_subscription(
    plan: ServicePlan,
    licences: tuple[Licence, ...],
    issuer: Issuer,
    *,
    seats: int,
    start: date,
    today: date,
    composition: int = 1,
    retires: date | None = None,
) -> Subscription:
    """Return a subscription on the terms of a plan, until the end of life of its product at most; one that starts in the past has been renewed up to today."""
    return Subscription(
        id=SubscriptionId(issuer.new("S")),
        plan_id=plan.id,
        product=plan.product,
        trial=plan.trial,
        seats=seats,
        start=start,
        anchor=start,
        months=plan.initial_months,
        renew_months=plan.renew_months,
        licences=licences,
        recorded=today,
        grace_months=plan.grace_months,
        lock_months=plan.lock_months,
        notice_days=plan.notice_days,
        composition=composition,
        retires=retires,
    ).on(today)
