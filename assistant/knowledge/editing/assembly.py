"""The desks of those who keep the knowledge, put together over one storage."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from assistant.domain.entries import Answer
from assistant.knowledge.editing.asked_figures import AskedFigures
from assistant.knowledge.editing.entry_desk import EntryDesk
from assistant.knowledge.editing.gap_desk import GapDesk
from assistant.knowledge.editions import Edition
from assistant.knowledge.matching.semantic.encoders import Encoder
from assistant.ports.clock import Clock
from assistant.ports.storage import Storage
from assistant.ports.storage.knowledge import KnowledgeUnit


@dataclass(frozen=True)
class Asking:
    """What the answers do for the desks: answer without recording, and write down what was counted so far."""

    ask: Callable[[str], Answer]
    write_counts: Callable[[], None]


@dataclass(frozen=True)
class EditorsDesks:
    """What editors and approvers work at."""

    entries: EntryDesk
    gaps: GapDesk
    figures: AskedFigures


def build_desks(
    storage: Storage[KnowledgeUnit],
    clock: Clock,
    edition: Callable[[], Edition],
    flows: Collection[str],
    encoder: Callable[[], Encoder | None],
    asking: Asking,
) -> EditorsDesks:
    """Return the desks; ``encoder`` gives one that keeps vectors, so that only new texts are encoded."""
    entries = EntryDesk(storage, clock, edition, flows, encoder)
    return EditorsDesks(
        entries=entries,
        gaps=GapDesk(storage, clock, asking.ask, entries),
        figures=AskedFigures(storage, asking.write_counts),
    )
