"""What is learnt of a large publication before it is put in force, and what is learnt again in one process."""

import pytest

from assistant.knowledge import editions
from assistant.knowledge.matching import learnt
from support.knowledge import FAQ, KnowledgeWorld
from support.matching import edition, entry


@pytest.fixture
def world(tmp_path):
    made = KnowledgeWorld(tmp_path)
    made.publish(FAQ, publish_now=False)
    yield made
    made.close()


def _learnt(world):
    return list((world.folder / "index").glob("*.large"))


def test_a_large_publication_is_learnt_before_it_is_in_force(world, monkeypatch):
    monkeypatch.setattr(editions, "is_large", lambda _: True)
    world.service.prepare_next()
    (folder,) = _learnt(world)
    publication = world.desk.publish()
    assert folder.name.startswith(publication.hash)
    assert world.service.ask("Can a contract be cancelled?").entries
    assert _learnt(world) == [folder]


def test_of_a_small_publication_nothing_is_learnt_before(world):
    world.service.prepare_next()
    assert not (world.folder / "index").exists()


def test_what_was_learnt_by_other_lists_is_not_used_again(monkeypatch, tmp_path):
    entries = [entry("moving", "May tills be moved?"), entry("door", "Who opens the door?")]
    made = [edition(*entries, folder=tmp_path) for _ in range(3)]
    first, second = (one._prepared().matcher for one in made[:2])
    monkeypatch.setattr(learnt, "shipped_elsewhere", lambda: ("who paints the door",))
    third = made[2]._prepared().matcher
    assert first._signals is second._signals
    assert third._signals is not first._signals
