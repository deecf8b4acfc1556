"""Ids and texts that no database holds: an ordinary error, on each kind of database, and nothing is changed."""

import pytest

from assistant.domain.errors import InvalidInput, NotFound
from assistant.domain.lookups import ChangeByReference, CustomerById
from support.conversation import codes

STRANGE = ["\x00", "C-1\x00", "\ud800", "x" * 100_000, "' OR 1=1 --", "🙂"]


@pytest.fixture
def desk(desk_on_each_database):
    return desk_on_each_database


@pytest.mark.parametrize("conversation", STRANGE)
def test_a_conversation_of_a_strange_id_is_not_found_or_refused(desk, conversation):
    acts = [
        lambda: desk.say("hello", conversation=conversation),
        lambda: desk.service.view(desk.anna, conversation),
        lambda: desk.service.events(desk.anna, conversation),
        lambda: desk.service.task(desk.anna, conversation),
    ]

    for act in acts:
        with pytest.raises((NotFound, InvalidInput)):
            act()


@pytest.mark.parametrize("message_id", STRANGE)
def test_a_message_of_a_strange_id_is_handled_or_refused(desk, message_id):
    try:
        turn = desk.say("help", message_id=message_id)
    except InvalidInput:
        turn = None

    assert turn is None or codes(turn)
    assert codes(desk.say("help"))


@pytest.mark.parametrize(
    "text", ["grüße 🙂 \u202e rtl", "two\u2028lines", "a" * 4000, '{"seats": 5}', "\\u0000", "%s %(x)s :name"]
)
def test_a_strange_text_is_kept_as_it_was_said(desk, text):
    desk.say(text)

    assert desk.view()["transcript"][-1]["said"].strip() == text.strip()


@pytest.mark.parametrize("strange", STRANGE)
def test_a_customer_or_reference_of_a_strange_id_is_not_found_or_refused(desk, strange):
    for lookup in (CustomerById(strange), ChangeByReference(strange)):
        with pytest.raises((NotFound, InvalidInput)):
            desk.backend.licensing.look_up(desk.anna, lookup)
