"""Turns aggregates and audit entries into the views of lookups; activation codes leave here masked only."""

from datetime import date

from assistant.domain.activation_codes import masked
from assistant.domain.audit import AuditEntry
from assistant.domain.catalogue import Catalogue, ServicePlan
from assistant.domain.customers import Customer, Licence, Subscription, SubscriptionState
from assistant.domain.lookups import (
    CustomerView,
    HistoryItem,
    LicenceView,
    PlanChoice,
    StandardLicenceView,
    SubscriptionView,
)


def customer_view(customer: Customer, catalogue: Catalogue, today: date) -> CustomerView:
    """Show a customer as of a day."""
    return CustomerView(
        id=customer.id,
        name=customer.name,
        country=customer.country,
        enabled=customer.enabled,
        subscriptions=tuple(
            _subscription_view(s.on(today), catalogue, today) for s in customer.subscriptions
        ),
        standard_licences=tuple(
            StandardLicenceView(s.product, s.hosting, s.model, s.seats) for s in customer.standard_licences
        ),
    )


def trial_choices(catalogue: Catalogue) -> tuple[PlanChoice, ...]:
    """List the services that can be tried, each once, by the full plan that names it."""
    services = (catalogue.plans[plan.service] for plan in catalogue.plans.values() if plan.service)
    return tuple(_choice(service) for service in services)


def full_plan_choices(catalogue: Catalogue) -> tuple[PlanChoice, ...]:
    """List every full plan."""
    return tuple(_choice(plan) for plan in catalogue.plans.values() if not plan.trial)


def seat_choices(customer: Customer, catalogue: Catalogue, today: date) -> tuple[PlanChoice, ...]:
    """List the customer's own active full subscriptions with their seats."""
    changeable = (s for s in customer.subscriptions if s.counts(today))
    return tuple(_choice(catalogue.plans[s.plan_id], s) for s in changeable)


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
    )


def _choice(plan: ServicePlan, subscription: Subscription | None = None) -> PlanChoice:
    if subscription is None:
        return PlanChoice(plan.id, plan.name, plan.aliases)
    return PlanChoice(plan.id, plan.name, plan.aliases, subscription.id, subscription.seats)


def _subscription_view(subscription: Subscription, catalogue: Catalogue, today: date) -> SubscriptionView:
    state = subscription.state(today)
    return SubscriptionView(
        id=subscription.id,
        plan_id=subscription.plan_id,
        plan=catalogue.service_name(catalogue.plans[subscription.plan_id]),
        trial=subscription.trial,
        seats=subscription.seats,
        state=state.value,
        start=subscription.start,
        expires=subscription.expires,
        auto_renew=subscription.auto_renew,
        licences=tuple(_licence_view(licence, state, catalogue) for licence in subscription.licences),
    )


def _licence_view(licence: Licence, state: SubscriptionState, catalogue: Catalogue) -> LicenceView:
    return LicenceView(
        product=catalogue.products[licence.product].name,
        masked_code=masked(licence.code),
        state=state.value,
        data_center=licence.data_center,
        managed=licence.managed,
    )
