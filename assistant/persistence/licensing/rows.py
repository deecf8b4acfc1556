"""Mapping between the customer aggregate and its rows."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Row

from assistant.domain.customers import Customer, Profile, StandardLicence, SyncState
from assistant.domain.identifiers import (
    CustomerId,
    LicenceId,
    PartnerId,
    PlanId,
    StandardLicenceId,
    SubscriptionId,
)
from assistant.domain.lifecycle import next_due
from assistant.domain.naming import name_key
from assistant.domain.subscriptions import Ended, Hold, Licence, Subscription, SubscriptionState

Values = dict[str, Any]
_SUBSCRIPTION = (
    "id", "product", "trial", "seats", "start", "anchor", "months", "renew_months", "recorded", "grace_months",
    "lock_months", "notice_days", "composition", "retires",
)  # fmt: skip


def customer_row(customer: Customer) -> Values:
    """Return the row of the customer itself."""
    names = ("id", "partner_id", "name", "enabled", "since", "version")
    row = {name: getattr(customer, name) for name in names}
    return {**row, **vars(customer.profile), "name_key": name_key(customer.name), "sync": customer.sync.value}


def subscription_row(customer: Customer, position: int) -> Values:
    """Return the row of one of a customer's subscriptions."""
    held = customer.subscriptions[position]
    suspended, disabled, ended = held.suspended, held.disabled, held.ended
    return {
        "customer_id": customer.id,
        "partner_id": customer.partner_id,
        "position": position,
        **{name: getattr(held, name) for name in _SUBSCRIPTION},
        "plan_id": held.plan_id or "",
        "expires": held.expires,
        "next_due": next_due(held),
        "suspended_on": suspended.on if suspended else None,
        "suspended_renew_months": suspended.renew_months if suspended else None,
        "disabled_on": disabled.on if disabled else None,
        "disabled_renew_months": disabled.renew_months if disabled else None,
        "ended_on": ended.on if ended else None,
        "ended_how": ended.how.value if ended else None,
    }


def licence_rows(holder: Subscription) -> list[Values]:
    """Return one row for each licence of a subscription."""
    return [
        {"subscription_id": holder.id, "position": position, **vars(licence)}
        for position, licence in enumerate(holder.licences)
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
        plans[row.customer_id].append(subscription(row, tuple(parts[row.id])))
    outside: dict[str, list[StandardLicence]] = defaultdict(list)
    for row in standard:
        outside[row.customer_id].append(_standard(row))
    return tuple(_customer(row, tuple(plans[row.id]), tuple(outside[row.id])) for row in heads)


def _customer(
    row: Row[Any], subscriptions: tuple[Subscription, ...], standard: tuple[StandardLicence, ...]
) -> Customer:
    return Customer(
        id=CustomerId(row.id),
        partner_id=PartnerId(row.partner_id),
        name=row.name,
        profile=Profile(row.country, row.city, row.state, row.contact, row.email),
        enabled=row.enabled,
        subscriptions=subscriptions,
        standard_licences=standard,
        version=row.version,
        since=row.since,
        sync=SyncState(row.sync),
    )


def _standard(row: Row[Any]) -> StandardLicence:
    names = ("product", "hosting", "model", "seats", "ended")
    return StandardLicence(StandardLicenceId(row.id), *(getattr(row, name) for name in names))


def subscription(row: Row[Any], licences: tuple[Licence, ...]) -> Subscription:
    """Return the subscription in a row, with these licences."""
    return Subscription(
        **{name: getattr(row, name) for name in _SUBSCRIPTION if name != "id"},
        id=SubscriptionId(row.id),
        plan_id=PlanId(row.plan_id) if row.plan_id else None,
        licences=licences,
        suspended=_hold(row.suspended_on, row.suspended_renew_months),
        disabled=_hold(row.disabled_on, row.disabled_renew_months),
        ended=Ended(row.ended_on, SubscriptionState(row.ended_how)) if row.ended_on else None,
    )


def _hold(on: date | None, renew_months: int | None) -> Hold | None:
    return Hold(on, renew_months) if on else None


def _licence(row: Row[Any]) -> Licence:
    return Licence(
        id=LicenceId(row.id),
        product=row.product,
        code=row.code,
        data_center=row.data_center,
        managed=row.managed,
    )
