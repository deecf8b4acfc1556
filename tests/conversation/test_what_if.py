"""What-ifs in conversation: reckoned for anybody, labelled as such, and never to be confirmed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.conversation.acts import clauses_of
from assistant.conversation.names import Option
from assistant.conversation.supposing import Known, read_supposition
from assistant.domain.principals import Role
from assistant.domain.what_ifs import OPS
from support.clock import NOON
from support.conversation import GOOD, Desk, codes, phase
from support.licensing import the_catalogue

TODAY = NOON.date()
PLANS = tuple(Option(p.id, p.name, p.aliases) for p in the_catalogue().plans.values() if not p.trial)
CUSTOMERS = (Option("C-1", "Adatum"), Option("C-2", "Bellows"))


def read(text, *, own=False):
    (clause,) = clauses_of(text)
    return read_supposition(clause, Known(PLANS, CUSTOMERS if own else (), own=own), TODAY)


def said(asked):
    return {name: value for name, value in vars(asked).items() if value is not None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "what if I move 25 seats from WF Services to XDR mid month?",
            {"op": "crossgrade", "plan": "wf-services-monthly", "to": "wf-services-xdr", "seats": 25},
        ),
        ("what would 300 seats mean for my band?", {"op": "band", "seats_after": 300}),
        ("what if I cancel on the 15th?", {"op": "cancel"}),
        ("what if we go from 40 to 45 seats", {"op": "seats", "seats": 40, "seats_after": 45}),
        ("what if I have 40 seats and add 5", {"op": "seats", "seats": 40, "change": 5}),
        (
            "suppose a customer has 40 seats of wfs and goes to xdr with 50 seats on 1 May",
            {"op": "crossgrade", "seats": 40, "seats_after": 50, "to": "wf-services-xdr"},
        ),
        ("what if a trial has 25 seats?", {"op": "trial", "seats": 25}),
        (
            "what if I buy 12 seats of email security",
            {"op": "assign", "plan": "email-security-standard", "seats": 12},
        ),
        ("suppose we suspend WFS Annual end of May", {"op": "suspend", "plan": "wf-services-annual"}),
        (
            "how would the band change from 240 to 260 seats?",
            {"op": "band", "total": 240, "seats_after": 260},
        ),
        ("was wäre, wenn wir 12 Plätze auf XDR wechseln?", {"op": "crossgrade", "to": "wf-services-xdr"}),
        ("angenommen wir kündigen am 30.4.2026", {"op": "cancel"}),
        ("what if I drop 20 seats with 260 in the band?", {"op": "band", "total": 260}),
    ],
)
def test_a_what_if_is_read_with_what_it_names(text, expected):
    asked = read(text)

    assert asked is not None
    assert {name: said(asked).get(name) for name in expected} == expected


@pytest.mark.parametrize(
    "text",
    [
        "what if a customer cancels?",
        "what would happen then?",
        "what if I need WF Services for a school?",
        "what if something breaks",
        "what happens if I cancel 5 seats?",
        "how would I start 1 thing",
        "is it 25 seats?",
    ],
)
def test_a_question_that_names_nothing_to_reckon_with_stays_a_question(text):
    assert read(text) is None


def test_a_customer_of_ones_own_is_named_only_by_whom_it_belongs_to():
    assert read("what if I move Adatum to XDR?", own=True).customer_id == "C-1"
    assert read("what if I move Adatum to XDR?") is None


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_whatever_follows_the_opener_is_read_without_an_error(rest):
    for clause in clauses_of(f"what if {rest}"):
        asked = read_supposition(clause, Known(PLANS, CUSTOMERS, own=True), TODAY)

        assert asked is None or asked.op in OPS


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    made = Desk(tmp_path_factory.mktemp("what-if") / "desk.sqlite3")
    yield made
    made.close()


@pytest.fixture
def desk(shared):
    shared.conversation = shared.service.open(shared.anna)
    return shared


def block(turn):
    return next(b for b in turn["blocks"] if b["type"] == "what_if")


def visitor(desk):
    return {"principal": None, "conversation": desk.service.open(None)}


def test_a_visitor_is_told_what_a_move_would_do(desk):
    turn = desk.say("what if I move 25 seats from WF Services to XDR mid month?", **visitor(desk))

    shown = block(turn)
    assert shown["title"] == "What if: Move to another plan"
    assert "what-if" in shown["text"]
    assert shown["values"]["seats_after"] == 25
    assert {line["slot"] for line in shown["assumed"]} == {"since", "seats_after"}
    assert all("DEMO" not in c["text"] for c in shown["consequences"])
    assert (turn["task"], turn["writes"]) == (None, 0)
    assert "short_hash" not in shown


def test_what_was_not_said_is_told_as_assumed(desk):
    shown = block(desk.say("what if I cancel on the 20th?", **visitor(desk)))

    assert {line["slot"] for line in shown["assumed"]} == {"plan", "seats", "since"}
    assert shown["day"] == "2026-03-20"


@pytest.mark.parametrize("text", ["what if I move Contoso to XDR?", "what if Contoso has 60 seats"])
def test_a_partner_asks_with_the_figures_of_its_own_customer(desk, text):
    shown = block(desk.say(text))

    assert shown["values"]["customer"] == "Contoso"
    assert shown["values"]["seats_before"] == 25
    assert shown["values"]["total_before"] == 248


def test_a_reader_may_suppose_what_it_may_not_do(desk):
    reader = desk.backend.user(Role.PARTNER_READER, user_id="U-ben")
    turn = desk.say(
        "what if I cancel Contoso today?", principal=reader, conversation=desk.service.open(reader)
    )

    assert block(turn)["values"]["customer"] == "Contoso"


@pytest.mark.parametrize("role", [Role.SALES, Role.END_CUSTOMER, Role.OPERATOR])
def test_whoever_has_no_customers_supposes_with_numbers_only(desk, role):
    who = desk.backend.user(role, partner=None, user_id=f"U-{role}")
    conversation = desk.service.open(who)

    named = desk.say("what if I move Contoso to XDR?", principal=who, conversation=conversation)
    entered = desk.say("what if I move 25 seats to XDR?", principal=who, conversation=conversation)

    assert all(b["type"] != "what_if" for b in named["blocks"])
    assert "customer" not in block(entered)["values"]


def test_a_yes_and_a_code_after_a_what_if_commit_nothing(desk):
    executed = desk.licensing.executed
    desk.say("what if I cancel Contoso today?")
    yes = desk.say("yes")
    code = desk.say(code=GOOD)

    assert (codes(yes), codes(code)) == (["nothing_open"], ["stray_code"])
    assert (yes["writes"], code["writes"]) == (0, 0)
    assert (desk.licensing.executed, desk.seats_of("Contoso")) == (executed, [25])


def test_a_what_if_in_the_middle_leaves_the_preview_as_it_is(desk):
    before = desk.say("change the seats of Contoso to 30")
    after = desk.say("what if it were 60 seats?")

    assert block(after)["values"]["seats_after"] == 60
    assert phase(after) == "seats/confirm"
    assert after["blocks"][-1]["short_hash"] == before["blocks"][-1]["short_hash"]
    assert after["blocks"][-1]["after"]["seats"] == 30


def test_a_refused_what_if_cites_what_refuses_it(desk):
    shown = block(desk.say("what if a trial has 25 seats?", **visitor(desk)))

    assert shown["refusal"]["code"] == "trial_too_large"
    assert shown["refusal"]["cites"]


def test_a_partner_asks_for_its_band_by_more_seats(desk):
    shown = block(desk.say("what if I add 20 seats?"))

    assert (shown["op"], shown["values"]["total_before"], shown["values"]["total_after"]) == (
        "band",
        248,
        268,
    )
    assert shown["values"]["band_after"] == "251-500"


def test_what_is_missing_is_said(desk):
    turn = desk.say("how would 5 more users change the band?", **visitor(desk))

    assert codes(turn) == ["what_if_needs"]
