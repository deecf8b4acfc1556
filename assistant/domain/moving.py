"""What a crossgrade leaves behind, and how it is told.

A transfer keeps the activation code, the data centre and the number of licences of the component; its seats are billed once in the month of
the move, on the target's line (cited as ``billed_once``).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from assistant.domain.actions import Crossgrade
from assistant.domain.activation_codes import masked
from assistant.domain.add_ons import aligned
from assistant.domain.beginnings import begun, described, term_told
from assistant.domain.catalogue import ServicePlan
from assistant.domain.crossgrades import ComponentPlan, ComponentStep, Leftover, Matrix
from assistant.domain.customers import Customer
from assistant.domain.identifiers import SubscriptionId
from assistant.domain.issuing import Placeholders, new_licence, new_subscription
from assistant.domain.naming import plan_name
from assistant.domain.quotes import Consequence, ConsequenceCode, QuoteValue
from assistant.domain.situations import Findings, Issuer, Situation
from assistant.domain.standing import current_version
from assistant.domain.subscriptions import Licence, Subscription, SubscriptionState

_STEP_CODES = {
    ComponentStep.TRANSFER: ConsequenceCode.TRANSFERRED,
    ComponentStep.NEW: ConsequenceCode.NEW_LICENCE,
    ComponentStep.OBTAIN_NEW: ConsequenceCode.OBTAINED_NEW,
}


def moved_customer(
    action: Crossgrade,
    plan: ServicePlan,
    matrix: Matrix,
    starts: date,
    situation: Situation,
    issuer: Issuer,
) -> Customer:
    """Return the customer on the target plan; sources are ended, what they leave is unbundled or deleted."""
    target = new_subscription(
        plan,
        tuple(_licence(component, action, issuer) for component in matrix.components),
        issuer,
        seats=action.seats,
        start=starts,
        today=situation.today,
        composition=current_version(situation.catalogue.products[plan.product], situation),
        retires=situation.catalogue.products[plan.product].end_of_life,
    )
    ended = (
        replace(source.ending(situation.today, SubscriptionState.TRANSFERRED), licences=())
        for source in matrix.sources
    )
    left = (_unbundled(leftover, action, situation.today, issuer) for leftover in matrix.leftovers)
    return situation.customer.replacing(*ended).adding(target, *left)


def moved_seats(matrix: Matrix, seats: int) -> Mapping[SubscriptionId, int]:
    """Return the seats of each source that are billed on the target's line from now on."""
    return {source.id: min(source.seats, seats) for source in matrix.sources}


def told(
    action: Crossgrade, plan: ServicePlan, matrix: Matrix, starts: date, situation: Situation
) -> Findings:
    """Describe the crossgrade: sources and target, each component, what stays behind, and the bill."""
    moved = moved_customer(action, plan, matrix, starts, situation, Placeholders())
    made = begun(moved, situation)
    after = described(made, situation)
    before = _sources_described(matrix.sources, situation)
    consequences = (
        *(_component_told(component, situation) for component in matrix.components),
        *_sources_told(action, matrix, plan, situation),
        *_leftovers_told(action, matrix, moved, situation),
        *_effect_told(action, situation),
        *term_told(made, situation),
    )
    values = {**after, "seats_before": before.get("seats", 0), "seats_after": action.seats}
    return Findings(values, before, after, consequences, situation.policy.cite("crossgrade"))


def _licence(component: ComponentPlan, action: Crossgrade, issuer: Issuer) -> Licence:
    if component.step is ComponentStep.TRANSFER and component.licence:
        return component.licence
    return new_licence(component.product, issuer, action.data_center)


def _unbundled(leftover: Leftover, action: Crossgrade, today: date, issuer: Issuer) -> Subscription:
    kept = replace(
        leftover.source.on(today),
        id=SubscriptionId(issuer.new("S")),
        plan_id=None,
        product=leftover.product.code,
        renew_months=None,
        licences=(leftover.licence,),
        composition=1,
        retires=leftover.product.end_of_life,
        recorded=today,
    )
    deleted = leftover.product.code in action.delete
    return kept.ending(today, SubscriptionState.CANCELLED) if deleted else kept


def _sources_described(sources: tuple[Subscription, ...], situation: Situation) -> dict[str, QuoteValue]:
    if not sources:
        return {}
    names = [plan_name(source, situation.catalogue) for source in sources]
    return {
        "plan": ", ".join(names),
        "seats": max(source.seats for source in sources),
        "expires": max(source.expires for source in sources).isoformat(),
    }


def _component_told(component: ComponentPlan, situation: Situation) -> Consequence:
    params: dict[str, QuoteValue] = {"product": component.product.name}
    if component.step is ComponentStep.TRANSFER and component.licence:
        params["code"] = masked(component.licence.code)
    if component.step is ComponentStep.OBTAIN_NEW and component.source:
        params["plan"] = plan_name(component.source, situation.catalogue)
    return Consequence(_STEP_CODES[component.step], params, situation.policy.cite("crossgrade"))


def _sources_told(
    action: Crossgrade, matrix: Matrix, plan: ServicePlan, situation: Situation
) -> Iterator[Consequence]:
    unbundled = {leftover.source.id for leftover in matrix.leftovers}
    for source in matrix.sources:
        broken = source.id in unbundled
        code = ConsequenceCode.SOURCE_UNBUNDLED if broken else ConsequenceCode.SOURCE_DISABLED
        rule = "leftovers" if broken else "crossgrade"
        params: dict[str, QuoteValue] = {"plan": plan_name(source, situation.catalogue)}
        yield Consequence(code, params, situation.policy.cite(rule))
    seats = sum(moved_seats(matrix, action.seats).values())
    if seats:
        once: dict[str, QuoteValue] = {"seats": min(seats, action.seats), "plan": plan.name}
        yield Consequence(ConsequenceCode.BILLED_ONCE, once, situation.policy.cite("billed_once"))


def _leftovers_told(
    action: Crossgrade, matrix: Matrix, moved: Customer, situation: Situation
) -> Iterable[Consequence]:
    cites = situation.policy.cite("leftovers")
    settled = aligned(moved, situation.catalogue, situation.today)
    kept = {licence.id: s for s in settled.subscriptions for licence in s.licences}
    for leftover in matrix.leftovers:
        params: dict[str, QuoteValue] = {"product": leftover.product.name}
        if leftover.product.code in action.delete:
            yield Consequence(ConsequenceCode.LEFTOVER_DELETED, params, cites)
        elif kept[leftover.licence.id].ended:
            add_on: dict[str, QuoteValue] = {"add_on": leftover.product.name}
            yield Consequence(ConsequenceCode.ADD_ON_ENDS, add_on, situation.policy.cite("add_on"))
        else:
            expires = kept[leftover.licence.id].agreed_end.isoformat()
            yield Consequence(ConsequenceCode.LEFTOVER_KEPT, {**params, "expires": expires}, cites)


def _effect_told(action: Crossgrade, situation: Situation) -> Iterator[Consequence]:
    if action.start is None:
        yield Consequence(ConsequenceCode.EFFECTIVE_NOW, {}, situation.policy.cite("crossgrade"))
