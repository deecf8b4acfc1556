"""Random sequences of all licence changes, clock moves and refusals: what must hold after every step, holds.

The machine keeps one customer, and beside it the record of provisioned seats as a plain list, which the rules never see.
``LICENSING_SEQUENCES`` sets how many sequences of 50 steps are tried.
"""

import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from assistant.domain import actions
from assistant.domain.assessment import propose
from assistant.domain.catalogue import Composition, ProductKind
from assistant.domain.identifiers import PlanId, SubscriptionId
from assistant.domain.lifecycle import caught_up, due_events
from assistant.domain.naming import plan_name
from assistant.domain.periods import local_date
from assistant.domain.provisioning import provisions, seat_changes
from assistant.domain.refusals import Refusal
from assistant.domain.situations import SuiteApproval, SuiteSituation
from assistant.domain.subscriptions import HELD, SubscriptionState
from support.clock import FakeIds
from support.licensing import a_customer, a_partner, a_subscription, every_rule_cited, the_catalogue
from support.spans import SpanList

ZONE = "Europe/Berlin"
START = datetime(2026, 1, 31, 9, 0, tzinfo=UTC)
CHANGE_OF_SUITE = date(2026, 9, 1)
END_OF_SALE, END_OF_LIFE = date(2027, 3, 1), date(2027, 9, 1)
SEQUENCES = int(os.environ.get("LICENSING_SEQUENCES", "50"))  # noqa: TID251 - how long a test runs

SEATS = st.integers(1, 10) | st.integers(-1, 14) | st.sampled_from([25, 60, 999_999, 1_000_000])


def machine_catalogue():
    """The default catalogue, in which a suite changes what it contains and one product is given up."""
    catalogue = the_catalogue()
    products = dict(catalogue.products)
    suite = products["WFSADV"]
    without = tuple(code for code in suite.compositions[0].components if code != "HES")
    changed = Composition(2, CHANGE_OF_SUITE, (*without, "EDR"))
    products["WFSADV"] = replace(suite, compositions=(*suite.compositions, changed))
    products["CAS"] = replace(products["CAS"], end_of_sale=END_OF_SALE, end_of_life=END_OF_LIFE)
    return replace(catalogue, products=products)


CATALOGUE = machine_catalogue()
FULL = st.sampled_from(sorted(p.id for p in CATALOGUE.plans.values() if not p.trial)).map(PlanId)
PLANS = FULL | st.sampled_from(sorted(CATALOGUE.plans)).map(PlanId)


class Licences(RuleBasedStateMachine):
    @initialize()
    def begin(self):
        self.now, self.ids = START, FakeIds()
        first = a_subscription(seats=25, start=date(2025, 12, 31))
        self.customer = a_customer(subscriptions=[first])
        self.spans = SpanList()
        self.spans.apply(seat_changes(None, self.customer, START, ZONE, {}))
        self.partner = a_partner(time_zone=ZONE, since=date(2026, 1, 1))
        self.policy, self.approved = every_rule_cited(), {}
        self.events = []

    @property
    def today(self):
        return local_date(self.now, ZONE)

    def situation(self):
        return SuiteSituation(
            data_center=None,
            stored=self.customer,
            partner=self.partner,
            catalogue=CATALOGUE,
            policy=self.policy,
            now=self.now,
            total=self.customer.chargeable(self.today),
            approved=dict(self.approved),
        )

    def attempt(self, action):
        situation = self.situation()
        before = situation.customer
        proposal = propose(action, situation)
        assert self.customer == situation.stored
        if isinstance(proposal, Refusal):
            assert proposal.cites, proposal
            event(f"refused: {proposal.code}")
            return None
        assert propose(action, situation).quote == proposal.quote
        outcome = proposal.apply(self.ids)
        self.take(before, outcome)
        self.check_totals(proposal.quote)
        self.check_preview(before, proposal.quote)
        event(f"done: {action.kind}")
        return before, proposal.quote

    def take(self, before, outcome):
        self.record_due()
        if outcome.approval:
            assert isinstance(outcome.approval, SuiteApproval)
            self.approved[outcome.approval.product] = outcome.approval.version
        if outcome.customer:
            changes = seat_changes(before, outcome.customer, self.now, ZONE, outcome.moved)
            self.spans.apply(changes)
            self.customer = outcome.customer

    def record_due(self):
        for subscription in self.customer.subscriptions:
            found = [(subscription.id, e.kind, e.on) for e in due_events(subscription, self.today)]
            assert not set(found) & set(self.events)
            self.events += found
        self.customer = caught_up(self.customer, self.today)

    def check_totals(self, quote):
        if "total_after" in quote.values:
            assert quote.values["total_before"] >= 0
            assert quote.values["total_after"] == self.customer.chargeable(self.today)

    def check_preview(self, before, quote):
        """What the preview said of the plan afterwards is what became of it, field by field."""
        named = getattr(quote.action, "subscription_id", None)
        known = {s.id for s in before.subscriptions}
        added = [s.id for s in self.customer.subscriptions if s.id not in known]
        if quote.action.kind in {"cancel", "customer_state", "suite_approval"}:
            return
        became = self.customer.subscription(added[0] if added else named)
        facts = {
            "plan": plan_name(became, CATALOGUE),
            "seats": became.seats,
            "starts": became.start.isoformat(),
            "ends": became.expires.isoformat(),
            "expires": became.expires.isoformat(),
            "months": became.renew_months or 0,
        }
        assert {key: facts[key] for key in quote.after if key in facts} == {
            key: value for key, value in quote.after.items() if key in facts
        }

    def any_subscription(self, data):
        ids = [s.id for s in self.customer.subscriptions]
        live = [s.id for s in self.customer.subscriptions if s.held(self.today)]
        return data.draw(st.sampled_from([*live, *live, *live, *ids, SubscriptionId("S-none")]))

    def any_day(self, data):
        return self.today + timedelta(days=data.draw(st.integers(-3, 70) | st.integers(0, 700)))

    @rule(hours=st.integers(1, 40) | st.integers(24, 2500), recorded=st.booleans())
    def time_passes(self, hours, recorded):
        self.now += timedelta(hours=hours)
        if recorded:
            self.record_due()

    @rule(plan=PLANS, seats=SEATS)
    def start_trial(self, plan, seats):
        self.attempt(actions.StartTrial(self.customer.id, plan, seats))

    @rule(data=st.data(), plan=PLANS, seats=SEATS)
    def convert_trial(self, data, plan, seats):
        tried = self.attempt(actions.ConvertTrial(self.customer.id, self.any_subscription(data), plan, seats))
        if tried:
            assert codes(tried[0]) == codes(self.customer)

    @rule(data=st.data(), plan=PLANS, seats=SEATS, later=st.booleans())
    def assign(self, data, plan, seats, later):
        start = self.any_day(data) if later else None
        self.attempt(actions.AssignPlan(self.customer.id, plan, seats, start))

    @rule(data=st.data(), seats=SEATS)
    def change_seats(self, data, seats):
        subscription_id = self.any_subscription(data)
        tried = self.attempt(actions.ChangeSeats(self.customer.id, subscription_id, seats))
        if tried:
            old, new = (c.subscription(subscription_id) for c in (tried[0], self.customer))
            assert new == replace(old, seats=seats)
            assert tried[1].after["expires"] == new.expires.isoformat()

    @rule(data=st.data())
    def change_term(self, data):
        subscription_id = self.any_subscription(data)
        tried = self.attempt(actions.ChangeTerm(self.customer.id, subscription_id, self.any_day(data)))
        if tried:
            changed = self.customer.subscription(subscription_id)
            assert tried[1].after["expires"] == changed.expires.isoformat()
            assert changed.state(self.today) in {SubscriptionState.ACTIVE, SubscriptionState.PENDING}

    @rule(data=st.data(), months=st.integers(-1, 67) | st.sampled_from([0, 1, 12]))
    def change_renewal(self, data, months):
        subscription_id = self.any_subscription(data)
        tried = self.attempt(actions.ChangeRenewal(self.customer.id, subscription_id, months))
        if tried:
            old, new = (c.subscription(subscription_id) for c in (tried[0], self.customer))
            assert (new.expires, new.renew_months or 0) == (old.expires, months)

    @rule(data=st.data(), later=st.booleans())
    def suspend(self, data, later):
        expires = self.any_day(data) if later else None
        self.attempt(actions.Suspend(self.customer.id, self.any_subscription(data), expires))

    @rule(data=st.data(), later=st.booleans())
    def resume(self, data, later):
        expires = self.any_day(data) if later else None
        self.attempt(actions.Resume(self.customer.id, self.any_subscription(data), expires))

    @rule(data=st.data(), reason=st.none() | st.just("moved away"))
    def cancel(self, data, reason):
        subscription_id = self.any_subscription(data)
        if self.attempt(actions.Cancel(self.customer.id, subscription_id, reason)):
            ended = self.customer.subscription(subscription_id)
            assert ended.state(self.today) is SubscriptionState.CANCELLED

    @rule(data=st.data(), plan=PLANS, seats=SEATS)
    def crossgrade(self, data, plan, seats):
        software = sorted(p.code for p in CATALOGUE.products.values() if p.kind is ProductKind.SOFTWARE)
        chosen = data.draw(st.lists(st.sampled_from(software), unique=True, max_size=2))
        deleted = data.draw(st.lists(st.sampled_from(["CAS", "TMES", "HES"]), unique=True, max_size=1))
        action = actions.Crossgrade(self.customer.id, plan, seats, tuple(chosen), tuple(deleted), None, None)
        tried = self.attempt(action)
        if tried:
            self.check_crossgrade(tried[0], set(chosen), set(deleted))

    def check_crossgrade(self, before, obtained, deleted):
        for product in CATALOGUE.products:
            held_before = len(list(before.holding(product, self.today)))
            held_after = len(list(self.customer.holding(product, self.today)))
            if held_before and product not in obtained | deleted and product != "EDR":
                assert held_after == held_before, product
        kept = {code: place for code, place in places(before).items() if code in places(self.customer)}
        assert kept == {code: places(self.customer)[code] for code in kept}

    @rule(plan=FULL)
    def approve_suite(self, plan):
        self.attempt(actions.ApproveSuite(plan))

    @rule(data=st.data())
    def accept_suite(self, data):
        subscription_id = self.any_subscription(data)
        if self.attempt(actions.AcceptSuite(self.customer.id, subscription_id)):
            assert self.customer.subscription(subscription_id).composition > 1

    @rule(enabled=st.sampled_from([True, True, True, False]))
    def enable_or_disable(self, enabled):
        tried = self.attempt(actions.SetCustomerEnabled(self.customer.id, enabled))
        if tried and not enabled:
            assert self.customer.chargeable(self.today) == 0

    @invariant()
    def a_service_is_licensed_once(self):
        for product in CATALOGUE.products.values():
            if product.kind in {ProductKind.SAAS, ProductKind.ADD_ON}:
                assert len(list(self.customer.holding(product.code, self.today))) <= 1, product.code

    @invariant()
    def trials_stay_what_they_are(self):
        for trial in (s for s in self.customer.subscriptions if s.trial):
            assert 1 <= trial.seats <= 10
            assert (trial.renew_months, trial.suspended) == (None, None)
            assert not trial.counts(self.today)

    @invariant()
    def suites_are_whole(self):
        for subscription in self.customer.subscriptions:
            compositions = CATALOGUE.products[subscription.product].compositions
            if compositions and subscription.state(self.today) in HELD:
                parts = {licence.product for licence in subscription.licences}
                assert parts == set(compositions[subscription.composition - 1].components)

    @invariant()
    def add_ons_lie_within_their_base(self):
        for add_on in (s.on(self.today) for s in self.customer.subscriptions if s.product == "EDR"):
            if add_on.state(self.today) in HELD:
                bases = [s.on(self.today) for s in self.customer.holding("WFS", self.today)]
                assert bases, (add_on, [s for s in self.customer.subscriptions if s.covers("WFS")])
                base = bases[0]
                assert add_on.leftover or add_on.start >= base.start
                assert base.auto_renew or add_on.expires <= base.expires

    @invariant()
    def codes_are_unique(self):
        every = [p.code for s in self.customer.subscriptions for p in s.licences]
        assert len(every) == len(set(every))

    @invariant()
    def what_is_billed_follows_from_the_facts(self):
        assert self.spans.total(self.now) == self.customer.chargeable(self.today)
        planned = provisions(self.customer, self.now, self.today, ZONE)
        assert self.spans.from_now(self.now) == {(p.subscription_id, p.seats, p.until) for p in planned}
        assert self.spans.never_overlap()

    @invariant()
    def nothing_outlives_its_product(self):
        if self.today >= END_OF_LIFE:
            assert not any(s.product == "CAS" and s.held(self.today) for s in self.customer.subscriptions)

    @invariant()
    def a_disabled_customer_has_nothing(self):
        if not self.customer.enabled:
            assert not any(s.held(self.today) for s in self.customer.subscriptions)


def codes(customer):
    return sorted(p.code for s in customer.subscriptions for p in s.licences)


def places(customer):
    return {p.code: (p.product, p.data_center) for s in customer.subscriptions for p in s.licences}


Licences.TestCase.settings = settings(
    max_examples=SEQUENCES,
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestLicences = Licences.TestCase
