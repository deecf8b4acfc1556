"""What has to hold before nearly any change: of the customer, of the plan, of the subscription and of the seats.

Each check returns a refusal, or None. Sources: the entries cited as ``customer_disabled``, ``end_of_sale``, ``suite_change``,
``terms`` and ``seats_keep_term``.
"""

from collections.abc import Iterable
from datetime import date

from assistant.domain.add_ons import runs_until
from assistant.domain.catalogue import LifeCycle, Product, ServicePlan
from assistant.domain.identifiers import PlanId, SubscriptionId
from assistant.domain.naming import plan_name
from assistant.domain.periods import add_months
from assistant.domain.policy import Policy
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.situations import PartnerSituation, Situation
from assistant.domain.subscriptions import Subscription, SubscriptionState

MINIMUM_SEATS, MAXIMUM_SEATS = 1, 999_999
LONGEST_MONTHS = 66
"""The longest term a plan can have, and the furthest ahead a start or an end can be set."""


def disabled_customer(situation: Situation) -> Refusal | None:
    """Refuse a customer that is disabled: nothing of it changes until it is enabled."""
    if situation.customer.enabled:
        return None
    params = {"customer": situation.customer.name}
    return Refusal(
        RefusalCode.CUSTOMER_DISABLED, params, "customer", situation.policy.cite("customer_disabled")
    )


def assignable_plan(plan_id: PlanId, situation: PartnerSituation) -> ServicePlan | Refusal:
    """Return a full plan that may be assigned: known, on sale, and not locked by a change of its suite."""
    plan = situation.catalogue.plan(plan_id)
    if plan is None:
        return Refusal(RefusalCode.PLAN_UNKNOWN, {}, "plan", situation.policy.cite("plans"))
    if plan.trial:
        return Refusal(RefusalCode.PLAN_IS_TRIAL, {"plan": plan.name}, "plan", situation.policy.cite("trial"))
    refusal = off_sale(plan.name, plan.product, situation) or locked(plan.name, plan.product, situation)
    return refusal or plan


def component_owned(
    plan: str, products: Iterable[Product], situation: Situation, *, beside: SubscriptionId | None = None
) -> Refusal | None:
    """Refuse a component that the customer has through another subscription; only a crossgrade can resolve that.

    ``beside`` is the subscription that is changed itself.
    """
    for product in products:
        for owned in situation.customer.holding(product.code, situation.today):
            if owned.id == beside:
                continue
            params: dict[str, str | int | None] = {
                "customer": situation.customer.name,
                "plan": plan,
                "product": product.name,
                "owned": plan_name(owned, situation.catalogue),
            }
            cites = situation.policy.cite("crossgrade")
            return Refusal(RefusalCode.COMPONENT_OWNED, params, "plan", cites)
    return None


def base_missing(
    plan: str, products: Iterable[Product], situation: Situation, start: date | None = None
) -> Refusal | None:
    """Refuse an add-on whose base is neither among the products nor held in full, in service, until the add-on starts."""
    starts = start or situation.today
    given = {product.code: product for product in products}
    for product in given.values():
        if product.requires is None or product.requires in given:
            continue
        held = situation.customer.holding(product.requires, situation.today)
        if not any(not s.trial and not s.suspended and runs_until(s, starts) for s in held):
            base = situation.catalogue.products[product.requires].name
            params = {"customer": situation.customer.name, "plan": plan, "base": base}
            return Refusal(RefusalCode.BASE_NEEDED, params, "plan", situation.policy.cite("add_on"))
    return None


def data_center_unknown(
    wanted: str | None, products: Iterable[Product], situation: PartnerSituation
) -> Refusal | None:
    """Refuse a data centre that none of the products runs in."""
    places = sorted({place for product in products for place in product.data_centers})
    if wanted is None or wanted in places:
        return None
    params = {"data_center": wanted, "places": ", ".join(places) or None}
    return Refusal(
        RefusalCode.DATA_CENTER_UNKNOWN, params, "data_center", situation.policy.cite("data_center")
    )


def off_sale(plan: str, product_code: str, situation: PartnerSituation) -> Refusal | None:
    """Refuse what is past its end of sale or of life, the product itself or the suite it is."""
    life = situation.catalogue.products[product_code].life_cycle(situation.today)
    if life is LifeCycle.ON_SALE:
        return None
    code = RefusalCode.PLAN_END_OF_SALE if life is LifeCycle.END_OF_SALE else RefusalCode.PLAN_END_OF_LIFE
    return Refusal(code, {"plan": plan}, "plan", situation.policy.cite("end_of_sale"))


def past_life(
    plan: str, product_code: str, starts: date | None, situation: PartnerSituation
) -> Refusal | None:
    """Refuse a start on or after the end of life of the product: nothing of it would ever run."""
    if (
        situation.catalogue.products[product_code].life_cycle(starts or situation.today)
        is not LifeCycle.END_OF_LIFE
    ):
        return None
    cites = situation.policy.cite("end_of_sale")
    return Refusal(RefusalCode.PLAN_END_OF_LIFE, {"plan": plan}, "plan", cites)


def locked(plan: str, product_code: str, situation: PartnerSituation) -> Refusal | None:
    """Refuse a suite whose composition changed since the partner joined and was not approved yet."""
    product = situation.catalogue.products[product_code]
    if approved_version(product, situation) >= current_version(product, situation):
        return None
    return Refusal(RefusalCode.PLAN_LOCKED, {"plan": plan}, "plan", situation.policy.cite("suite_change"))


def current_version(product: Product, situation: PartnerSituation) -> int:
    """Return the version of a suite's composition today; 1 for a single product."""
    composition = product.composition(situation.today)
    return composition.version if composition else 1


def approved_version(product: Product, situation: PartnerSituation) -> int:
    """Return the version the partner may use: the one approved last, or the one in force when it joined."""
    at_first = product.composition(situation.partner.since)
    return max(at_first.version if at_first else 1, situation.approved.get(product.code, 1))


def known_subscription(subscription_id: SubscriptionId, situation: Situation) -> Subscription | Refusal:
    """Return one of the customer's subscriptions as of today."""
    found = situation.customer.subscription(subscription_id)
    if found is None:
        params = {"customer": situation.customer.name}
        return Refusal(RefusalCode.NO_SUBSCRIPTION, params, "plan", situation.policy.cite("plans"))
    return found.on(situation.today)


def gone(subscription: Subscription, situation: Situation) -> Refusal | None:
    """Refuse a subscription that was cancelled, transferred or converted, or whose lock has ended."""
    state = subscription.state(situation.today)
    if not subscription.ended and state is not SubscriptionState.PURGED:
        return None
    return Refusal(
        RefusalCode.SUBSCRIPTION_GONE,
        {**named(subscription, situation), "state": state.value},
        "plan",
        situation.policy.cite("terms"),
    )


def suspended(subscription: Subscription, situation: Situation) -> Refusal | None:
    """Refuse a suspended subscription: it changes in no way until it is resumed."""
    if subscription.state(situation.today) is not SubscriptionState.SUSPENDED:
        return None
    params = named(subscription, situation)
    return Refusal(RefusalCode.SUBSCRIPTION_SUSPENDED, params, "plan", situation.policy.cite("suspension"))


def modifiable(subscription: Subscription, situation: Situation) -> Refusal | None:
    """Refuse whatever no change of terms or seats is possible of: trials, ends, holds, off sale, locked suites."""
    params = named(subscription, situation)
    if subscription.trial:
        return Refusal(RefusalCode.TRIAL_NOT_MODIFIABLE, params, "plan", situation.policy.cite("trial_terms"))
    if subscription.leftover:
        return Refusal(
            RefusalCode.LEFTOVER_NOT_MODIFIABLE, params, "plan", situation.policy.cite("leftovers")
        )
    return (
        gone(subscription, situation)
        or suspended(subscription, situation)
        or off_sale(str(params["plan"]), subscription.product, situation)
        or locked(str(params["plan"]), subscription.product, situation)
    )


def running(subscription: Subscription, situation: Situation) -> Refusal | None:
    """Refuse a subscription whose term has not begun or has ended."""
    if subscription.state(situation.today) is SubscriptionState.ACTIVE:
        return None
    params = named(subscription, situation)
    return Refusal(RefusalCode.SUBSCRIPTION_NOT_ACTIVE, params, "plan", situation.policy.cite("terms"))


def follows_base(subscription: Subscription, situation: Situation) -> Refusal | None:
    """Refuse to give an add-on a term of its own: it lies within the term of its base."""
    product = situation.catalogue.products[subscription.product]
    if product.requires is None:
        return None
    base = situation.catalogue.products[product.requires].name
    params = {**named(subscription, situation), "base": base}
    return Refusal(RefusalCode.FOLLOWS_BASE, params, "plan", situation.policy.cite("add_on"))


def ahead(day: date, situation: PartnerSituation) -> bool:
    """Tell whether a day lies no further ahead than the longest term."""
    return day <= add_months(situation.today, LONGEST_MONTHS)


def seats_outside(seats: int, policy: Policy) -> Refusal | None:
    """Refuse a number of seats that no full plan can have."""
    return None if MINIMUM_SEATS <= seats <= MAXIMUM_SEATS else seats_invalid(policy)


def seats_invalid(policy: Policy) -> Refusal:
    """Return the refusal of a number outside 1 to 999,999."""
    params = {"minimum": MINIMUM_SEATS, "maximum": MAXIMUM_SEATS}
    return Refusal(RefusalCode.SEATS_INVALID, params, "seats", policy.cite("seats_keep_term"))


def named(subscription: Subscription, situation: Situation) -> dict[str, str | int | None]:
    """Return what most refusals and findings name: the customer and the plan."""
    return {
        "customer": situation.customer.name,
        "plan": plan_name(subscription, situation.catalogue),
    }
