"""Answers are counted, written together, and rank what is suggested."""

from collections import Counter
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from assistant.knowledge.popularity import MOST_WAITING, AskedCounter
from support.clock import NOON

TRIALS = "are-trial-versions-available"
PRINTERS = "which-printers-are-compatible"
PAINT = "# T\n\n2025-01\n\n## Is blue paint washable?\n\nYes.\n\n## Is green paint washable?\n\nNo.\n"


def counts(world):
    with world.storage.reading() as unit:
        return unit.asked.counts()


def ask(world, question, times=1):
    for _ in range(times):
        world.service.ask(question)


def test_nothing_is_written_before_twenty_answers_or_a_minute(world):
    ask(world, TRIALS, MOST_WAITING - 1)
    world.clock.advance(seconds=59)
    assert counts(world) == {}


def test_twenty_answers_are_written_together(world):
    ask(world, TRIALS, MOST_WAITING - 1)
    ask(world, PRINTERS)
    assert counts(world) == {TRIALS: 19, PRINTERS: 1}


def test_after_a_minute_the_next_answer_writes_what_waits(world):
    ask(world, TRIALS)
    world.clock.advance(seconds=60)
    ask(world, PRINTERS)
    assert counts(world) == {TRIALS: 1, PRINTERS: 1}


def test_an_entry_that_was_picked_is_counted_and_one_that_was_looked_up_is_not(world):
    for _ in range(MOST_WAITING):
        world.service.entry(TRIALS)
        world.service.entry(PRINTERS, picked=True)
    assert counts(world) == {PRINTERS: 20}


def test_neither_what_was_only_offered_nor_what_found_nothing_is_counted(empty):
    empty.publish(PAINT)
    ask(empty, "washable paint", MOST_WAITING)
    ask(empty, "Where is the elephant?", MOST_WAITING)
    assert counts(empty) == {}


def test_what_is_asked_most_is_suggested_first_also_by_another_process(empty):
    empty.publish(PAINT)
    assert empty.service.suggest("paint wash")[0].question == "Is blue paint washable?"
    ask(empty, "Is green paint washable?", MOST_WAITING)
    other = empty.more()
    for service in (empty.service, other.service):
        assert service.suggest("paint wash")[0].question == "Is green paint washable?"
    other.close()


def test_an_answer_is_given_although_it_cannot_be_counted(world, caplog):
    caplog.set_level("WARNING")
    with world.database.writing() as connection:
        connection.exec_driver_sql("DROP TABLE knowledge_asked_entries")
        connection.commit()
    ask(world, TRIALS, MOST_WAITING - 1)
    assert world.service.ask(TRIALS).entries[0].entry.id == TRIALS
    assert "cannot be written" in caplog.text


@given(
    st.lists(
        st.tuples(st.lists(st.sampled_from("abc"), min_size=1, max_size=3), st.integers(0, 40)), max_size=80
    )
)
def test_no_count_is_lost(asked):
    counter, now, written, noted = AskedCounter(), NOON, Counter(), Counter()
    for ids, seconds in asked:
        now += timedelta(seconds=seconds)
        noted.update(ids)
        noted["asked"] += 1
        add(written, counter.note(ids, ["asked"], now))
    add(written, counter.take())
    assert written == noted
    assert counter.take() is None


def add(written, due):
    if due:
        written.update(due.entries)
        for (_, figure), count in due.days.items():
            written[figure] += count
