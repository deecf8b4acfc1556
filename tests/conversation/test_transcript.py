"""The transcript shows what a user pressed, not the ids behind it."""

import pytest

from assistant.conversation.events import SlotFilled
from assistant.conversation.state import State
from assistant.conversation.transcript import said_in_words
from assistant.conversation.wording import read_wording
from assistant.ports.conversations import Message

NEW = State()
FILLED = [SlotFilled("T-1", "customer", "C-1", "Bellows"), SlotFilled("T-1", "seats", 6, "6")]


def said(message, state=NEW, events=FILLED):
    return said_in_words(message, "as typed", state, events, read_wording())


def test_what_was_typed_stays_as_it_was_stored():
    assert said(Message("m", text="trial for Bellows")) == "as typed"


def test_a_start_button_reads_as_the_flow_s_title():
    assert said(Message("m", choice="start:trial")) == "Start a trial"


def test_an_option_reads_as_the_label_it_filled():
    assert said(Message("m", choice="C-1")) == "Bellows"


def test_a_choice_among_entries_reads_as_its_question():
    state = State(choices=(("gov", "Is there special pricing?"),), choices_about="entry")

    assert said(Message("m", choice="gov"), state, ()) == "Is there special pricing?"


def test_a_form_reads_as_its_labels_and_values():
    assert said(Message("m", values={"customer": "C-1", "seats": "6"})) == "Customer: Bellows, Seats: 6"


@pytest.mark.parametrize("choice", ["start:nonsense", "unknown"])
def test_what_has_no_label_stays_as_it_is(choice):
    assert said(Message("m", choice=choice), events=()) == choice
