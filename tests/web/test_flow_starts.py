"""Every workflow can be started from a page, and its prompts are form fields of the right kind."""

import pytest

from assistant.conversation.wording import read_wording
from assistant.workflows import all_flows
from web.templating import startable, startable_for_customers
from web.wording import Wording

FLOWS = all_flows()


def test_every_button_starts_a_workflow_that_there_is():
    assert set(startable(Wording())) <= {flow.id for flow in FLOWS}
    assert len(startable(Wording())) >= 16


def test_a_workflow_for_one_customer_can_be_started_there_and_no_other():
    about_one = {f.id for f in FLOWS if f.slots[0].name == "customer"} & set(startable(Wording()))
    about_one -= {"customer"}

    assert set(startable_for_customers(Wording())) == about_one


@pytest.mark.parametrize("flow", startable_for_customers(Wording()))
def test_what_the_button_of_a_customer_says_starts_its_workflow(flow):
    from assistant.conversation.acts import clauses_of, start_of

    said = Wording()(f"flows.{flow}.ask", customer="Adatum")

    assert [found.id for found in start_of(clauses_of(said), FLOWS)] == [flow]


def test_every_slot_and_value_has_a_name_on_the_pages():
    names = Wording().get("names")

    for flow in FLOWS:
        for slot in flow.slots:
            assert slot.name in names
            assert read_wording().label(slot.name)
