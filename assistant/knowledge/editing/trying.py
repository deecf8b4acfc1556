"""What a question leads to with an entry as it is being written: asked of the desk as it would be published."""

from collections.abc import Sequence

from assistant.domain.editing import Tried
from assistant.domain.entries import Audience, Entry
from assistant.domain.errors import InvalidInput
from assistant.knowledge.catalogue import publication_hash
from assistant.knowledge.editions import Edition
from assistant.knowledge.finding import Asked, find
from assistant.knowledge.matching.matcher import LONGEST_QUESTION
from assistant.knowledge.matching.scale import is_large
from assistant.knowledge.matching.semantic.encoders import Encoder
from assistant.knowledge.matching.words import shipped_lexicon
from assistant.knowledge.passages.reader import Reader


def tried(
    entry: Entry, others: Sequence[Entry], question: str, encoder: Encoder | None, in_force: Edition
) -> Tried:
    """Ask a question of these entries, the first in place of the one with its id; nothing of it is kept.

    What the figures of matching are worth is taken from the edition in force, as learning that anew takes seconds. Raises InvalidInput where there are so many entries that learning them anew would take minutes.
    """
    entries = (*(other for other in others if other.id != entry.id), entry)
    if is_large(entries):
        raise InvalidInput(
            "try", "is not possible among so many entries; the check before publishing asks them"
        )
    edition = Edition(publication_hash(entries), entries, None, encoder, in_force.calibration)
    reader = Reader(edition.entries.offered, shipped_lexicon())
    audience = Audience.PARTNER if Audience.PARTNER in entry.audience else Audience.SALES
    asked = question[:LONGEST_QUESTION]
    match = find(Asked(asked, audience), edition, reader)
    kind = match.kind
    if len(match.chosen) == 1:
        kind = reader.kind(kind, match.chosen[0].entry, reader.question(asked))
    found = tuple(scored.entry for scored in match.chosen)
    return Tried(asked, kind, found, own=bool(found) and found[0].id == entry.id)
