"""The publication in force, loaded once in each process and exchanged when another one is put in force."""

import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock

from assistant.domain.entries import Audience, Entry
from assistant.domain.identifiers import EntryId
from assistant.knowledge.catalogue import EntrySet
from assistant.knowledge.matching.calibration import calibrate, trials_of
from assistant.knowledge.matching.collection import Collection
from assistant.knowledge.matching.decision import Match
from assistant.knowledge.matching.fulltext import open_or_build
from assistant.knowledge.matching.index import Index
from assistant.knowledge.matching.matcher import LONGEST_QUESTION, Matcher
from assistant.knowledge.matching.scale import FULL_TEXT_UP_TO, signals_for
from assistant.knowledge.matching.semantic.encoders import Encoder
from assistant.knowledge.matching.semantic.vectors import KeptVectors
from assistant.knowledge.matching.wordindex import WordIndex
from assistant.knowledge.matching.words import shipped_lexicon
from assistant.knowledge.rendering import to_html
from assistant.ports.storage.knowledge import KnowledgeUnit

_log = logging.getLogger(__name__)
_REMEMBERED = 1000

_Asked = tuple[str, Audience | None, tuple[EntryId, ...], str | None]


class Edition:
    """One publication, ready to answer: its entries, its matcher, and what was asked of it lately.

    ``indexed`` is false where the full-text index cannot be used and the other signals answer alone; ``model`` names
    the embedding models, None where there are none and matching goes by words.
    """

    def __init__(
        self,
        publication_hash: str,
        entries: Sequence[Entry],
        index_dir: Path | None,
        encoder: Encoder | None = None,
    ) -> None:
        self.hash = publication_hash
        self.entries = EntrySet(entries)
        self._collection = Collection(self.entries.entries, shipped_lexicon())
        index = self._index(index_dir)
        self.indexed = index is not None
        self.model = encoder.name if encoder else None
        kept = KeptVectors(encoder, index_dir) if encoder else None
        signals = signals_for(self._collection, kept, index)
        self.calibration = calibrate(trials_of(signals, self._collection))
        self._matcher = Matcher(self._collection, signals, self.calibration, encoder, index)
        self._remembered: OrderedDict[_Asked, Match] = OrderedDict()
        self._html: dict[EntryId, str] = {}
        self._lock = Lock()

    def match(
        self,
        text: str,
        audience: Audience | None = None,
        near: Sequence[EntryId] = (),
        previous: str | None = None,
    ) -> Match:
        """Match a question; repeated ones are remembered, up to a limit."""
        asked = text[:LONGEST_QUESTION], audience, tuple(near), previous
        with self._lock:
            if asked in self._remembered:
                self._remembered.move_to_end(asked)
                return self._remembered[asked]
        match = self._matcher.match(*asked)
        with self._lock:
            self._remembered[asked] = match
            while len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)
        return match

    def html(self, entry: Entry) -> str:
        """Return the HTML of an entry of this edition; rendered once."""
        if entry.id not in self._html:
            self._html[entry.id] = to_html(entry.text)
        return self._html[entry.id]

    def _index(self, index_dir: Path | None) -> Index | None:
        if len(self.entries.entries) > FULL_TEXT_UP_TO:
            return WordIndex(self._collection.prepared)
        if index_dir is None or not self.entries.entries:
            return None
        try:
            return open_or_build(index_dir, self.hash, self._collection)
        except Exception:  # noqa: BLE001 - answers do not depend on a derived file: the other signals remain
            _log.warning("the index of publication %s cannot be used", self.hash[:12], exc_info=True)
            return None


class Editions:
    """Keeps the edition in force; one row is read to see whether it still is."""

    def __init__(self, index_dir: Path, encoder: Callable[[], Encoder | None]) -> None:
        self._index_dir = index_dir
        self._encoder = encoder
        self._lock = Lock()
        self._edition = Edition("", (), None)

    def current(self, unit: KnowledgeUnit) -> Edition:
        """Return the edition of the publication in force; an empty one when there is none."""
        publication = unit.publications.in_force()
        in_force = publication.hash if publication else ""
        edition = self._edition
        if edition.hash == in_force:
            return edition
        with self._lock:
            if self._edition.hash != in_force:
                entries = unit.publications.entries(in_force)
                self._edition = Edition(in_force, entries, self._index_dir, self._encoder())
            return self._edition
