"""What is learnt of a large publication before it is put in force, and what is learnt once in a process."""

import pytest

from assistant.knowledge.catalogue import publication_hash
from assistant.knowledge.editions import Edition, Editions
from assistant.knowledge.matching.scale import WHOLE_UP_TO
from assistant.knowledge.matching.semantic.encoders import no_encoder
from support.knowledge import FAQ, KnowledgeWorld
from support.matching import WordEncoder, chosen, edition, entry

DOOR = entry("door", "Who opens the door?", "The first one who comes.")


@pytest.fixture
def world(tmp_path):
    made = KnowledgeWorld(tmp_path)
    made.publish(FAQ, publish_now=False)
    yield made
    made.close()


def test_a_large_publication_is_learnt_before_it_is_in_force(tmp_path):
    ways = [f"May till {number} be moved?" for number in range(WHOLE_UP_TO)]
    entries = (DOOR, entry("moving", "May tills be moved?", alternates=ways))
    Editions(tmp_path, no_encoder).prepare(entries)
    (folder,) = tmp_path.glob("*.large")
    assert folder.name.startswith(publication_hash(entries))
    opened = Edition(publication_hash(entries), entries, tmp_path)
    assert chosen(opened.match("Who opens the door?")) == ["door"]
    assert list(tmp_path.glob("*.large")) == [folder]


def test_of_a_small_publication_nothing_is_learnt_before(world):
    world.service.prepare_next()
    assert not (world.folder / "index").exists()


def test_what_was_learnt_is_used_again_in_the_process_unless_it_was_learnt_otherwise(tmp_path):
    entries = (DOOR, entry("moving", "May tills be moved?"))
    encoders = (None, None, WordEncoder("preparing"))
    first, again, otherwise = (
        edition(*entries, encoder=encoder, folder=tmp_path)._prepared().calibration for encoder in encoders
    )
    assert again is first
    assert otherwise is not first
