"""Many who publish or ask at the same moment, on each kind of database."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from assistant.domain.errors import AssistantError, Conflict, NotFound
from support.knowledge import FAQ, source

MOONS = "# Moons\n\n2025-03\n\n## Is moon {0} painted?\n\nMoon {0} is.\n"


@pytest.fixture
def world(empty_on_each_database):
    empty_on_each_database.publish(FAQ)
    return empty_on_each_database


def at_once(count, act):
    barrier = Barrier(count)

    def run(number):
        barrier.wait()
        try:
            return act(number)
        except Conflict as conflict:
            return conflict

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_forty_different_unanswered_questions_get_forty_numbers(world):
    answers = at_once(40, lambda n: world.service.ask(f"Is there paint of colour x{n}q?", asker=f"a{n}"))

    recorded = [answer.gap for answer in answers]
    assert None not in recorded
    assert len(set(recorded)) == 40
    assert sorted(gap.count for gap in world.desk.gaps()) == [1] * 40


def test_forty_who_ask_the_same_are_counted_in_one_gap(world):
    answers = at_once(40, lambda n: world.service.ask("Is there blue paint?", asker=f"a{n % 8}"))

    assert len({answer.gap for answer in answers}) == 1
    (gap,) = world.desk.gaps()
    assert (gap.count, gap.askers) == (40, 8)


def test_of_those_who_publish_at_once_each_is_in_force_or_told_to_try_again(world):
    before = len(world.desk.publications())

    outcomes = at_once(
        8,
        lambda n: world.desk.import_files([source(MOONS.format(f"M{n}"), f"moon{n}.md")], publish_now=True),
    )

    made = [n for n, outcome in enumerate(outcomes) if not isinstance(outcome, Conflict)]
    published = world.desk.publications()
    assert made
    assert len(published) == before + len(made)
    assert [p.number for p in published] == list(range(len(published), 0, -1))
    questions = {entry.question for entry in world.desk.published()}
    assert {f"Is moon M{n} painted?" for n in made} <= questions


def test_the_default_knowledge_is_published_once_however_many_start(empty_on_each_database):
    at_once(6, lambda _: empty_on_each_database.desk.publish_default())

    assert len(empty_on_each_database.desk.publications()) == 1


@pytest.mark.parametrize(
    "entry_id", ["\x00", "a\x00b", "\ud800", "x" * 100_000, "", "'; DROP TABLE users; --"]
)
def test_an_id_that_can_be_nobodys_is_not_found(world, entry_id):
    for look in (world.service.entry, world.service.versions):
        with pytest.raises(NotFound):
            look(entry_id)


@pytest.mark.parametrize("text", ["\x00", "blue \x00 paint", "\ud800", "blue \udfff paint", "x" * 100_000])
def test_a_question_that_no_database_takes_is_answered_all_the_same(world, text):
    try:
        answer = world.service.ask(text, asker=text)
    except AssistantError as refused:
        pytest.fail(f"refused: {refused}")
    assert answer.entries == ()
