"""Mapping between the customer aggregate and its rows."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row

from assistant.domain.customers import Customer, Licence, StandardLicence, Subscription
from assistant.domain.identifiers import CustomerId, LicenceId, PartnerId, PlanId, SubscriptionId

Values = dict[str, Any]


def customer_row(customer: Customer) -> Values:
    """Return the row of the customer itself."""
    names = ("id", "partner_id", "name", "country", "enabled", "version")
    return {name: getattr(customer, name) for name in names}


def subscription_rows(customer: Customer) -> list[Values]:
    """Return one row for each subscription, in their order."""
    names = ("id", "plan_id", "trial", "seats", "start", "expires", "initial_months", "renew_months")
    return [
        {
            "customer_id": customer.id,
            "position": position,
            **{name: getattr(subscription, name) for name in names},
        }
        for position, subscription in enumerate(customer.subscriptions)
    ]


def licence_rows(customer: Customer) -> list[Values]:
    """Return one row for each licence of each subscription."""
    return [
        {"subscription_id": subscription.id, "position": position, **vars(licence)}
        for subscription in customer.subscriptions
        for position, licence in enumerate(subscription.licences)
    ]


def standard_rows(customer: Customer) -> list[Values]:
    """Return one row for each standard licence."""
    return [
        {"customer_id": customer.id, "position": position, **vars(licence)}
        for position, licence in enumerate(customer.standard_licences)
    ]


def assemble(
    heads: Iterable[Row[Any]],
    subscriptions: Iterable[Row[Any]],
    licences: Iterable[Row[Any]],
    standard: Iterable[Row[Any]],
) -> tuple[Customer, ...]:
    """Put customers together from their rows, each kind already in order."""
    parts: dict[str, list[Licence]] = defaultdict(list)
    for row in licences:
        parts[row.subscription_id].append(_licence(row))
    plans: dict[str, list[Subscription]] = defaultdict(list)
    for row in subscriptions:
        plans[row.customer_id].append(_subscription(row, tuple(parts[row.id])))
    outside: dict[str, list[StandardLicence]] = defaultdict(list)
    for row in standard:
        outside[row.customer_id].append(StandardLicence(row.product, row.hosting, row.model, row.seats))
    return tuple(_customer(row, tuple(plans[row.id]), tuple(outside[row.id])) for row in heads)


def _customer(
    row: Row[Any], subscriptions: tuple[Subscription, ...], standard: tuple[StandardLicence, ...]
) -> Customer:
    return Customer(
        id=CustomerId(row.id),
        partner_id=PartnerId(row.partner_id),
        name=row.name,
        country=row.country,
        enabled=row.enabled,
        subscriptions=subscriptions,
        standard_licences=standard,
        version=row.version,
    )


def _subscription(row: Row[Any], licences: tuple[Licence, ...]) -> Subscription:
    return Subscription(
        id=SubscriptionId(row.id),
        plan_id=PlanId(row.plan_id),
        trial=row.trial,
        seats=row.seats,
        start=row.start,
        expires=row.expires,
        initial_months=row.initial_months,
        renew_months=row.renew_months,
        licences=licences,
    )


def _licence(row: Row[Any]) -> Licence:
    return Licence(
        id=LicenceId(row.id),
        product=row.product,
        code=row.code,
        data_center=row.data_center,
        managed=row.managed,
    )
