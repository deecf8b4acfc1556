"""One situation for each refusal: what is asked, and the state in which it is refused."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from assistant.domain import actions
from assistant.domain.identifiers import CaseId, CustomerId, PartnerId, PlanId, SubscriptionId
from assistant.domain.refusals import RefusalCode as Code
from assistant.domain.reports import ReportState
from assistant.domain.situations import NewCustomerSituation
from assistant.domain.subscriptions import Hold, SubscriptionState
from support import cases
from support.licensing import TODAY, a_customer, a_partner, a_policy, a_situation, a_subscription
from support.reports import OVER, a_line, a_report, a_report_situation

C, S = CustomerId("C-1"), SubscriptionId("S-1")
WFS, XDR, MAIL = PlanId("wf-services-monthly"), PlanId("wf-services-xdr"), PlanId("email-security-standard")
EARLIER, LATER, FAR = TODAY - timedelta(days=1), TODAY + timedelta(days=9), date(2040, 1, 1)
GROWN = cases.with_composition("WFSADV", ("CAS", "TMES", "HES", "WFS", "EDR"))
OWNER = a_customer(25)
TRIAL = a_subscription("WF Services Trial", 5, date(2026, 3, 10))
CLOUD = cases.a_standard_licence("WF Services", "cloud")


def owning(*subscriptions, **changed):
    if changed:
        subscriptions = (replace(a_subscription(), **changed),)
    return a_situation(a_customer(subscriptions=subscriptions))


def suspended_on(day):
    return owning(suspended=Hold(day, 1), renew_months=None, months=12)


def sold(**changed):
    catalogue = GROWN
    product = replace(catalogue.products["TMES"], **changed)
    return a_situation(catalogue=replace(catalogue, products={**catalogue.products, "TMES": product}))


def creating(*, name_taken=False):
    return NewCustomerSituation(
        partner=a_partner(),
        catalogue=GROWN,
        policy=a_policy(),
        now=datetime.combine(TODAY, time(12), UTC),
        total=0,
        name_taken=name_taken,
    )


def migrating(licence=None, **more):
    return cases.a_case_situation(cases.a_migrating_customer(licence), **more)


def begun(licence=None, plan="wfbs-advanced", **more):
    customer = cases.a_migrating_customer(licence)
    outcome = cases.done(cases.migrate(plan), cases.a_case_situation(customer))
    return cases.a_case_situation(cases.after(outcome, customer), outcome.case, **more)


def suite(**more):
    bundled = a_customer(subscriptions=[a_subscription("WF Services Advanced", 25)])
    return cases.a_suite_situation(bundled, catalogue=GROWN, **more)


def reported(*lines, state=ReportState.PREPARING, now=OVER):
    return a_report_situation(a_report(*lines, state=state), now=now)


def submit(*adjustments):
    return actions.SubmitReport("2026-02", adjustments)


def review(decision, reason=None):
    return actions.ReviewReport(PartnerId("P-1"), "2026-02", decision, reason)


def assign(plan=MAIL, seats=5, **more):
    return actions.AssignPlan(C, PlanId(plan), seats, **more)


def seats(number=30, subscription=S):
    return actions.ChangeSeats(C, subscription, number)


def move(plan=XDR, **more):
    return actions.Crossgrade(C, PlanId(plan), 25, **more)


def support(reason="agents offline"):
    return actions.OpenCase(C, S, reason, "restarted them", "read the logs")


LEFTOVER = replace(a_subscription(), plan_id=None, renew_months=None, months=24)
IN_GRACE = replace(a_subscription(), start=date(2026, 2, 1), anchor=date(2026, 2, 1), renew_months=None)
ADD_ON = a_subscription("EDR Add-on", 25, number=2)
MAIL_ENDED = a_subscription("Email Security Standard Trial", 5, date(2025, 1, 1))
IN_GERMANY = replace(
    a_subscription(), licences=tuple(replace(p, data_center="Germany") for p in a_subscription().licences)
)
OWN = cases.done(actions.OrderNfr(WFS, "Own"), cases.an_nfr_situation()).nfr

LICENCES = {
    Code.TRIAL_TOO_LARGE: (actions.StartTrial(C, MAIL, 11), a_situation()),
    Code.TRIAL_EXISTS: (actions.StartTrial(C, MAIL, 5), owning(MAIL_ENDED)),
    Code.SERVICE_ALREADY_OWNED: (actions.StartTrial(C, WFS, 5), a_situation(OWNER)),
    Code.PLAN_NOT_TRIALABLE: (actions.StartTrial(C, XDR, 5), a_situation()),
    Code.POLICY_NOT_STATED: (
        actions.StartTrial(C, MAIL, 5),
        a_situation(policy=a_policy(trial_seats_max=None)),
    ),
    Code.TRIAL_NOT_MODIFIABLE: (seats(), owning(TRIAL)),
    Code.TRIAL_ENDED: (
        actions.ConvertTrial(C, S, WFS, 20),
        owning(a_subscription("WF Services Trial", 5, date(2026, 1, 1))),
    ),
    Code.NOT_A_TRIAL: (actions.ConvertTrial(C, S, WFS, 20), a_situation(OWNER)),
    Code.OTHER_SERVICE: (actions.ConvertTrial(C, S, MAIL, 20), owning(TRIAL)),
    Code.PLAN_UNKNOWN: (assign("no-such-plan"), a_situation()),
    Code.PLAN_IS_TRIAL: (assign("wf-services-trial"), a_situation()),
    Code.PLAN_END_OF_SALE: (assign(), sold(end_of_sale=TODAY)),
    Code.PLAN_END_OF_LIFE: (assign(), sold(end_of_life=TODAY)),
    Code.PLAN_LOCKED: (assign("wf-services-advanced"), a_situation(catalogue=GROWN)),
    Code.COMPONENT_OWNED: (assign("wf-services-annual"), a_situation(OWNER)),
    Code.BASE_NEEDED: (assign("edr-add-on"), a_situation()),
    Code.FOLLOWS_BASE: (
        actions.ChangeTerm(C, SubscriptionId("S-2"), LATER),
        owning(a_subscription(), ADD_ON),
    ),
    Code.START_INVALID: (assign(start=EARLIER), a_situation()),
    Code.DATA_CENTER_UNKNOWN: (assign(data_center="Atlantis"), a_situation()),
    Code.CUSTOMER_DISABLED: (seats(), a_situation(replace(OWNER, enabled=False))),
    Code.CUSTOMER_UNCHANGED: (actions.SetCustomerEnabled(C, enabled=True), a_situation()),
    Code.CUSTOMER_EXISTS: (actions.CreateCustomer("Lucerne"), creating(name_taken=True)),
    Code.CUSTOMER_INVALID: (actions.CreateCustomer("Lucerne", email="nobody"), creating()),
    Code.SEATS_INVALID: (seats(0), a_situation(OWNER)),
    Code.SEATS_UNCHANGED: (seats(25), a_situation(OWNER)),
    Code.NO_SUBSCRIPTION: (seats(subscription=SubscriptionId("S-9")), a_situation(OWNER)),
    Code.SUBSCRIPTION_NOT_ACTIVE: (seats(), owning(IN_GRACE)),
    Code.SUBSCRIPTION_SUSPENDED: (seats(), suspended_on(EARLIER)),
    Code.SUBSCRIPTION_GONE: (
        seats(),
        owning(a_subscription().ending(EARLIER, SubscriptionState.CANCELLED)),
    ),
    Code.LEFTOVER_NOT_MODIFIABLE: (seats(), owning(LEFTOVER)),
    Code.EXPIRES_INVALID: (actions.ChangeTerm(C, S, FAR), a_situation(OWNER)),
    Code.EXPIRES_UNCHANGED: (actions.ChangeTerm(C, S, date(2026, 4, 1)), a_situation(OWNER)),
    Code.MONTHS_INVALID: (actions.ChangeRenewal(C, S, 67), a_situation(OWNER)),
    Code.RENEWAL_UNCHANGED: (actions.ChangeRenewal(C, S, 1), a_situation(OWNER)),
    Code.SUSPEND_NEEDS_RENEWAL: (actions.Suspend(C, S), owning(renew_months=None, months=24)),
    Code.SUSPEND_DATE_INVALID: (actions.Suspend(C, S, FAR), a_situation(OWNER)),
    Code.NOT_SUSPENDED: (actions.Resume(C, S), a_situation(OWNER)),
    Code.RESUME_TOO_LATE: (actions.Resume(C, S), suspended_on(date(2026, 1, 20))),
    Code.RESUME_DATE_INVALID: (actions.Resume(C, S, FAR), suspended_on(EARLIER)),
    Code.LEFTOVER_IN_USE: (
        actions.Cancel(C, S),
        a_situation(a_customer(subscriptions=[LEFTOVER]), used={S: 4}),
    ),
    Code.NOTHING_OVERLAPS: (move(MAIL), a_situation(OWNER)),
    Code.SOURCE_NOT_ACTIVE: (move(), owning(start=LATER, anchor=LATER)),
    Code.SOURCE_IS_TRIAL: (move(), owning(TRIAL)),
    Code.SAME_PLAN: (move(WFS), a_situation(OWNER)),
    Code.TRANSFER_IS_AUTOMATIC: (move(obtain_new=("WFS",)), a_situation(OWNER)),
    Code.NO_SUCH_LEFTOVER: (move(delete=("WFBS",)), a_situation(OWNER)),
    Code.START_ONLY_FOR_SOFTWARE: (move(start=LATER), a_situation(OWNER)),
    Code.DATA_CENTER_CONFLICT: (move(data_center="United States"), owning(IN_GERMANY)),
    Code.TWO_SOURCES: (move(), owning(a_subscription(), a_subscription(number=2))),
}

BESIDE = {
    Code.LICENCE_UNKNOWN: (cases.migrate(licence="X-9"), migrating()),
    Code.UPFRONT_STAYS: (cases.migrate(), migrating(cases.a_standard_licence(model="upfront"))),
    Code.MIGRATION_OTHER_PRODUCT: (cases.migrate("wf-services-monthly"), migrating()),
    Code.MIGRATION_RUNNING: (cases.migrate(), begun()),
    Code.LICENCE_ENDED: (cases.migrate(), migrating(cases.a_standard_licence(ended=EARLIER))),
    Code.CASE_UNKNOWN: (actions.MigrationStep(C, CaseId("M-9"), "closed", "seen"), migrating()),
    Code.STEP_INVALID: (cases.step("closed"), begun()),
    Code.STEP_NOT_YOURS: (cases.step("vendor_confirmed"), begun(CLOUD, "wf-services-annual")),
    Code.EVIDENCE_NEEDED: (cases.step("key_entered", " "), begun()),
    Code.NO_SUITE: (actions.ApproveSuite(WFS), a_situation()),
    Code.SUITE_UNCHANGED: (actions.ApproveSuite(XDR), a_situation()),
    Code.SUITE_NOT_APPROVED: (actions.AcceptSuite(C, S), suite()),
    Code.REPORT_NOT_OVER: (submit(), reported(now=datetime(2026, 2, 20, tzinfo=UTC))),
    Code.REPORT_NOT_EDITABLE: (submit(), reported(state=ReportState.COMPLETED)),
    Code.REPORT_EMPTY: (submit(), a_report_situation(replace(a_report(), lines=()))),
    Code.REPORT_LINE_UNKNOWN: (submit(("C-9/WFS", 1, "left")), reported()),
    Code.REPORT_CHARGEABLE_INVALID: (submit(("C-1/WFS", 101, "more")), reported(a_line(100, 95))),
    Code.REPORT_COMMENT_NEEDED: (submit(), reported(a_line(100, 50))),
    Code.REPORT_DECISION_INVALID: (review("burn"), reported(state=ReportState.UNDER_REVIEW)),
    Code.REPORT_REASON_NEEDED: (review("reject"), reported(state=ReportState.UNDER_REVIEW)),
    Code.CASE_TEXT_NEEDED: (support(" "), cases.a_case_situation(OWNER)),
    Code.NFR_NOT_AVAILABLE: (actions.OrderNfr(XDR, "Own"), cases.an_nfr_situation()),
    Code.NFR_OWNED: (actions.OrderNfr(WFS, "Own"), cases.an_nfr_situation(OWN)),
    Code.NFR_NAME_NEEDED: (actions.OrderNfr(WFS, " "), cases.an_nfr_situation()),
}

SITUATIONS = {**LICENCES, **BESIDE}
