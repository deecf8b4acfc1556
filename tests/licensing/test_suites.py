from datetime import date

from assistant.domain.actions import AcceptSuite, ApproveSuite, ChangeSeats
from assistant.domain.identifiers import PlanId
from assistant.domain.lookups import CustomerById
from assistant.domain.refusals import Refusal, RefusalCode
from support.cases import with_composition

CHANGED = with_composition("WFSADV", ("CAS", "TMES", "WFS", "EDR"), since=date(2026, 4, 1))
PLAN = PlanId("wf-services-advanced")
BUNDLED = """
partners:
  Northwind:
    customers:
      Tailspin: {subscriptions: [{plan: WF Services Advanced, seats: 60, start: 2025-03-01}]}
  Southridge: {}
"""


def view(backend):
    found = backend.licensing.look_up(backend.user(), CustomerById(backend.customer("Tailspin")))
    return found.subscriptions[0]


def test_a_changed_suite_is_approved_once_and_accepted_customer_by_customer(each_backend):
    backend = each_backend(BUNDLED)
    backend.licensing = backend.another(CHANGED)
    tailspin = backend.customer("Tailspin")
    subscription = backend.stored("Tailspin").subscriptions[0].id
    backend.clock.advance(days=20)

    assert view(backend).updates
    locked = backend.licensing.preview(backend.user(), ChangeSeats(tailspin, subscription, 70))
    assert isinstance(locked, Refusal)
    assert locked.code is RefusalCode.PLAN_LOCKED

    backend.change(ApproveSuite(PLAN, "United States"))
    backend.change(AcceptSuite(tailspin, subscription))
    backend.change(ChangeSeats(tailspin, subscription, 70))

    changed = view(backend)
    assert not changed.updates
    assert (changed.licences[-1].product, changed.licences[-1].data_center) == (
        "Endpoint Detection & Response",
        "United States",
    )
    assert "Hosted Email Security" not in [licence.product for licence in changed.licences]
    assert changed.seats == 70
    stored = backend.stored("Tailspin").subscriptions[0]
    assert {licence.product for licence in stored.licences} == {"CAS", "TMES", "WFS", "EDR"}
    assert not any(backend.licensing.verify_audit().values())


def test_one_partners_approval_is_nobody_elses(each_backend):
    backend = each_backend(BUNDLED)
    backend.licensing = backend.another(CHANGED)
    backend.clock.advance(days=20)
    backend.change(ApproveSuite(PLAN))

    again = backend.licensing.preview(backend.user(), ApproveSuite(PLAN))
    other = backend.licensing.preview(
        backend.user(partner="Southridge", user_id="U-carla"), ApproveSuite(PLAN)
    )

    assert isinstance(again, Refusal)
    assert again.code is RefusalCode.SUITE_UNCHANGED
    assert not isinstance(other, Refusal)
