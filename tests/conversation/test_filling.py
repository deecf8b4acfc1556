"""Days, lengths, texts and directions among what a message fills."""

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversation.acts import Direction, Fill, Invalid
from assistant.conversation.filling import heard, read_fills, read_value, whole_text
from assistant.conversation.flow import SlotValue
from assistant.conversation.names import Option
from assistant.conversation.speaking import in_every_language
from assistant.workflows import (
    assign,
    cancel,
    customer,
    renewal,
    seats,
    support_case,
    suspend,
    term,
    usage_report,
)

TODAY = date(2026, 3, 15)
OPTIONS = {
    "customer": (Option("1", "Adatum"), Option("2", "Studio 54")),
    "plan": (Option("P1", "WF Services Monthly Rolling", ("WF Services Monthly",)),),
}


def fills(text, module):
    acts = read_fills(in_every_language(in_every_language(module.FLOW)), OPTIONS, heard(text, TODAY))
    return {act.slot: act.value.value if isinstance(act, Fill) else act for act in acts}


@pytest.mark.parametrize(
    ("module", "text", "found"),
    [
        (term, "extend Adatum to 31.12.2026", {"customer": "1", "expires": "2026-12-31"}),
        (term, "from 1 April to 1 May", {"expires": "2026-05-01"}),
        (term, "1 April, sorry, 1 May", {"expires": "2026-05-01"}),
        (term, "1 April or 1 May", {}),
        (term, "not 1 April, 1 May", {"expires": "2026-05-01"}),
        (term, "extend the term of Adatum, not for Studio 54", {"customer": "1"}),
        (term, "nicht für Adatum, für Studio 54", {"customer": "2"}),
        (assign, "Adatum, 5 seats from the 20th", {"customer": "1", "seats": 5, "starts": "2026-03-20"}),
        (suspend, "pause Studio 54 from tomorrow", {"customer": "2", "expires": "2026-03-16"}),
        (suspend, "suspend Adatum until 1 May", {"customer": "1"}),
        (renewal, "Adatum should renew every 6 months", {"customer": "1", "months": 6}),
        (renewal, "WF Services Monthly of Adatum, off", {"customer": "1", "plan": "P1", "months": 0}),
        (renewal, "renew Studio 54 yearly", {"customer": "2", "months": 12}),
        (usage_report, "submit the report for February", {"month": "2026-02"}),
        (customer, "create a customer called Wingtip Toys, please", {"customer": "Wingtip Toys"}),
        (customer, "new customer: Smith and Sons", {"customer": "Smith and Sons"}),
        (customer, "Kunde namens Müller GmbH bitte", {"customer": "Müller GmbH"}),
        (customer, "I need a new customer", {}),
        (customer, "create a customer for me", {}),
        (support_case, "case for Adatum: mails are held", {"customer": "1", "reason": "mails are held"}),
        (cancel, "cancel Adatum because they moved", {"customer": "1", "reason": "they moved"}),
        (assign, "Adatum, data centre Germany with 5 seats", {"customer": "1", "data_center": "Germany", "seats": 5}),
    ],
)  # fmt: skip
def test_what_a_message_fills(module, text, found):
    assert fills(text, module) == found


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("more seats", Direction("seats", 1)),
        ("fewer seats for Adatum", Direction("seats", -1)),
        ("weniger", Direction("seats", -1)),
        ("add seats", Direction("seats", 1)),
        ("more or fewer seats", None),
        ("change seats", None),
        ("reduce the seats", None),
    ],
)
def test_more_or_fewer_without_a_number_is_a_direction(text, act):
    assert fills(text, seats).get("seats") == act


def test_a_number_beside_it_makes_it_a_difference():
    (act,) = read_fills(seats.FLOW, {}, heard("5 more", TODAY))

    assert act.value == SlotValue(5, "+5", relative=5)


@pytest.mark.parametrize("text", ["50 in total", "to 50", "insgesamt 50"])
def test_a_total_is_known_for_one(text):
    (act,) = read_fills(seats.FLOW, {}, heard(text, TODAY))

    assert act.total


@pytest.mark.parametrize(
    ("module", "slot", "raw", "value"),
    [
        (term, "expires", "2026-05-31", "2026-05-31"),
        (renewal, "months", "12", 12),
        (usage_report, "month", "2026-02", "2026-02"),
        (customer, "customer", "  Wingtip\n", "Wingtip"),
    ],
)
def test_a_form_value_is_read_as_it_is_typed(module, slot, raw, value):
    assert read_value(in_every_language(module.FLOW).slot(slot), (), raw, TODAY).value.value == value


@pytest.mark.parametrize(
    ("module", "slot", "raw"),
    [(term, "expires", "soon"), (renewal, "months", "-1"), (usage_report, "month", "2026-13"), (customer, "customer", "...")],
)  # fmt: skip
def test_a_form_value_that_is_none_is_invalid(module, slot, raw):
    assert read_value(in_every_language(module.FLOW).slot(slot), (), raw, TODAY) == Invalid(slot, raw)


def test_more_as_a_form_value_is_no_number():
    assert read_value(seats.FLOW.slot("seats"), (), "more", TODAY) == Invalid("seats", "more")


@given(st.text(max_size=200))
def test_a_text_is_kept_as_written_within_its_length(text):
    slot = customer.FLOW.slot("customer")

    read = whole_text(slot, text)

    if isinstance(read, Fill):
        assert read.value.value == text.strip()
        assert 0 < len(read.value.value) <= slot.longest
    else:
        assert not any(c.isalnum() for c in text) or len(text.strip()) > slot.longest


@given(st.text(), st.sampled_from([assign, cancel, customer, renewal, support_case, term, usage_report]))
def test_any_text_at_all_is_read_and_no_place_fills_two_slots(text, module):
    acts = read_fills(in_every_language(module.FLOW), OPTIONS, heard(text, TODAY))

    places = sorted(act.place for act in acts if isinstance(act, Fill) and act.place)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(places))
