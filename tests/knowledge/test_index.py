import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.domain.errors import Conflict
from support.knowledge import FAQ, KnowledgeWorld, ids

QUESTIONS = {
    "are trials available": "are-trial-versions-available",
    "compatible printers": "which-printers-are-compatible",
    "cancel a contract": "can-a-contract-be-cancelled",
}


def test_the_index_is_private_to_its_user(world):
    world.service.ask("are trials available")
    everything = [world.folder / "index", *(world.folder / "index").rglob("*")]
    assert {f.stat().st_mode & 0o777 for f in everything if f.is_dir()} == {0o700}
    assert {f.stat().st_mode & 0o777 for f in everything if f.is_file()} == {0o600}


def test_the_index_is_named_by_the_publication_and_built_once(world):
    world.service.ask("are trials available")
    built = sorted((world.folder / "index").iterdir())
    assert [f.name.split(".")[0] for f in built if f.is_dir()] == [world.desk.publications()[0].hash]
    again = world.more()
    again.service.ask("are trials available")
    again.close()
    assert sorted((world.folder / "index").iterdir()) == built


@pytest.mark.parametrize("damage", ["missing", "emptied", "garbage", "truncated"])
def test_a_damaged_index_is_rebuilt_from_the_database(world, damage):
    world.service.ask("are trials available")
    index = next(f for f in (world.folder / "index").iterdir() if f.is_dir())
    for file in index.iterdir():
        if damage == "emptied":
            file.unlink()
        elif damage == "garbage":
            file.write_bytes(b"garbage" * 100)
        elif damage == "truncated":
            file.write_bytes(file.read_bytes()[:20])
    if damage == "missing":
        shutil.rmtree(index)
    again = world.more()
    assert {q: ids(again.service.ask(q))[0] for q in QUESTIONS} == QUESTIONS
    again.close()
    assert index.is_dir()


def test_a_folder_that_cannot_hold_an_index_does_not_stop_answers(world):
    (world.folder / "index").write_text("in the way")
    assert not world.service.edition().indexed
    assert {q: ids(world.service.ask(q))[0] for q in QUESTIONS} == QUESTIONS


def test_many_threads_get_the_answers_that_one_gets(world):
    asked = [f"{question} {'please ' * (n % 5)}" for n in range(60) for question in QUESTIONS]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda q: ids(world.service.ask(q))[0], asked))
    assert answers == [QUESTIONS[q.replace("please ", "").strip()] for q in asked]


def test_answers_stay_right_while_others_publish(world):
    def publish(number):
        other = world.more()
        other.publish(FAQ.replace("blue badge", f"badge {number}"))
        other.close()

    with ThreadPoolExecutor(4) as pool:
        published = [pool.submit(publish, n) for n in range(6)]
        answers = [pool.submit(lambda: ids(world.service.ask("compatible printers"))) for _ in range(40)]
    assert [f.exception() for f in published] == [None] * 6
    assert {tuple(a.result()) for a in answers} == {("which-printers-are-compatible",)}
    assert [p.number for p in world.desk.publications()] == list(range(7, 0, -1))


def test_the_default_knowledge_is_published_once_by_many_at_the_same_time(tmp_path):
    first = KnowledgeWorld(tmp_path)
    others = [first.more() for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda o: o.desk.publish_default(), others))
    assert len(first.desk.publications()) == 1
    for made in (first, *others):
        made.close()


def test_the_same_version_stored_twice_is_a_conflict(world):
    entry = world.desk.published()[0]
    with world.storage.writing() as unit, pytest.raises(Conflict):
        unit.entries.add(entry, "handbook", world.clock.now())
