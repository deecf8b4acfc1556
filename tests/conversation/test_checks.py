"""Flows are checked before anything runs: every fault named, all in one report."""

from dataclasses import replace

import pytest

from assistant.conversation.checks import FlowFaults, check_flows
from assistant.conversation.flow import Slot, SlotKind
from assistant.conversation.service import ConversationService
from assistant.conversation.wording import read_wording
from assistant.domain.lookups import VisibleCustomers
from assistant.workflows import all_flows, seats, trial

WORDING = read_wording()


def faults(*flows):
    with pytest.raises(FlowFaults) as found:
        check_flows(flows, WORDING)
    return found.value.faults


def a_slot(name, **changes):
    return replace(Slot(name, SlotKind.NUMBER, lambda _: VisibleCustomers()), **changes)


def test_the_flows_of_the_program_are_in_order():
    assert check_flows(all_flows(), WORDING) is None
    assert len({flow.id for flow in all_flows()}) == len(all_flows()) >= 2


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"slots": ()}, "flow trial: has no slots"),
        ({"phrases": ()}, "flow trial: no phrase starts it"),
        ({"slots": (*trial.FLOW.slots, trial.FLOW.slots[0])}, "slot customer is declared twice"),
        (
            {"slots": tuple(reversed(trial.FLOW.slots))},
            "slot plan needs customer, which is not asked before it",
        ),
        (
            {"slots": (*trial.FLOW.slots, a_slot("seats2"))},
            "slot seats2 has no wording; add ask.trial.seats2",
        ),
        ({"slots": (a_slot("seats", relative_to="plan"),)}, "slot seats needs plan"),
        ({"id": "unworded"}, "wording flow.unworded.title is missing"),
        ({"id": "unworded"}, "wording flow.unworded.name is missing"),
        ({"id": "unworded"}, "wording flow.unworded.next is missing"),
        ({"slots": (*trial.FLOW.slots, a_slot("colour"))}, "invalid.colour"),
        ({"slots": (a_slot("plan", kind=SlotKind.CHOICE, look_up=None),)}, "plan has nothing to pick from"),
        (
            {"slots": (a_slot("seats", optional=True, when=bool),)},
            "slot seats is optional and has a condition",
        ),
        (
            {"slots": (*trial.FLOW.slots[:2], replace(trial.FLOW.slots[2], relative_to="plan"))},
            "add ask.trial.seats_more",
        ),
    ],
)
def test_each_fault_is_named_with_its_remedy(changes, named):
    assert any(named in fault for fault in faults(replace(trial.FLOW, **changes)))


def test_a_flow_declared_twice_is_named_once():
    assert [f for f in faults(trial.FLOW, trial.FLOW) if "twice" in f] == [
        "flow trial: declared twice; give one another id"
    ]


def test_all_faults_of_all_flows_come_in_one_report():
    found = faults(
        replace(trial.FLOW, phrases=()), replace(seats.FLOW, phrases=()), replace(seats.FLOW, slots=())
    )

    assert {fault.split(":")[0] for fault in found} == {"flow trial", "flow seats"}
    assert len(found) >= 4


def test_a_bad_flow_stops_the_start():
    with pytest.raises(FlowFaults, match="no phrase starts it"):
        ConversationService(None, [replace(trial.FLOW, phrases=())], *[None] * 6)


def test_an_optional_slot_is_next_only_when_it_is_wanted():
    flow = replace(trial.FLOW, slots=(*trial.FLOW.slots, a_slot("months", optional=True)))
    filled = {"customer": 1, "plan": 1, "seats": 1}

    assert flow.next_slot(filled) is None
    assert flow.next_slot(filled, ("months",)).name == "months"


def test_clearing_is_transitive_and_conditional_slots_are_asked_when_needed():
    gift = a_slot("months", when=lambda slots: "plan" in slots)
    flow = replace(trial.FLOW, slots=(*trial.FLOW.slots, gift, a_slot("last", depends_on=("plan",))))

    assert flow.dependents("customer") == ("plan", "last")
    assert not gift.needed({})
    assert flow.next_slot({"customer": 1, "seats": 1, "last": 1}).name == "plan"
