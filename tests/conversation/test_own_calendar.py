"""Days are read by the partner's calendar: at half past eleven in the evening, UTC, it is tomorrow in Berlin."""

from datetime import UTC, datetime

import pytest

from assistant.conversation.effects import LookUp
from assistant.domain.lookups import CalendarView, OwnCalendar
from assistant.domain.principals import Role
from support.conversation import Desk, Dialogue, Performer
from support.licensing import a_principal

LATE = datetime(2026, 3, 31, 22, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    made = Desk(tmp_path_factory.mktemp("calendar") / "desk.sqlite3")
    made.clock.instant = LATE
    yield made
    made.close()


def preview(desk, *said, **last):
    desk.conversation = desk.service.open(desk.anna)
    turns = [desk.say(text) for text in said]
    turns += [desk.say(**last)] if last else []
    return turns[-1]["blocks"][-1]


def test_today_and_tomorrow_are_those_of_the_partner(desk):
    shown = preview(desk, "suspend the plan of Tailspin today")

    assert shown["after"]["expires"] == "2026-04-01"
    assert preview(desk, "suspend the plan of Tailspin tomorrow")["after"]["expires"] == "2026-04-02"


def test_a_what_if_goes_by_the_same_day(desk):
    desk.conversation = desk.service.open(desk.anna)
    shown = desk.say("what if I cancel Contoso tomorrow?")["blocks"][0]

    assert shown["day"] == "2026-04-02"


def test_a_month_that_is_over_at_the_partner_is_the_last_one(desk):
    assert preview(desk, "submit the report of last month")["after"]["state"] == "approved"


def test_a_day_typed_into_a_form_is_read_the_same(desk):
    shown = preview(desk, "change the term of Contoso", values={"expires": "tomorrow"})

    assert shown["after"]["expires"] == "2026-04-02"


def test_the_calendar_is_asked_for_only_where_a_day_is_said():
    performer = Performer(LookUp=lambda effect: _answer(performer, effect))
    dialogue = Dialogue(performer)
    dialogue.say("suspend a plan")
    dialogue.say("what will happen tomorrow?")

    assert LookUp(OwnCalendar()) not in performer.performed
    dialogue.say("from tomorrow on")
    assert LookUp(OwnCalendar()) in performer.performed


def _answer(performer, effect):
    return (
        performer.plans["seats"]
        if "Plan" in type(effect.lookup).__name__
        else performer._looked_up(effect.lookup)
    )


def test_whoever_has_no_partner_goes_by_utc(desk):
    calendar = desk.backend.licensing.look_up(a_principal(Role.SALES, partner_id=None), OwnCalendar())

    assert calendar == CalendarView("UTC", LATE.date())
    assert desk.backend.licensing.look_up(desk.anna, OwnCalendar()).time_zone == "Europe/Berlin"
