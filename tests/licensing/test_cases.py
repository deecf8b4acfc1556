from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.domain.actions import Migrate, MigrationStep, OpenCase, OrderNfr
from assistant.domain.case_lookups import CaseById, Cases, OwnLicences, RemoteManager
from assistant.domain.errors import NotFound, QuoteOutdated
from assistant.domain.identifiers import CaseId, PlanId
from assistant.domain.lookups import ChangeByReference, CustomerById, PlanChoices
from assistant.domain.principals import Role
from assistant.domain.quotes import Receipt
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.licensing.remote.answers import result_of
from assistant.ports.wire.licensing import lookup_from_json, lookup_json, result_json

OUTSIDE = """
partners:
  Northwind:
    customers:
      Litware: {standard_licences: [{product: Worry-Free, hosting: on-prem, seats: 30}]}
      Fabrikam:
        subscriptions: [{plan: Email Security Standard, seats: 8}]
        standard_licences: [{product: WF Services, hosting: cloud, seats: 45}]
  Southridge:
    customers:
      Coho: {standard_licences: [{product: Worry-Free, hosting: on-prem, seats: 5}]}
"""


@pytest.fixture
def backend(each_backend):
    return each_backend(OUTSIDE)


def desk(backend):
    return backend.user(Role.OPERATOR, partner=None, user_id="U-olga")


def migrate(backend, name="Fabrikam", plan="wf-services-annual", principal=None):
    licence = backend.stored(name).standard_licences[0].id
    return backend.change(Migrate(backend.customer(name), licence, PlanId(plan)), principal, f"T-{name}")


def the_case(backend, name="Fabrikam", principal=None):
    found = backend.licensing.look_up(principal or backend.user(), Cases(backend.customer(name)))
    return found[0]


def step(backend, state, name="Fabrikam", principal=None):
    case = the_case(backend, name, principal)
    action = MigrationStep(backend.customer(name), case.id, state, "seen there")
    return backend.change(action, principal, f"T-{state}")


def test_a_cloud_licence_moves_with_the_vendors_desk_to_its_end(backend):
    migrate(backend)
    step(backend, "vendor_confirmed", principal=desk(backend))
    step(backend, "verified")
    step(backend, "closed")

    customer, case = backend.stored("Fabrikam"), the_case(backend)
    assert customer.subscriptions[1].seats == 45
    assert customer.standard_licences[0].ended is not None
    assert (case.state, case.open, case.next, case.product, case.seats) == (
        "closed",
        False,
        (),
        "WF Services",
        45,
    )
    assert [taken.actor for taken in case.steps] == ["Anna", "Olga", "Anna", "Anna"]


def test_the_desk_sees_the_open_cases_of_every_partner_and_nothing_else_of_them(backend):
    migrate(backend)
    carla = backend.user(partner="Southridge", user_id="U-carla")
    migrate(backend, "Coho", "wfbs-advanced", carla)
    step(backend, "abandoned", "Coho", carla)

    open_cases = backend.licensing.look_up(desk(backend), Cases())

    assert [(case.partner, case.customer) for case in open_cases] == [("Northwind", "Fabrikam")]
    assert backend.licensing.look_up(desk(backend), CaseById(open_cases[0].id)) == open_cases[0]
    with pytest.raises(NotFound):
        backend.licensing.look_up(desk(backend), CustomerById(backend.customer("Fabrikam")))


def test_each_is_offered_the_steps_it_may_record(backend):
    migrate(backend)

    assert the_case(backend).next == ("abandoned",)
    assert the_case(backend, principal=desk(backend)).next == ("vendor_confirmed", "abandoned")
    assert the_case(backend, principal=backend.user(Role.PARTNER_READER)).next == ()


def test_a_partner_reaches_its_own_cases_only(backend):
    migrate(backend)
    case, other = the_case(backend), backend.user(partner="Southridge", user_id="U-carla")

    assert backend.licensing.look_up(other, Cases()) == ()
    with pytest.raises(NotFound):
        backend.licensing.look_up(other, CaseById(case.id))
    with pytest.raises(NotFound):
        backend.licensing.look_up(other, Cases(backend.customer("Fabrikam")))
    stolen = MigrationStep(backend.customer("Coho"), case.id, "abandoned", "mine now")
    refusal = backend.licensing.preview(other, stolen)
    assert isinstance(refusal, Refusal)
    assert refusal.code is RefusalCode.CASE_UNKNOWN


@pytest.mark.parametrize("role", [Role.SALES, Role.EDITOR, Role.END_CUSTOMER])
def test_nobody_else_sees_cases_or_own_licences(backend, role):
    migrate(backend)
    who = backend.user(role, partner=None)

    assert backend.licensing.look_up(who, Cases()) == ()
    assert backend.licensing.look_up(who, OwnLicences()) == ()
    with pytest.raises(NotFound):
        backend.licensing.look_up(who, CaseById(the_case(backend).id))


def test_the_desk_changes_nothing_but_cases(backend):
    migrate(backend)
    licence = backend.stored("Litware").standard_licences[0].id
    action = Migrate(backend.customer("Litware"), licence, PlanId("wfbs-advanced"))

    refusal = backend.licensing.preview(desk(backend), action)

    assert isinstance(refusal, Refusal)
    assert refusal.code is RefusalCode.NOT_PERMITTED
    unknown = MigrationStep(backend.customer("Litware"), CaseId("M-none"), "closed", "seen")
    with pytest.raises(NotFound):
        backend.licensing.preview(desk(backend), unknown)


def test_a_step_confirmed_before_another_was_taken_changes_nothing(backend):
    migrate(backend, "Litware", "wfbs-advanced")
    case = the_case(backend, "Litware")
    action = MigrationStep(backend.customer("Litware"), case.id, "key_entered", "typed in")
    mine, theirs = backend.confirm(action, task_id="T-1"), backend.confirm(action, task_id="T-2")
    backend.execute(theirs)

    outcome = backend.execute(mine)

    assert isinstance(outcome, Refusal)
    assert outcome.code is RefusalCode.STEP_INVALID
    assert len(the_case(backend, "Litware").steps) == 2


def test_the_desk_learns_what_became_of_its_own_change_and_of_nobody_elses(backend):
    migrate(backend)
    case, olga = the_case(backend), desk(backend)
    action = MigrationStep(backend.customer("Fabrikam"), case.id, "vendor_confirmed", "moved")
    capsule = backend.confirm(action, olga)

    assert backend.licensing.status(olga, capsule.hash) is None
    receipt = backend.execute(capsule, olga)

    assert backend.licensing.status(olga, capsule.hash) == receipt
    assert backend.execute(capsule, olga) == receipt
    other = backend.user(Role.OPERATOR, partner=None, user_id="U-otto")
    assert backend.licensing.status(other, capsule.hash) is None


def test_what_the_desk_withdrew_is_never_executed(backend):
    migrate(backend)
    olga = desk(backend)
    action = MigrationStep(backend.customer("Fabrikam"), the_case(backend).id, "vendor_confirmed", "moved")
    capsule = backend.confirm(action, olga)

    assert backend.licensing.withdraw(olga, capsule.hash) is None

    with pytest.raises(QuoteOutdated):
        backend.execute(capsule, olga)
    assert the_case(backend).state == "vendor_requested"


def test_a_step_by_the_desk_stands_in_the_partners_audit(backend):
    migrate(backend)
    receipt = step(backend, "vendor_confirmed", principal=desk(backend))

    item = backend.licensing.look_up(backend.user(), ChangeByReference(receipt.reference))

    assert (item.actor, item.customer, item.kind) == ("Olga", "Fabrikam", "migration_step")
    assert backend.licensing.verify_audit() == {"Northwind": (), "Southridge": ()}


def test_a_support_case_is_kept_with_what_both_levels_did(backend):
    subscription = backend.stored("Fabrikam").subscriptions[0].id
    backend.change(
        OpenCase(backend.customer("Fabrikam"), subscription, "mail is late", "checked DNS", "read logs")
    )

    case = the_case(backend)

    assert (case.kind, case.state, case.next) == ("support", "open", ())
    assert (case.reason, case.level_one, case.level_two) == ("mail is late", "checked DNS", "read logs")


def test_the_newest_case_comes_first(backend):
    for number in range(3):
        migrate(backend, "Litware", "wfbs-advanced", backend.user())
        step(backend, "abandoned", "Litware")
        backend.clock.advance(minutes=number + 1)

    found = backend.licensing.look_up(backend.user(), Cases(backend.customer("Litware")))

    opened = [case.steps[0].when for case in found]
    assert len(found) == 3
    assert opened == sorted(opened, reverse=True)


def test_an_own_licence_is_shown_with_a_masked_code_once_for_each_product(backend):
    backend.change(OrderNfr(PlanId("wf-services-monthly"), "Training room"))

    (own,) = backend.licensing.look_up(backend.user(), OwnLicences())

    assert (own.product, own.name) == ("Worry-Free Services", "Training room")
    assert "DEMO" not in own.masked_code
    assert backend.licensing.look_up(backend.user(partner="Southridge"), OwnLicences()) == ()
    again = backend.licensing.preview(backend.user(), OrderNfr(PlanId("wf-services-annual"), "Another"))
    assert isinstance(again, Refusal)
    assert again.code is RefusalCode.NFR_OWNED


def test_two_orders_confirmed_at_once_make_one_own_licence(backend):
    action = OrderNfr(PlanId("wf-services-monthly"), "Training room")
    one, other = backend.confirm(action, task_id="T-1"), backend.confirm(action, task_id="T-2")
    backend.execute(one)

    outcome = backend.execute(other)

    assert isinstance(outcome, Refusal)
    assert len(backend.licensing.look_up(backend.user(), OwnLicences())) == 1


def test_only_plans_that_a_licence_can_move_to_are_offered(backend):
    plans = backend.licensing.look_up(backend.user(), PlanChoices("migrate", backend.customer("Litware")))

    assert [plan.name for plan in plans] == ["WFBS Advanced"]


def test_what_is_looked_up_comes_back_over_the_wire_as_it_was(backend):
    migrate(backend)
    subscription = backend.stored("Fabrikam").subscriptions[0].id
    backend.change(OpenCase(backend.customer("Fabrikam"), subscription, "late", "looked", "read"))
    backend.change(OrderNfr(PlanId("wf-services-monthly"), "Training room"))
    case = the_case(backend)
    lookups = (Cases(), Cases(case.customer_id), CaseById(case.id), OwnLicences(), RemoteManager(7))

    for lookup in lookups:
        assert lookup_from_json(lookup_json(lookup)) == lookup
        result = backend.licensing.look_up(backend.user(), lookup)
        assert result_of(lookup, result_json(result)) == result


def test_of_two_desks_that_confirm_at_once_one_does_and_the_other_is_told(backend):
    migrate(backend)
    case = the_case(backend)
    action = MigrationStep(backend.customer("Fabrikam"), case.id, "vendor_confirmed", "moved")
    desks = [
        backend.user(Role.OPERATOR, partner=None, user_id=f"U-{name}")
        for name in ("olga", "otto", "odo", "ona")
    ]
    capsules = [backend.confirm(action, who, who.user_id) for who in desks]

    def confirm(who, capsule):
        try:
            return backend.execute(capsule, who)
        except QuoteOutdated as error:
            return error

    with ThreadPoolExecutor(len(desks)) as threads:
        outcomes = list(threads.map(confirm, desks, capsules))

    assert sum(isinstance(outcome, Receipt) for outcome in outcomes) == 1
    assert len(backend.stored("Fabrikam").subscriptions) == 2
    assert len(the_case(backend).steps) == 2
