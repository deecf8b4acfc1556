"""The desks of those who keep the knowledge, put together over one storage."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from assistant.knowledge.editing.entry_desk import EntryDesk
from assistant.knowledge.editions import Edition
from assistant.knowledge.matching.semantic.encoders import Encoder
from assistant.ports.clock import Clock
from assistant.ports.storage import Storage
from assistant.ports.storage.knowledge import KnowledgeUnit


@dataclass(frozen=True)
class EditorsDesks:
    """What editors and approvers work at."""

    entries: EntryDesk


def build_desks(
    storage: Storage[KnowledgeUnit],
    clock: Clock,
    edition: Callable[[], Edition],
    flows: Collection[str],
    encoder: Callable[[], Encoder | None],
) -> EditorsDesks:
    """Return the desks; ``encoder`` gives one that keeps vectors, so that only new texts are encoded."""
    return EditorsDesks(entries=EntryDesk(storage, clock, edition, flows, encoder))
