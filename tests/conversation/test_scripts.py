"""Conversation scripts: every check passes and fails as it should, and what must always hold is found when it does not."""

import pytest

from assistant.conversation.invariants import broken_by_log, broken_by_transcript, broken_by_turn
from assistant.conversation.scripts import Seen, failures, plain, read_scripts
from assistant.domain.errors import InvalidInput


def a_turn(*blocks, task=None, abstain=None, writes=0):
    return {"blocks": list(blocks), "task": task, "tasks": [], "abstain": abstain, "writes": writes}


ANSWER = {
    "type": "answer",
    "id": "nfr",
    "version": 1,
    "question": "What is NFR?",
    "text": "- Up to **10**\n  seats",
    "html": "<p>hidden</p>",
    "why": {"matched": ["secret"]},
    "source": {"document": "MSP FAQ", "heading": "What is **NFR**?", "date": "2020-05"},
}
PROMPT = {"type": "prompt", "slot": "seats", "text": "How many seats?"}
CHOICES = {"type": "choices", "text": "Which?", "options": [{"id": "a", "label": "Adatum"}]}
TASK = {
    "flow": "trial",
    "phase": "collect",
    "slots": {"customer": "Adatum", "seats": 6},
    "preview": {"seats": 6},
}


def holds(check, turn, write=None):
    (script,) = read_scripts(f"id: s\nturns: [{{u: hi, {check}}}]")
    return failures(script.steps[0], Seen(turn, write or {})) == ()


@pytest.mark.parametrize(
    ("check", "good", "bad"),
    [
        ("cite: ['What is NFR?']", a_turn(ANSWER), a_turn()),
        ("cite: 'What is NFR?'", a_turn(ANSWER), a_turn(PROMPT)),
        ("quote: ['Up to 10 seats']", a_turn(ANSWER), a_turn({**ANSWER, "text": "Up to 11 seats"})),
        ("has: [HOW MANY]", a_turn(PROMPT), a_turn(ANSWER)),
        ("has: how", a_turn(PROMPT), a_turn(ANSWER)),
        ("hasnt: [many, secret, hidden]", a_turn(ANSWER), a_turn(PROMPT)),
        ("ask: seats", a_turn(PROMPT), a_turn(PROMPT, ANSWER)),
        ("ask: choice", a_turn(CHOICES), a_turn()),
        ("ask: code", a_turn({"type": "step_up"}), a_turn(PROMPT)),
        ("choices: [Adatum]", a_turn(CHOICES), a_turn(PROMPT)),
        ("abstain: ambiguous", a_turn(abstain="ambiguous"), a_turn()),
        ("task: none", a_turn(), a_turn(task=TASK)),
        ("task: trial/collect", a_turn(task=TASK), a_turn()),
        ("slots: {customer: Adatum, seats: '6'}", a_turn(task=TASK), a_turn()),
        ("preview: {seats: 6}", a_turn(task=TASK), a_turn(task={**TASK, "preview": None})),
        ("writes: 1", a_turn(writes=1), a_turn()),
        ("any_of: [{writes: 1}, {task: none, ask: seats}]", a_turn(PROMPT), a_turn(PROMPT, task=TASK)),
    ],
)
def test_each_check_passes_and_fails(check, good, bad):
    assert holds(check, good)
    assert not holds(check, bad)


def test_the_last_write_is_checked_by_its_values():
    assert holds("write: {op: trial, seats: 6}", a_turn(), {"op": "trial", "seats": 6, "customer": "Adatum"})
    assert not holds("write: {op: seats}", a_turn(), {"op": "trial"})
    assert not holds("write: {op: trial}", a_turn())


def test_a_note_is_for_people():
    assert holds("note: anything", a_turn())


def test_a_failure_says_turn_check_and_what_was_found():
    (script,) = read_scripts("id: s\nturns: [{u: a}, {u: b, writes: 2}]")

    (failure,) = failures(script.steps[1], Seen(a_turn(writes=1)))

    assert failure.sentence() == "turn 2: writes: expected 2, found 1"


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("id: s\nturns: [{u: a, wrong: 1}]", "2: s.turns[1].wrong"),
        ("id: s\nturns: [{note: a}]", "2: s.turns[1]"),
        ("id: s\nturns: [5]", "2: s.turns[1]"),
        ("id: s\nturns: [{do: restart}]", "2: s.turns[1].do"),
        ("id: s\nturns: [{do: {fly: 1}}]", "2: s.turns[1].do.fly"),
        ("id: s\nturns: [{u: a, writes: many}]", "2: s.turns[1].writes"),
        ("turns: [{u: a}]\nid: s\nhow: x", "3: s.how"),
        ("turns: {}", "1: document 1.turns"),
        ("id: s\nturns: [{u: a}]\n---\n5", "1: document 2"),
        ("a: [", "2"),
        ("---\n---\n", "1"),
    ],
)
def test_what_is_wrong_with_a_script_is_named_by_its_place(text, field):
    with pytest.raises(InvalidInput) as refused:
        read_scripts(text)

    assert refused.value.field == field


def test_several_documents_are_several_scripts():
    scripts = read_scripts(
        "id: a\nas: anna\nworld: w.yaml\ntitle: A\nturns: [{u: 5}]\n---\nid: b\nturns: [{do: {restart: true}}]"
    )

    assert [(s.id, s.user, s.world, s.steps[0].says) for s in scripts] == [
        ("a", "anna", "w.yaml", "5"),
        ("b", None, None, None),
    ]


def test_quotes_are_compared_without_bold_and_white_space():
    assert plain(" a **b**\n c ") == "a b c"


def approved(entry_id, version):
    return ANSWER["text"] if (entry_id, version) == ("nfr", 1) else None


def test_a_true_answer_and_a_task_ending_with_its_prompt_break_nothing():
    assert list(broken_by_turn(a_turn(ANSWER, PROMPT, task=TASK), approved)) == []
    assert list(broken_by_turn(a_turn(ANSWER, CHOICES, task=TASK), approved)) == []


@pytest.mark.parametrize(
    ("turn", "named"),
    [
        (a_turn({**ANSWER, "text": ANSWER["text"] + " "}), "byte for byte"),
        (a_turn({**ANSWER, "version": 2}), "byte for byte"),
        (
            a_turn({**ANSWER, "source": {"document": "MSP FAQ", "heading": "", "date": "2020-05"}}),
            "no full source",
        ),
        (a_turn({**ANSWER, "source": {}}), "no full source"),
        (a_turn(task=TASK), "open prompt"),
        (a_turn(PROMPT, ANSWER, task=TASK), "open prompt"),
        (a_turn(PROMPT, PROMPT, task=TASK), "open prompt"),
    ],
)
def test_what_a_turn_breaks_is_found(turn, named):
    assert any(named in broken for broken in broken_by_turn(turn, approved))


def event(kind, **values):
    return {"kind": kind, "task": "T", **values}


PREVIEWED, ASSENTED = event("Previewed", capsule_hash="h"), event("Assented", capsule_hash="h")
OFFERED, STARTED = event("CodeOffered"), event("CommitStarted")
COMMITTED = event("Committed", receipt={"capsule_hash": "h"})


def test_a_whole_confirmation_breaks_nothing():
    assert list(broken_by_log([PREVIEWED, ASSENTED, OFFERED, STARTED, COMMITTED])) == []
    assert (
        list(broken_by_log([PREVIEWED, ASSENTED, OFFERED, event("CodeRefused"), OFFERED, STARTED, COMMITTED]))
        == []
    )


@pytest.mark.parametrize(
    "log",
    [
        [STARTED],
        [PREVIEWED, STARTED],
        [PREVIEWED, ASSENTED, STARTED],
        [PREVIEWED, OFFERED, STARTED],
        [ASSENTED, OFFERED, STARTED],
        [PREVIEWED, event("Assented", capsule_hash="x"), OFFERED, STARTED],
        [PREVIEWED, ASSENTED, OFFERED, event("CodeRefused"), STARTED],
        [PREVIEWED, ASSENTED, event("SlotFilled"), OFFERED, STARTED],
        [PREVIEWED, ASSENTED, event("PreviewVoided"), OFFERED, STARTED],
        [PREVIEWED, ASSENTED, event("TaskParked"), OFFERED, STARTED],
        [PREVIEWED, ASSENTED, PREVIEWED, OFFERED, STARTED],
        [PREVIEWED, ASSENTED, OFFERED, {**STARTED, "task": "other"}],
        [COMMITTED],
        [PREVIEWED, ASSENTED, OFFERED, STARTED, event("Committed", receipt={"capsule_hash": "x"})],
        [PREVIEWED, ASSENTED, OFFERED, STARTED, event("CommitAbsent"), COMMITTED],
        [PREVIEWED, ASSENTED, OFFERED, STARTED, COMMITTED, COMMITTED],
    ],
)
def test_a_write_without_its_whole_confirmation_is_found(log):
    assert list(broken_by_log(log)) != []


def test_secrets_in_a_transcript_are_found():
    view = {"transcript": ["the code is 123456", "WF-DEMO-AAAAA-BBBBB-CCCCC-DDDDD-EEEEE"]}

    assert len(list(broken_by_transcript(view, ["123456", "654321"]))) == 2
    assert list(broken_by_transcript({"transcript": ["WF-****-*****"]}, ["123456"])) == []
