"""What editors do with questions that nothing answers."""

from datetime import timedelta

import pytest

from assistant.domain.analytics import last_days
from assistant.domain.editing import COMMAND_LINE
from assistant.domain.errors import Forbidden, InvalidInput, NotFound
from assistant.domain.gaps import GapState
from assistant.domain.principals import Principal, Role
from assistant.knowledge.editing.asked_figures import AskedFigures
from assistant.knowledge.editing.entry_desk import EntryDesk
from assistant.knowledge.editing.gap_desk import GapDesk
from assistant.knowledge.service import KnowledgeService
from assistant.persistence.simulation import SqlSimulation
from assistant.system import SwitchableClock
from support.clock import FakeIds

TRIALS = "are-trial-versions-available"
ELEPHANT, ZEBRA = "Where is the elephant?", "Which zebras are striped?"
ANNA = Principal("U-1", "Anna", Role.PARTNER_ADMIN, "PA-1")


@pytest.fixture
def desk(world):
    for question in (ELEPHANT, "where is the elephant", ZEBRA):
        world.service.ask(question, asker="anna")
    entries = EntryDesk(world.storage, world.clock, world.service.edition)
    return GapDesk(world.storage, world.clock, lambda q: world.service.ask(q, recording=False), entries)


def questions(desk, show=GapState.OPEN, **options):
    return [group.cluster.id for group in desk.listed(COMMAND_LINE, show, **options).groups]


def test_the_most_asked_comes_first_and_is_found_by_its_reference(desk):
    assert questions(desk) == ["Q-0001", "Q-0002"]
    assert desk.show(COMMAND_LINE, "Q-0002").cluster.question == ZEBRA
    assert desk.show(COMMAND_LINE, "Q-0001").cluster.count == 2


@pytest.mark.parametrize("gap", ["Q-0009", "Q-1", "zebra", ""])
def test_a_reference_that_was_never_given_is_not_found(desk, gap):
    with pytest.raises(NotFound):
        desk.show(COMMAND_LINE, gap)


def test_what_is_no_question_of_policy_stays_away_when_it_is_asked_again_until_it_is_put_back(desk, world):
    desk.set_aside(COMMAND_LINE, "Q-0001")
    world.clock.advance(seconds=60)
    world.service.ask(ELEPHANT)

    assert questions(desk) == ["Q-0002"]
    assert questions(desk, GapState.SET_ASIDE) == ["Q-0001"]
    desk.reopen(COMMAND_LINE, "Q-0001")
    assert questions(desk) == ["Q-0001", "Q-0002"]


def test_another_way_to_ask_is_shown_to_work_before_it_is_kept(desk):
    effect = desk.effect(COMMAND_LINE, "Q-0001", TRIALS, ELEPHANT)
    assert (effect.answered, effect.asked) == (2, 2)
    assert questions(desk) == ["Q-0001", "Q-0002"]

    assert desk.add_alternate(COMMAND_LINE, "Q-0001", TRIALS, ELEPHANT) == effect
    assert questions(desk) == ["Q-0002"]
    assert ELEPHANT in desk.entries.show(COMMAND_LINE, TRIALS).head.entry.alternates


def test_what_was_answered_is_open_again_when_it_still_finds_nothing(desk, world):
    desk.written(COMMAND_LINE, "Q-0001", TRIALS)
    assert questions(desk, GapState.ANSWERED) == ["Q-0001"]
    world.clock.advance(seconds=60)
    world.service.ask(ELEPHANT)
    assert questions(desk) == ["Q-0001", "Q-0002"]


def test_an_assignment_is_in_force_until_the_question_is_put_back(desk, world):
    day = world.clock.now().date()
    desk.reopen(COMMAND_LINE, "Q-0001")
    desk.assign(COMMAND_LINE, "Q-0001", " A.  Roth ", day, "ask the product team")
    assigned = desk.show(COMMAND_LINE, "Q-0001").assigned

    assert (assigned.owner, assigned.due, assigned.told) == ("A. Roth", day, "ask the product team")
    desk.reopen(COMMAND_LINE, "Q-0001")
    assert desk.show(COMMAND_LINE, "Q-0001").assigned is None


@pytest.mark.parametrize(
    ("owner", "days", "note"), [(" ", 0, ""), ("x" * 81, 0, ""), ("A", -1, ""), ("A", 0, "x" * 301)]
)
def test_an_assignment_needs_a_name_a_day_to_come_and_a_short_note(desk, world, owner, days, note):
    due = world.clock.now().date() + timedelta(days=days)
    with pytest.raises(InvalidInput):
        desk.assign(COMMAND_LINE, "Q-0001", owner, due, note)


def test_a_question_of_long_ago_is_only_listed_among_all(desk, world):
    world.clock.advance(seconds=31 * 86_400)
    assert questions(desk) == []
    assert questions(desk, every=True) == ["Q-0001", "Q-0002"]
    assert desk.show(COMMAND_LINE, "Q-0002").state is GapState.OPEN


def test_a_partner_sees_and_does_nothing_here(desk):
    for act in (
        lambda: desk.listed(ANNA),
        lambda: desk.show(ANNA, "Q-0001"),
        lambda: desk.set_aside(ANNA, "Q-0001"),
        lambda: desk.effect(ANNA, "Q-0001", TRIALS, ELEPHANT),
    ):
        with pytest.raises(Forbidden):
            act()


def test_what_was_asked_is_in_the_figures_at_once_also_by_the_business_clock(world):
    clock = SwitchableClock(world.clock, SqlSimulation(world.database, allowed=True))
    service = KnowledgeService(world.storage, clock, FakeIds(), world.folder / "index")
    for question in (TRIALS, ELEPHANT, ELEPHANT):
        service.ask(question)
    service.ask(ZEBRA, recording=False)
    figures = AskedFigures(world.storage, service.write_counts)
    shown = figures.questions(COMMAND_LINE, last_days(world.clock.now().date(), 1))

    assert {kind.value: count for kind, count in shown.kinds.items() if count} == {"exact": 1, "none": 2}
    assert shown.median_ms is not None
