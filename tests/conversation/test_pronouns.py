"""Pronouns mean the customer named last, among those that can be seen now, and are shown by name."""

import pytest

from support.conversation import Dialogue


def slots(dialogue):
    return {name: value.label for name, value in dialogue.state.task.slots.items()}


def after_naming(customer="Adatum"):
    dialogue = Dialogue()
    dialogue.say(f"5 more seats for {customer}")
    dialogue.say("cancel")
    return dialogue


@pytest.mark.parametrize(
    "said",
    [
        "start a trial for them",
        "start a trial for that customer",
        "and a trial for the same company",
        "Testversion für diesen Kunden",
    ],
)
def test_a_pronoun_is_the_customer_named_last_and_is_said_by_name(said):
    dialogue = after_naming()
    blocks = dialogue.say(said)

    assert slots(dialogue)["customer"] == "Adatum"
    assert [b["text"] for b in blocks if b.get("code") == "meant"] == ["This is for Adatum."]


def test_of_two_customers_the_later_one_is_meant():
    dialogue = after_naming()
    dialogue.say("2 more seats for Bellows")
    dialogue.say("start a trial for them")

    assert slots(dialogue)["customer"] == "Bellows"


def test_a_name_goes_before_a_pronoun():
    dialogue = after_naming()
    dialogue.say("start a trial for them, I mean Bellows")

    assert slots(dialogue)["customer"] == "Bellows"


def test_a_pronoun_with_nobody_named_asks_who_is_meant():
    dialogue = Dialogue()
    blocks = dialogue.say("start a trial for them")

    assert blocks[-1]["slot"] == "customer"


def test_a_customer_that_is_there_no_longer_is_nobody():
    dialogue = after_naming()
    dialogue.perform.outcomes["LookUp"] = lambda effect: ()

    assert dialogue.say("start a trial for them")[-1]["slot"] == "customer"


def test_a_pronoun_changes_nothing_that_was_said():
    dialogue = after_naming()
    dialogue.say("start a trial for Bellows")
    dialogue.say("email security for them")

    assert slots(dialogue)["customer"] == "Bellows"
