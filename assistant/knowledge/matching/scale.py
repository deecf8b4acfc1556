"""Which parts do the work at which size; the sizes were measured, see docs/answers.md."""

from assistant.knowledge.matching.collection import Collection
from assistant.knowledge.matching.index import Index
from assistant.knowledge.matching.material import sentences
from assistant.knowledge.matching.nearby import NearbySignals
from assistant.knowledge.matching.semantic.encoders import Encoder
from assistant.knowledge.matching.signals import Signalling, WholeSignals
from assistant.knowledge.matching.wordindex import WordIndex

FULL_TEXT_UP_TO = 3000
"""Entries up to which the full-text index on disk is quick enough; beyond it, the one in memory."""

WHOLE_UP_TO = 4000
"""Ways to ask and sentences up to which a question is held against all of them."""


def signals_for(collection: Collection, encoder: Encoder | None, index: Index | None) -> Signalling:
    """Return the signals that fit a publication's size."""
    texts = sum(len(p.phrasings) + len(sentences(p.entry.text)) for p in collection.prepared)
    if texts <= WHOLE_UP_TO:
        return WholeSignals(collection, encoder)
    return NearbySignals(collection, encoder, index or WordIndex(collection.prepared))
