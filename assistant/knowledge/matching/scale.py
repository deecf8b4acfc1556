"""Which way of matching is taken at which size; the size was measured, see docs/answers.md."""

from collections.abc import Sequence

from assistant.domain.entries import Entry
from assistant.knowledge.matching.collection import ways_to_ask
from assistant.knowledge.matching.material import sentences

WHOLE_UP_TO = 4000
"""Ways to ask and sentences up to which a question is held against all of them."""


def is_large(entries: Sequence[Entry]) -> bool:
    """Tell whether a publication has more texts than a question can be held against one by one."""
    if len(entries) > WHOLE_UP_TO:
        return True
    return sum(len(ways_to_ask(e)) + len(sentences(e.text)) for e in entries) > WHOLE_UP_TO
