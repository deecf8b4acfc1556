"""What-ifs are reckoned by the rules that make the changes."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.actions import Cancel, ChangeSeats
from assistant.domain.assessment import propose
from assistant.domain.errors import InvalidInput
from assistant.domain.reckoning import reckon, reckon_band
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.supposing import refuse_senseless, supposed
from assistant.domain.what_ifs import OPS, Asked, Figures, Holding
from support.licensing import TODAY, a_customer, a_situation, a_subscription, every_rule_cited, the_catalogue

POLICY = every_rule_cited()
FULL = sorted(p.id for p in the_catalogue().plans.values() if not p.trial)


def told(asked, figures=None):
    return reckon(supposed(asked, figures, the_catalogue(), TODAY), the_catalogue(), POLICY, "as it is")


def test_seats_are_changed_as_the_rule_changes_them():
    subscription = a_subscription(seats=25)
    holding = Holding("wf-services-monthly", 25, subscription.start, subscription.on(TODAY).expires, 1)
    asked = Asked("seats", seats_after=30, customer_id="C-1")
    view = told(asked, Figures("Contoso", (holding,), 25))
    situation = a_situation(a_customer(subscriptions=[subscription]), policy=POLICY)
    quote = propose(ChangeSeats("C-1", subscription.id, 30), situation).quote

    assert (view.values, view.before, view.after) == (quote.values, quote.before, quote.after)
    assert view.consequences == quote.consequences


def test_a_cancellation_on_a_later_day_is_told_as_of_that_day():
    view = told(Asked("cancel", seats=25, day=date(2026, 4, 20)))
    situation = a_situation(a_customer(seats=25), policy=POLICY, today=date(2026, 4, 20))
    quote = propose(Cancel("C-1", "S-1"), situation).quote

    assert view.after["expires"] == "2026-04-20"
    assert [c.code for c in view.consequences] == [c.code for c in quote.consequences]


def test_what_is_entered_is_told_apart_from_what_is_assumed():
    view = told(Asked("crossgrade", to="wf-services-xdr", seats=25))

    assert view.entered == {"seats": 25, "to": "WF Services XDR"}
    assert view.assumed.keys() == {"plan", "since", "seats_after", "day"}


def test_the_plan_assumed_for_a_move_is_one_that_can_make_it():
    assert told(Asked("crossgrade", to="wfbs-advanced")).refusal is None
    assert told(Asked("crossgrade", plan="cloud-app-security", to="wf-services-annual")).refusal is not None


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (Asked("seats"), "seats_after"),
        (Asked("crossgrade"), "to"),
        (Asked("crossgrade", to="none"), "to"),
        (Asked("cancel", plan="wf-services-trial"), "plan"),
        (Asked("cancel", seats=0), "seats"),
        (Asked("cancel", seats=5, total=4), "total"),
        (Asked("convert_trial", plan="edr-add-on"), "plan"),
    ],
)
def test_what_is_missing_or_wrong_is_named(asked, field):
    with pytest.raises(InvalidInput) as refused:
        told(asked)

    assert refused.value.field == field


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (Asked("sell"), "op"),
        (Asked("cancel", day=date(2026, 3, 14)), "day"),
        (Asked("cancel", day=date(2040, 1, 1)), "day"),
        (Asked("cancel", since=date(2026, 3, 16)), "since"),
        (Asked("cancel", seats=-1), "seats"),
        (Asked("seats", seats_after=1_000_000), "seats_after"),
        (Asked("band", total=-5), "total"),
    ],
)
def test_what_makes_no_sense_is_named(asked, field):
    with pytest.raises(InvalidInput) as refused:
        refuse_senseless(asked, TODAY)

    assert refused.value.field == field


def test_a_plan_of_a_customer_has_to_be_named_where_it_has_several():
    two = (Holding("wf-services-annual", 5, TODAY), Holding("email-security-standard", 6, TODAY))
    figures = Figures("Contoso", two, 100)

    with pytest.raises(InvalidInput, match="WF Services Annual, Email Security Standard"):
        told(Asked("cancel"), figures)
    assert told(Asked("cancel", plan="email-security-standard"), figures).values["seats_before"] == 6
    with pytest.raises(InvalidInput):
        told(Asked("cancel"), replace(figures, holdings=()))


def test_a_band_is_told_before_and_after():
    def band(**asked):
        return reckon_band(Asked("band", **asked), None, the_catalogue(), POLICY, TODAY).values

    assert band(seats_after=300) == {"total": 300, "band": "251-500", "to_lower": 50, "to_higher": 201}
    assert band(total=240, change=20)["band_after"] == "251-500"
    with pytest.raises(InvalidInput):
        band(change=5)


@given(
    op=st.sampled_from([op for op in OPS if op != "band"]),
    plan=st.none() | st.sampled_from(FULL),
    to=st.none() | st.sampled_from(FULL),
    seats=st.none() | st.integers(0, 999_999),
    after=st.none() | st.integers(0, 999_999),
    change=st.none() | st.integers(-50, 50),
    days=st.integers(0, 400),
)
@settings(max_examples=80, deadline=None)
def test_any_what_if_ends_in_figures_a_refusal_or_the_field_that_is_wrong(
    op, plan, to, seats, after, change, days
):
    day = date.fromordinal(TODAY.toordinal() + days)
    try:
        view = told(Asked(op, plan, seats, to, after, change, day=day))
    except InvalidInput as error:
        field = error.field
    else:
        field = "op"
        assert bool(view.values) != isinstance(view.refusal, Refusal)
        assert view.refusal is None or view.refusal.code in RefusalCode
    assert field in vars(Asked(op))
