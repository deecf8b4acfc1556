"""A flow as people of every language speak of it: its own phrases and cues, and those of the vocabulary."""

from dataclasses import replace

from assistant.conversation.flow import Flow, Slot, SlotKind
from assistant.conversation.folding import fold
from assistant.conversation.vocabulary import said_for


def in_every_language(flow: Flow) -> Flow:
    """Return a flow with what the vocabulary adds: phrases that start it, cues, and words behind which something else is meant."""
    return replace(
        flow,
        phrases=(*flow.phrases, *said_for(flow.id, "phrases")),
        slots=tuple(_slot(flow.id, slot) for slot in flow.slots),
    )


def _slot(flow: str, slot: Slot) -> Slot:
    cues, unless = said_for(flow, "cues", slot.name), said_for(flow, "unless", slot.name)
    if slot.kind is not SlotKind.TEXT:
        cues = tuple(fold(cue) for cue in cues)
    return replace(slot, cues=(*slot.cues, *cues), unless=(*slot.unless, *(fold(word) for word in unless)))
