"""From what was entered to a what-if with everything it takes: what was not said is assumed, plainly and always alike."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from assistant.domain.catalogue import Catalogue, LifeCycle, ProductKind, ServicePlan
from assistant.domain.errors import InvalidInput
from assistant.domain.identifiers import PlanId
from assistant.domain.periods import BillingMonth, add_months
from assistant.domain.quotes import QuoteValue
from assistant.domain.standing import LONGEST_MONTHS, MAXIMUM_SEATS
from assistant.domain.what_ifs import ON_A_PLAN, OPS, Asked, Figures, Holding, Supposed

ASSUMED_SEATS = 10
"""The seats of a plan nobody said a number for."""
_TRIED = timedelta(days=10)


@dataclass
class _Filling:
    """Collects what was said and what had to be assumed."""

    catalogue: Catalogue
    today: date
    entered: dict[str, QuoteValue] = field(default_factory=dict)
    assumed: dict[str, QuoteValue] = field(default_factory=dict)

    def tell(self, name: str, value: QuoteValue, *, said: bool) -> None:
        (self.entered if said else self.assumed)[name] = value

    def plan(self, name: str, said: PlanId) -> ServicePlan:
        """Return the full plan of this id or name."""
        full = [plan for plan in self.catalogue.plans.values() if not plan.trial]
        wanted = said.strip().casefold()
        for plan in full:
            if wanted in {plan.id, plan.name.casefold(), *(alias.casefold() for alias in plan.aliases)}:
                return plan
        raise InvalidInput(name, "must be one of " + ", ".join(plan.name for plan in full))


def supposed(asked: Asked, figures: Figures | None, catalogue: Catalogue, today: date) -> Supposed:
    """Complete a what-if. Raises InvalidInput for what is needed and cannot be assumed."""
    filling = _Filling(catalogue, today)
    day = asked.day or today
    if figures is not None:
        filling.tell("customer", figures.customer, said=True)
    holdings = figures.holdings if figures else _made_up(asked, filling, day)
    target, held = _target(asked, holdings, filling)
    seats = _seats_after(asked, held, filling)
    filling.tell("day", day.isoformat(), said=asked.day is not None)
    total = figures.total if figures else asked.total
    if asked.total is not None and not figures:
        filling.tell("total", asked.total, said=True)
    return Supposed(
        op=asked.op,
        holdings=holdings,
        target=target,
        seats=seats,
        day=day,
        total=total,
        customer=figures.customer if figures else None,
        entered=filling.entered,
        assumed=filling.assumed,
    )


def refuse_senseless(asked: Asked, today: date) -> None:
    """Raise InvalidInput for a number, a day or a kind of what-if that there cannot be."""
    if asked.op not in OPS:
        raise InvalidInput("op", "must be one of " + ", ".join(OPS))
    latest = add_months(today, LONGEST_MONTHS)
    if asked.day is not None and not today <= asked.day <= latest:
        raise InvalidInput("day", f"must lie from {today} to {latest}")
    if asked.since is not None and not today >= asked.since >= date(2000, 1, 1):
        raise InvalidInput("since", f"must lie from 2000-01-01 to {today}")
    for name, number in (("seats", asked.seats), ("seats_after", asked.seats_after), ("total", asked.total)):
        if number is not None and not 0 <= number <= MAXIMUM_SEATS:
            raise InvalidInput(name, f"must be 0 to {MAXIMUM_SEATS}")


def _made_up(asked: Asked, filling: _Filling, day: date) -> tuple[Holding, ...]:
    """Return the plans of a made-up customer: none where the first one is supposed, else the one that was said."""
    if asked.op in {"assign", "trial"}:
        return ()
    had = _had(asked, filling)
    seats = ASSUMED_SEATS if asked.seats is None else asked.seats
    if not 1 <= seats <= MAXIMUM_SEATS:
        raise InvalidInput("seats", f"must be 1 to {MAXIMUM_SEATS}")
    filling.tell("plan", had.name, said=asked.plan is not None)
    filling.tell("seats", seats, said=asked.seats is not None)
    if asked.op == "convert_trial":
        trial = filling.catalogue.trial_of(had)
        if trial is None:
            raise InvalidInput("plan", "must be a service that can be tried")
        return (Holding(trial.id, seats, day - _TRIED),)
    since = asked.since or _some_months_before(filling.today)
    filling.tell("since", since.isoformat(), said=asked.since is not None)
    return (Holding(had.id, seats, since),)


def _had(asked: Asked, filling: _Filling) -> ServicePlan:
    if asked.plan is not None:
        return filling.plan("plan", asked.plan)
    candidates = _usual(filling)
    if asked.op == "crossgrade" and asked.to is not None:
        to = filling.plan("to", asked.to)
        parts = _parts(to, filling)
        candidates = [p for p in candidates if p.id != to.id and parts & _parts(p, filling)] or candidates
    if not candidates:
        raise InvalidInput("plan", "is needed: the catalogue has none to assume")
    return candidates[0]


def _usual(filling: _Filling) -> list[ServicePlan]:
    """Return the plans that can be assumed: full ones on sale that need no other."""
    products = filling.catalogue.products
    return [
        plan
        for plan in filling.catalogue.plans.values()
        if not plan.trial
        and products[plan.product].kind is not ProductKind.ADD_ON
        and products[plan.product].life_cycle(filling.today) is LifeCycle.ON_SALE
    ]


def _parts(plan: ServicePlan, filling: _Filling) -> set[str]:
    return {product.code for product in filling.catalogue.components_of(plan, filling.today)}


def _target(asked: Asked, holdings: tuple[Holding, ...], filling: _Filling) -> tuple[PlanId, Holding | None]:
    """Return the plan worked on or got, and the holding that its seats are counted from."""
    if asked.op in {"assign", "trial"}:
        plan = filling.plan("plan", asked.plan or _usual(filling)[0].id)
        filling.tell("plan", plan.name, said=asked.plan is not None)
        return plan.id, None
    if asked.op == "crossgrade":
        if asked.to is None:
            raise InvalidInput("to", "is needed: the plan to move to")
        to = filling.plan("to", asked.to)
        filling.tell("to", to.name, said=True)
        return to.id, max(holdings, key=lambda h: h.seats, default=None)
    held = _held(asked, holdings, filling)
    if asked.op == "convert_trial":
        trial = filling.catalogue.plans[held.plan_id]
        return trial.service or trial.id, held
    return held.plan_id, held


def _held(asked: Asked, holdings: tuple[Holding, ...], filling: _Filling) -> Holding:
    trials = asked.op == "convert_trial"
    plans = filling.catalogue.plans
    fitting = found = [h for h in holdings if plans[h.plan_id].trial == trials]
    if asked.plan is not None:
        wanted = filling.plan("plan", asked.plan).id
        found = [h for h in fitting if wanted in {h.plan_id, plans[h.plan_id].service}]
    if len(found) != 1:
        names = ", ".join(plans[h.plan_id].name for h in fitting) or "none"
        raise InvalidInput("plan", f"must be one that the customer has: {names}")
    return found[0]


def _seats_after(asked: Asked, held: Holding | None, filling: _Filling) -> int:
    if asked.op in ON_A_PLAN - {"seats"}:
        return 0
    if asked.op in {"assign", "trial"}:
        said = asked.seats_after if asked.seats is None else asked.seats
        filling.tell("seats", ASSUMED_SEATS if said is None else said, said=said is not None)
        return ASSUMED_SEATS if said is None else said
    before = held.seats if held else ASSUMED_SEATS
    after = asked.seats_after
    if after is None and asked.change is not None:
        after = before + asked.change
    if after is None and asked.op == "seats":
        raise InvalidInput("seats_after", "is needed: how many seats there would be")
    filling.tell("seats_after", before if after is None else after, said=after is not None)
    return before if after is None else after


def _some_months_before(day: date) -> date:
    return BillingMonth.of(day).before.before.before.first
