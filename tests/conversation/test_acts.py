"""Messages read into clauses and acts, and the one table that decides between them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversation.acts import Fill, Invalid, Unclear, clauses_of
from assistant.conversation.arbitration import TABLE, Reading, Situation, Verdict, arbitrate
from assistant.conversation.filling import heard, read_fills, read_value
from assistant.conversation.flow import SlotValue
from assistant.conversation.names import Option
from assistant.conversation.phrases import Command, command_of, is_assent, is_decline, starts_with_phrase
from assistant.conversation.state import Phase
from assistant.conversation.words import words_of
from assistant.workflows import seats, trial

TODAY = date(2026, 3, 15)
CUSTOMERS = (
    Option("1", "Adatum"),
    Option("2", "Bellows"),
    Option("3", "Contoso East"),
    Option("4", "Contoso West"),
)
PLANS = (Option("P1", "Email Security Standard", ("email security",)), Option("P2", "Cloud App Security"))


def fills(text, flow=trial.FLOW):
    acts = read_fills(flow, {"customer": CUSTOMERS, "plan": PLANS}, heard(text, TODAY))
    return {act.slot: act.value.value if isinstance(act, Fill) else act for act in acts}


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("10 for Lucerne, and what is NFR?", [("10 for Lucerne, and", False), ("what is NFR", True)]),
        ("10 for Lucerne - what is NFR?", [("10 for Lucerne", False), ("what is NFR", True)]),
        ("10 for Lucerne (does it renew?)", [("10 for Lucerne", False), ("does it renew", True)]),
        ("switch auto-renewal off", [("switch auto-renewal off", False)]),
        ("I need 10. What is NFR?", [("I need 10", False), ("What is NFR", True)]),
        ("what is NFR", [("what is NFR", True)]),
        ("what's NFR", [("what's NFR", True)]),
        ("and how long does it run", [("and how long does it run", True)]),
        ("Adatum, please", [("Adatum, please", False)]),
        ("wie lange läuft das", [("wie lange läuft das", True)]),
        ("10; 12!", [("10", False), ("12", False)]),
        ("...", []),
        ("a trial for Adatum?", [("a trial for Adatum", True)]),
    ],
)
def test_messages_fall_into_statements_and_questions(text, clauses):
    assert [(c.text, c.asks) for c in clauses_of(text)] == clauses


@given(st.text())
def test_any_text_at_all_falls_into_clauses(text):
    assert all(clause.words and clause.text for clause in clauses_of(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10 seats of Email Security for Adatum", {"plan": "P1", "customer": "1", "seats": 10}),
        ("not Bellows, Adatum", {"customer": "1"}),
        ("Adatum, not Bellows", {"customer": "1"}),
        ("Adatum instead of Bellows", {"customer": "1"}),
        ("Adatum rather than Bellows", {"customer": "1"}),
        ("nicht Bellows, sondern Adatum", {"customer": "1"}),
        ("Adatum statt Bellows", {"customer": "1"}),
        ("instead of Bellows, Adatum", {"customer": "1"}),
        ("not 10, 12", {"seats": 12}),
        ("not ten but twelve seats", {"seats": 12}),
        ("10 or 12", {}),
        ("Adatum, sorry, Bellows", {"customer": "2"}),
        ("actually Bellows, I said Adatum Adatum", {"customer": "1"}),
        ("Adatum for Adatum", {"customer": "1"}),
        ("sorry, not 10 but 12", {"seats": 12}),
        ("change from 10 to 12 seats", {"seats": 12}),
        ("5 more", {}),
        ("Woodgrove", {}),
        ("", {}),
    ],
)
def test_what_a_message_fills(text, found):
    assert fills(text) == found


def test_a_name_of_several_customers_is_unclear():
    assert fills("trial for Contoso") == {"customer": Unclear("customer", CUSTOMERS[2:])}


@pytest.mark.parametrize("text", ["5 seats for Adatum and 3 for Bellows", "5 Adatum, 3 seats Bellows"])
def test_two_customers_in_one_message_are_asked_back_and_no_number_goes_to_the_other(text):
    assert fills(text) == {"customer": Unclear("customer", CUSTOMERS[:2])}


def test_two_plans_in_one_message_are_asked_back():
    assert fills("email security and cloud app security for Adatum, 5 seats") == {
        "customer": "1",
        "plan": Unclear("plan", PLANS),
        "seats": 5,
    }


def test_a_relative_number_is_kept_as_one_where_it_can_be_counted_from_a_plan():
    (act,) = read_fills(seats.FLOW, {}, heard("five more", TODAY))

    assert act.value == SlotValue(5, "+5", relative=5)


def test_a_span_fills_one_slot_only():
    options = {"customer": (Option("1", "Studio 54"),), "plan": ()}

    acts = read_fills(trial.FLOW, options, heard("trial for Studio 54", TODAY))

    assert [act.slot for act in acts] == ["customer"]


@pytest.mark.parametrize(
    ("slot", "raw", "value"),
    [
        ("customer", "2", "2"),
        ("customer", "bellows", "2"),
        ("seats", "ten", 10),
        ("plan", "cloud app security", "P2"),
    ],
)
def test_a_form_value_is_an_id_a_name_or_a_number(slot, raw, value):
    options = {"customer": CUSTOMERS, "plan": PLANS}.get(slot, ())

    act = read_value(trial.FLOW.slot(slot), options, raw, TODAY)

    assert isinstance(act, Fill)
    assert act.value.value == value


@pytest.mark.parametrize(
    ("slot", "raw"), [("customer", "C-0815"), ("seats", "many"), ("seats", ""), ("plan", "")]
)
def test_a_form_value_that_is_neither_is_invalid(slot, raw):
    options = {"customer": CUSTOMERS, "plan": PLANS}.get(slot, ())

    assert read_value(trial.FLOW.slot(slot), options, raw, TODAY) == Invalid(slot, raw)


@pytest.mark.parametrize("command", list(Command))
def test_every_control_word_is_read_with_politeness_and_marks_around_it(command):
    from assistant.conversation.phrases import _COMMANDS

    for phrase in _COMMANDS[command]:
        assert command_of(words_of(phrase)) is command
        assert command_of(words_of(f"Please {phrase.upper()}!")) is command


@pytest.mark.parametrize(
    "text", ["cancel the plan", "back to Adatum", "help Adatum", "stop the trial of Bellows", ""]
)
def test_a_control_word_with_an_object_is_none(text):
    assert command_of(words_of(text)) is None


@pytest.mark.parametrize(
    "text", ["yes but", "yes?", "yes no", "not yes", "ok 12", "", "?", "confirmation", "no"]
)
def test_what_is_no_unmixed_yes(text):
    assert not is_assent(words_of(text))


@pytest.mark.parametrize("text", ["no", "No.", "nope", "don't", "Don’t", "nein danke", "not now"])
def test_a_no_is_read(text):
    assert is_decline(words_of(text))


@pytest.mark.parametrize(
    ("phrases", "text", "score"),
    [
        (("start trial",), "please start a trial now", 20),
        (("start * trial",), "start a big new email trial", 17),
        (("start * trial",), "start one two three four five trial", 0),
        (("trial for",), "trial", 0),
        (("needs *",), "adatum needs more", 20),
        (("needs *",), "adatum needs", 0),
        (("a", "a b c"), "a b c", 0),
    ],
)
def test_phrases_match_in_order_with_gaps_where_a_star_stands(phrases, text, score):
    assert starts_with_phrase(phrases, words_of(text)) == score


FILL = Fill("seats", SlotValue(5, "5"))
ASKS = tuple(clauses_of("what is NFR?"))
COLLECT, CONFIRM, STEPUP = (
    Situation("trial", phase) for phase in (Phase.COLLECT, Phase.CONFIRM, Phase.STEPUP)
)
IDLE = Situation()
AT_DESK = Situation(at_desk=True, desk_flow="seats")
WAITING = Situation(parked=True)
TRIAL, SEATS = trial.FLOW, seats.FLOW

TRUTH = [
    (Verdict.CODE, Reading(code=True), STEPUP),
    (Verdict.STRAY_CODE, Reading(code=True), CONFIRM),
    (Verdict.STRAY_CODE, Reading(code=True), IDLE),
    (Verdict.VALUES, Reading(values=True), COLLECT),
    (Verdict.STATUS, Reading(command=Command.STATUS), IDLE),
    (Verdict.STATUS, Reading(command=Command.STATUS, choice="x\ny"), COLLECT),
    (Verdict.CHOICE, Reading(choice="x\ny"), COLLECT),
    (Verdict.CHOICE, Reading(choice="x\ny", command=Command.CANCEL), COLLECT),
    (Verdict.CONTROL, Reading(command=Command.CANCEL), CONFIRM),
    (Verdict.CONTROL, Reading(command=Command.BACK), STEPUP),
    (Verdict.REOPEN, Reading(reopens="seats"), CONFIRM),
    (Verdict.ASK_ALL, Reading(reopens="seats"), IDLE),
    (Verdict.RESUME_NAMED, Reading(resumes=True, starts=(TRIAL,)), WAITING),
    (Verdict.START, Reading(resumes=True, starts=(TRIAL,)), IDLE),
    (Verdict.ASSENT, Reading(assent=True), CONFIRM),
    (Verdict.INVALID, Reading(assent=True), COLLECT),
    (Verdict.NOT_UNDERSTOOD, Reading(assent=True), STEPUP),
    (Verdict.NOT_UNDERSTOOD, Reading(assent=True), Situation("trial", Phase.CONFIRM, choosing=True)),
    (Verdict.ASK_ALL, Reading(assent=True), IDLE),
    (Verdict.DECLINE, Reading(decline=True), CONFIRM),
    (Verdict.DECLINE, Reading(decline=True), STEPUP),
    (Verdict.INVALID, Reading(decline=True), COLLECT),
    (Verdict.FILL, Reading(fills=(FILL,)), COLLECT),
    (Verdict.FILL, Reading(fills=(FILL,), mixed_assent=True), CONFIRM),
    (Verdict.FILL, Reading(fills=(FILL,), starts=(TRIAL,)), CONFIRM),
    (Verdict.FILL, Reading(fills=(FILL,), questions=ASKS), COLLECT),
    (Verdict.START, Reading(fills=(FILL,), starts=(SEATS,)), CONFIRM),
    (Verdict.START, Reading(starts=(TRIAL,)), IDLE),
    (Verdict.START, Reading(starts=(TRIAL,), mixed_assent=True), Situation("seats", Phase.CONFIRM)),
    (Verdict.RESTART_OR_KEEP, Reading(starts=(TRIAL,)), COLLECT),
    (Verdict.WHICH_FLOW, Reading(starts=(TRIAL, SEATS)), IDLE),
    (Verdict.MIXED_ASSENT, Reading(mixed_assent=True), CONFIRM),
    (Verdict.MIXED_ASSENT, Reading(mixed_assent=True, questions=ASKS), STEPUP),
    (Verdict.QUESTION, Reading(questions=ASKS), IDLE),
    (Verdict.QUESTION, Reading(questions=ASKS), CONFIRM),
    (Verdict.QUESTION, Reading(questions=ASKS, mixed_assent=True), COLLECT),
    (Verdict.TELL_DESK, Reading(tells="it is urgent"), COLLECT),
    (Verdict.FOR_DESK, Reading(), AT_DESK),
    (Verdict.FOR_DESK, Reading(assent=True), AT_DESK),
    (Verdict.FOR_DESK, Reading(starts=(SEATS,)), AT_DESK),
    (Verdict.START, Reading(starts=(TRIAL,)), AT_DESK),
    (Verdict.QUESTION, Reading(questions=ASKS), AT_DESK),
    (Verdict.CONTROL, Reading(command=Command.TAKE_BACK), AT_DESK),
    (Verdict.INVALID, Reading(), COLLECT),
    (Verdict.NOT_UNDERSTOOD, Reading(), CONFIRM),
    (Verdict.NOT_UNDERSTOOD, Reading(), STEPUP),
    (Verdict.ASK_ALL, Reading(), IDLE),
    (Verdict.ASK_ALL, Reading(fills=(FILL,)), IDLE),
]


@pytest.mark.parametrize(("verdict", "reading", "situation"), TRUTH)
def test_the_table_decides(verdict, reading, situation):
    assert arbitrate(reading, situation) is verdict


def test_every_row_of_the_table_decides_something_and_every_verdict_has_a_row():
    assert {verdict for verdict, _, _ in TRUTH} == {verdict for verdict, _ in TABLE} == set(Verdict)


@given(
    st.builds(
        Reading,
        code=st.booleans(),
        values=st.booleans(),
        command=st.none() | st.sampled_from(Command),
        resumes=st.booleans(),
        choice=st.none() | st.just("a\nb"),
        assent=st.booleans(),
        mixed_assent=st.booleans(),
        decline=st.booleans(),
        starts=st.sampled_from([(), (TRIAL,), (TRIAL, SEATS)]),
        fills=st.sampled_from([(), (FILL,)]),
        questions=st.sampled_from([(), ASKS]),
    ),
    st.builds(
        Situation,
        flow=st.just("trial"),
        phase=st.sampled_from(Phase),
        parked=st.booleans(),
        choosing=st.booleans(),
    ),
)
def test_a_code_counts_at_the_code_prompt_only_and_a_yes_at_the_preview_only(reading, situation):
    verdict = arbitrate(reading, situation)

    assert verdict is not Verdict.CODE or situation.phase is Phase.STEPUP
    assert verdict is not Verdict.ASSENT or (situation.phase is Phase.CONFIRM and not situation.choosing)
