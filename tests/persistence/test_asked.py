"""Counts of answered entries: added to by many, read by all."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from support.clock import NOON
from support.knowledge import FAQ, KnowledgeWorld

TRIALS = "are-trial-versions-available"
CANCEL = "can-a-contract-be-cancelled"


@pytest.fixture
def world(tmp_path, each_database):
    made = KnowledgeWorld(tmp_path, place=each_database)
    made.publish(FAQ)
    yield made
    made.close()


def add(world, **counts):
    with world.storage.writing() as unit:
        unit.asked.add({name.replace("_", "-"): count for name, count in counts.items()}, NOON)
        unit.commit()


def counts(world):
    with world.storage.reading() as unit:
        return unit.asked.counts()


def test_what_was_never_answered_has_no_count(world):
    add(world)
    assert counts(world) == {}


def test_counts_are_added_to_those_that_are_there(world):
    add(world, **{TRIALS: 2})
    add(world, **{TRIALS: 3, CANCEL: 1})
    assert counts(world) == {TRIALS: 5, CANCEL: 1}


def test_no_count_is_lost_between_many_who_add_at_once(world):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: add(world, **{TRIALS: 1, CANCEL: 2}), range(20)))
    assert counts(world) == {TRIALS: 20, CANCEL: 40}


def test_another_process_sees_the_counts(world):
    add(world, **{TRIALS: 4})
    other = world.more()
    assert counts(other) == {TRIALS: 4}
    other.close()
