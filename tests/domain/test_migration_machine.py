"""Random migrations beside other changes: what was bought outside is never lost, doubled or billed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from assistant.domain import actions
from assistant.domain.assessment import propose
from assistant.domain.cases import CaseState
from assistant.domain.identifiers import CaseId, CustomerId, PlanId, StandardLicenceId, SubscriptionId
from assistant.domain.lifecycle import caught_up
from assistant.domain.refusals import Refusal
from assistant.domain.situations import CaseSituation
from support.cases import a_standard_licence
from support.clock import FakeIds
from support.licensing import a_customer, a_partner, every_rule_cited, the_catalogue

C = CustomerId("C-1")
OUTSIDE = (
    a_standard_licence("Worry-Free", "on-prem", seats=30, number=1),
    a_standard_licence("WF Services", "cloud", seats=45, number=2),
    a_standard_licence("hosted email", "cloud", seats=12, number=3),
    a_standard_licence("WF Services", "cloud", "upfront", seats=200, number=4),
    a_standard_licence("Mail Gateway 3", "on-prem", seats=7, number=5),
)
PLANS = st.sampled_from(
    ["wfbs-advanced", "wf-services-annual", "wf-services-xdr", "hosted-email-security", "edr-add-on"]
).map(PlanId)
FITTING = {1: "wfbs-advanced", 2: "wf-services-annual", 3: "hosted-email-security"}
PICK = st.integers(0, 9)


class Migrations(RuleBasedStateMachine):
    @initialize()
    def begin(self):
        self.now, self.ids = datetime(2026, 3, 15, 12, 0, tzinfo=UTC), FakeIds()
        self.customer = replace(a_customer(), standard_licences=OUTSIDE)
        self.cases = {}

    @property
    def today(self):
        return self.now.date()

    def situation(self, case=None, *, desk=True, used=None):
        return CaseSituation(
            stored=self.customer,
            partner=a_partner(),
            catalogue=the_catalogue(),
            policy=every_rule_cited(),
            now=self.now,
            total=self.customer.chargeable(self.today),
            used=used or {},
            case=case,
            actor="Anna",
            desk=desk,
        )

    def attempt(self, action, situation):
        proposal = propose(action, situation)
        if isinstance(proposal, Refusal):
            assert proposal.cites
            return None
        outcome = proposal.apply(self.ids)
        if outcome.case:
            self.cases[outcome.case.id] = outcome.case
        self.customer = outcome.customer or self.customer
        if "total_after" in proposal.quote.values:
            assert proposal.quote.values["total_after"] == self.customer.chargeable(self.today)
        return outcome

    def of(self, licence_id):
        return [case for case in self.cases.values() if case.licence_id == licence_id]

    @rule(number=st.integers(1, 6), plan=PLANS, fitting=st.sampled_from([True, True, True, False]))
    def migrate(self, number, plan, fitting):
        licence_id = StandardLicenceId(f"X-{number}")
        plan = FITTING.get(number, plan) if fitting else plan
        running = next((case for case in self.of(licence_id) if case.open), None)
        self.attempt(actions.Migrate(C, licence_id, plan), self.situation(running))

    @rule(data=st.data(), pick=PICK, desk=st.booleans())
    def step(self, data, pick, desk):
        cases = [case for case in self.cases.values() if case.open] or [*self.cases.values()]
        case = cases[pick % len(cases)] if cases else None
        onward = [state.value for state in case.next[:1]] if case else []
        state = data.draw(st.sampled_from([*onward * 8, *(state.value for state in CaseState)]))
        action = actions.MigrationStep(C, case.id if case else CaseId("M-none"), state, "seen there")
        outcome = self.attempt(action, self.situation(case, desk=desk))
        assert outcome is None or desk or state != "vendor_confirmed"

    @rule(pick=PICK)
    def give_up_what_is_in_use(self, pick):
        cases = [case for case in self.cases.values() if case.subscription_id]
        if cases:
            case = cases[pick % len(cases)]
            held = self.customer.subscription(case.subscription_id)
            situation = self.situation(case, used={case.subscription_id: 2})
            self.attempt(actions.MigrationStep(C, case.id, "abandoned", "called us"), situation)
            assert self.customer.subscription(case.subscription_id) in {held, held.on(self.today)}

    @rule(pick=PICK)
    def cancel(self, pick):
        ids = [s.id for s in self.customer.subscriptions] or [SubscriptionId("S-none")]
        self.attempt(actions.Cancel(C, ids[pick % len(ids)]), self.situation())

    @rule(plan=PLANS)
    def assign(self, plan):
        self.attempt(actions.AssignPlan(C, plan, 3), self.situation())

    @rule(enabled=st.sampled_from([True, True, True, False]))
    def enable_or_disable(self, enabled):
        self.attempt(actions.SetCustomerEnabled(C, enabled), self.situation())

    @rule(days=st.integers(1, 20))
    def time_passes(self, days):
        self.now += timedelta(days=days)
        self.customer = caught_up(self.customer, self.today)

    @invariant()
    def nothing_from_outside_is_lost_or_counted(self):
        assert [replace(licence, ended=None) for licence in self.customer.standard_licences] == [*OUTSIDE]
        assert self.customer.chargeable(self.today) == sum(
            s.seats for s in self.customer.subscriptions if s.counts(self.today)
        )

    @invariant()
    def a_licence_ends_outside_exactly_when_its_migration_was_verified(self):
        for licence in self.customer.standard_licences:
            taken = {step.state for case in self.of(licence.id) for step in case.steps}
            assert (licence.ended is not None) == (CaseState.VERIFIED in taken)

    @invariant()
    def a_licence_has_one_open_case_at_most_and_what_stays_outside_none(self):
        for licence in self.customer.standard_licences:
            assert sum(case.open for case in self.of(licence.id)) <= 1
            if licence.model == "upfront" or licence.product == "Mail Gateway 3":
                assert not self.of(licence.id)

    @invariant()
    def what_a_case_issued_has_the_seats_and_the_product_of_its_licence(self):
        for case in self.cases.values():
            if case.subscription_id:
                licence = self.customer.standard_licence(case.licence_id)
                issued = self.customer.subscription(case.subscription_id)
                assert (issued.seats, issued.plan_id) == (licence.seats, case.about["plan"])

    @invariant()
    def every_step_follows_from_the_one_before(self):
        for case in self.cases.values():
            for earlier, later in zip(case.steps, case.steps[1:], strict=False):
                assert later.state in replace(case, state=earlier.state).next
                assert later.evidence

    @invariant()
    def nothing_is_licensed_twice(self):
        held = [p.product for s in self.customer.subscriptions if s.held(self.today) for p in s.licences]
        assert len(held) == len(set(held))


TestMigrations = Migrations.TestCase
TestMigrations.settings = settings(max_examples=80, stateful_step_count=30, deadline=None)
