"""Secrets leave a message before anything is stored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversation.redaction import MASK, redact
from assistant.conversation.state import Phase
from assistant.domain.activation_codes import masked_within
from assistant.ports.conversations import Message

ACTIVATION = "WF-DEMO-AAAAA-BBBBB-CCCCC-DDDDD-EEEEE"
RECOVERY = "7KQM-1X2Y-ZZ9A-BCDE"


def redacted(text, phase=Phase.COLLECT, *, number_asked=False):
    return redact(Message("m", text=text), phase, number_asked=number_asked)


@pytest.mark.parametrize("text", ["123456", "123 456", " 123456. ", "１２３４５６", "123\u00a0456"])
def test_a_message_that_is_a_code_becomes_a_code_and_nothing_of_it_stays(text):
    found = redacted(text)

    assert found.said == MASK
    assert (found.message.text, found.message.code) == (None, "123456")


@pytest.mark.parametrize("text", ["123456", "123 456"])
def test_six_digits_that_answer_a_prompt_for_a_number_are_kept(text):
    assert redacted(text, number_asked=True).said == text


@pytest.mark.parametrize(
    "text",
    [
        "my code is 123 456",
        "code: 123456",
        "the code's 123456",
        "mein Code lautet 123456",
        "OTP 123-456",
        "123456 is my code",
        "token=123456",
    ],
)
@pytest.mark.parametrize("number_asked", [True, False])
def test_a_code_that_is_called_one_is_masked_whatever_is_asked(text, number_asked):
    found = redacted(text, number_asked=number_asked)

    assert MASK in found.said == found.message.text
    assert not set("3456") <= set(found.said)


@pytest.mark.parametrize(
    "text",
    ["set it to 123456", "123456 seats", "by 123456", "250000 users", "auf 123456 Lizenzen", "123,456 seats"],
)
def test_an_amount_of_six_digits_is_kept(text):
    assert redacted(text, Phase.CONFIRM).said == text


@pytest.mark.parametrize(
    "text", ["yes 123456", "123456 yes please", "here: 123456", "12 34 56", "1 2 3 4 5 6 now"]
)
@pytest.mark.parametrize("phase", [None, Phase.COLLECT, Phase.CONFIRM])
def test_six_digits_beside_other_words_are_masked(text, phase):
    assert redacted(text, phase).said.count(MASK) == 1


@pytest.mark.parametrize(
    "text",
    [
        "7KQM-1X2Y-ZZ9A-BCDE",
        "7kqm-1x2y-zz9a-bcde",
        "7KQM1X2YZZ9ABCDE",
        "7KQM 1X2Y ZZ9A BCDE",
        "ABCD-EFGH-JKMN-PQRS",
    ],
)
@pytest.mark.parametrize("phase", [None, Phase.COLLECT, Phase.STEPUP])
def test_recovery_codes_are_masked_in_every_form_and_phase(text, phase):
    assert redacted(f"use {text} instead", phase).said == f"use {MASK} instead"


@pytest.mark.parametrize(
    "text",
    [
        "this that with some",
        "open-source licences",
        "full-time work-from-home",
        "what is the plan",
        "seat-for-seat",
    ],
)
def test_ordinary_words_are_no_recovery_code(text):
    assert redacted(text).said == text


@pytest.mark.parametrize(
    "text", [ACTIVATION, ACTIVATION.lower(), ACTIVATION.replace("-", "\u2011"), ACTIVATION.replace("-", " ")]
)
@pytest.mark.parametrize("phase", [None, Phase.STEPUP])
def test_activation_codes_keep_their_product_and_last_two_characters(text, phase):
    found = redacted(f"key {text} please", phase)

    assert "AAAAA" not in found.said.upper()
    assert "DEMO" not in found.said.upper()
    assert found.said.upper().startswith("KEY WF-****-")
    assert found.message.text == found.said


def test_activation_codes_in_forms_and_choices_are_masked_too():
    form = redact(Message("m", values={"customer": ACTIVATION}), None, number_asked=False)
    choice = redact(Message("m", choice=ACTIVATION), None, number_asked=False)

    assert "AAAAA" not in repr(form)
    assert "AAAAA" not in choice.said
    assert form.said == f"customer: {masked_within(ACTIVATION)}"


def test_a_code_given_as_such_is_never_said():
    assert redact(Message("m", code="123456"), Phase.STEPUP, number_asked=False).said == MASK


@pytest.mark.parametrize(
    "text",
    ["123456", "my code is 123456", "yes 123456", "123-456", "it is 123 456!", "Hier ist mein Code: 123456"],
)
def test_at_step_up_a_code_with_nothing_else_is_taken(text):
    found = redacted(text, Phase.STEPUP)

    assert found.message.code == "123456"
    assert "456" not in found.said


@pytest.mark.parametrize(
    "text",
    ["make it 7 more 123456", "no 123456", "123456 but for Adatum", "123456 or 654321", "cancel 123456"],
)
def test_at_step_up_a_code_beside_anything_else_is_masked_and_confirms_nothing(text):
    found = redacted(text, Phase.STEPUP)

    assert found.message.code is None
    assert "123456" not in found.said
    assert found.message.text == found.said


@given(
    st.from_regex(r"[0-9]{6}", fullmatch=True),
    st.sampled_from([None, *Phase]),
    st.sampled_from(["{}", "yes {}", "{} ok", "code {}", "({})", "{}, thanks"]),
)
def test_no_six_digits_get_through_in_any_phase(code, phase, form):
    found = redacted(form.format(code), phase)

    assert code not in found.said
    assert code not in (found.message.text or "")


@given(st.text(max_size=60), st.sampled_from([None, *Phase]), st.booleans())
def test_any_text_at_all_can_be_redacted(text, phase, number_asked):
    found = redacted(text, phase, number_asked=number_asked)

    assert (found.message.text is None) != (found.message.code is None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("my password is plum kettle orbit", "my password is "),
        ("password: hunter2hunter2", "password: "),
        ("my password's hunter2hunter2", "my password's "),
        ("mein Passwort heißt sommer vogel", "mein Passwort heißt "),
        ("secret=plum kettle", "secret="),
        ("here is the pw hunter2hunter2", "here is the pw "),
        ("anna, Passwort=geheim", "anna, Passwort="),
        ("mein Kennwort lautet geheim 12", "mein Kennwort lautet "),
        ("The passphrase was: plum kettle", "The passphrase was: "),
        ("pw = x", "pw = "),
    ],
)
@pytest.mark.parametrize("phase", [None, Phase.COLLECT, Phase.STEPUP])
def test_a_password_that_is_called_one_is_masked_to_the_end_of_the_line(text, said, phase):
    found = redacted(f"{text}\nten seats", phase)

    assert found.said == found.message.text == f"{said}{MASK}\nten seats"


@pytest.mark.parametrize(
    "text",
    [
        "my password is not accepted",
        "the password is expired, what now?",
        "Do I need a password for the portal?",
        "mein Passwort ist falsch",
        "the password is too short",
        "who resets passwords?",
        "password reset please",
        "the password policy asks for 12 characters",
    ],
)
def test_talking_about_passwords_stays_as_it_is(text):
    assert redacted(text).said == text


def test_a_value_of_a_form_keeps_no_password():
    found = redact(Message("m", values={"reason": "password: geheim"}), Phase.COLLECT, number_asked=False)

    assert found.said == f"reason: password: {MASK}"
