"""Turns aggregates and audit entries into the views of lookups; activation codes leave here masked only."""

from datetime import date

from assistant.domain.activation_codes import masked
from assistant.domain.audit import TRANSACTION_TYPES, AuditEntry
from assistant.domain.catalogue import Catalogue
from assistant.domain.customers import Customer, SyncState
from assistant.domain.lookups import (
    CustomerView,
    HistoryItem,
    LicenceView,
    StandardLicenceView,
    SubscriptionView,
)
from assistant.domain.naming import plan_name
from assistant.domain.remote_manager import SyncRefusal
from assistant.domain.subscriptions import Licence, Subscription, SubscriptionState


def customer_view(customer: Customer, catalogue: Catalogue, today: date) -> CustomerView:
    """Show a customer as of a day."""
    return CustomerView(
        id=customer.id,
        name=customer.name,
        country=customer.country,
        enabled=customer.enabled,
        subscriptions=tuple(subscription_view(s.on(today), catalogue, today) for s in customer.subscriptions),
        standard_licences=tuple(
            StandardLicenceView(s.product, s.hosting, s.model, s.seats, s.id, s.ended)
            for s in customer.standard_licences
        ),
        sync=customer.sync.value,
        # every other tenant takes all customers
        sync_refusal=SyncRefusal.STANDARD_TENANT.value if customer.sync is SyncState.FAILED else None,
    )


def history_item(entry: AuditEntry) -> HistoryItem:
    """Show an audit entry to its partner."""
    return HistoryItem(
        reference=entry.reference,
        op=entry.op,
        customer_id=entry.customer_id,
        customer=entry.customer,
        actor=entry.actor,
        when=entry.when,
        capsule_hash=entry.capsule_hash,
        values=dict(entry.values),
        before=dict(entry.before),
        after=dict(entry.after),
        cites=entry.cites,
        kind=entry.kind,
        transaction=TRANSACTION_TYPES.get(entry.name),
    )


def subscription_view(subscription: Subscription, catalogue: Catalogue, today: date) -> SubscriptionView:
    """Show a subscription as of a day."""
    state = subscription.state(today)
    current = catalogue.products[subscription.product].composition(today)
    return SubscriptionView(
        id=subscription.id,
        plan_id=subscription.plan_id,
        plan=plan_name(subscription, catalogue),
        trial=subscription.trial,
        seats=subscription.seats,
        state=state.value,
        start=subscription.start,
        expires=subscription.ended.on if subscription.ended else subscription.expires,
        auto_renew=subscription.auto_renew and subscription.expires != subscription.retires,
        licences=tuple(_licence_view(licence, state, catalogue) for licence in subscription.licences),
        renew_months=subscription.renew_months,
        expiring=subscription.expiring(today),
        until=_until(subscription, state),
        updates=subscription.held(today)
        and current is not None
        and not subscription.leftover
        and current.version > subscription.composition,
    )


def _until(subscription: Subscription, state: SubscriptionState) -> date | None:
    if state is SubscriptionState.SUSPENDED:
        return subscription.grace_end
    return subscription.lock_end if state in {SubscriptionState.GRACE, SubscriptionState.EXPIRED} else None


def _licence_view(licence: Licence, state: SubscriptionState, catalogue: Catalogue) -> LicenceView:
    return LicenceView(
        product=catalogue.products[licence.product].name,
        masked_code=masked(licence.code),
        state=state.value,
        data_center=licence.data_center,
        managed=licence.managed,
        id=licence.id,
    )
