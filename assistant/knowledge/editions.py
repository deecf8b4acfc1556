"""The publication in force, loaded once in each process and exchanged when another one is put in force."""

import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Lock

from assistant.domain.entries import Audience, Entry
from assistant.domain.identifiers import EntryId
from assistant.knowledge.catalogue import EntrySet
from assistant.knowledge.catalogue import publication_hash as content_hash
from assistant.knowledge.matching.calibration import Calibration, calibrate, trials_of
from assistant.knowledge.matching.collection import Collection, collect
from assistant.knowledge.matching.decision import Match
from assistant.knowledge.matching.fulltext import open_or_build
from assistant.knowledge.matching.index import Index
from assistant.knowledge.matching.large.nearby import NearbySignals
from assistant.knowledge.matching.large.opening import open_shelves
from assistant.knowledge.matching.learnt import learnt, learnt_by
from assistant.knowledge.matching.matcher import LONGEST_QUESTION, Matcher
from assistant.knowledge.matching.scale import is_large
from assistant.knowledge.matching.semantic.encoders import Encoder
from assistant.knowledge.matching.semantic.vectors import KeptVectors
from assistant.knowledge.matching.signals import Signalling, WholeSignals
from assistant.knowledge.matching.words import shipped_lexicon
from assistant.knowledge.rendering import to_html
from assistant.ports.storage.knowledge import KnowledgeUnit

_log = logging.getLogger(__name__)
_REMEMBERED = 1000
_REMEMBERED_PUBLICATIONS = 3

_Asked = tuple[str, Audience | None, tuple[EntryId, ...], str | None]


class Edition:
    """One publication, ready to answer: its entries, its matcher, and what was asked of it lately.

    ``model`` names the embedding models, None where there are none and matching goes by words. A ``calibration`` that is
    given is not learnt: that of nearly the same entries will do where a question is only tried.
    """

    def __init__(
        self,
        publication_hash: str,
        entries: Sequence[Entry],
        index_dir: Path | None,
        encoder: Encoder | None = None,
        calibration: Calibration | None = None,
    ) -> None:
        self.hash = publication_hash
        self.entries = EntrySet(entries)
        self.model = encoder.name if encoder else None
        offered = self.entries.offered
        self._prepare = partial(_prepared, offered, publication_hash, index_dir, encoder, calibration)
        self._matching: _Matching | None = None
        self._remembered: OrderedDict[_Asked, Match] = OrderedDict()
        self._html: dict[EntryId, str] = {}
        self._lock = Lock()
        self._preparing = Lock()

    @property
    def indexed(self) -> bool:
        """Whether the index of words can be used; without it the other signals answer alone."""
        return self._prepared().indexed

    @property
    def calibration(self) -> Calibration:
        """What the figures of matching are worth among these entries."""
        return self._prepared().calibration

    def prepare(self) -> None:
        """Prepare matching now instead of with the first question."""
        self._prepared()

    def _prepared(self) -> "_Matching":
        """Prepare matching when it is first needed: much of what is done with a publication asks nothing of it."""
        with self._preparing:
            if self._matching is None:
                self._matching = self._prepare()
            return self._matching

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
        match = self._prepared().matcher.match(*asked)
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


@dataclass(frozen=True)
class _Matching:
    matcher: Matcher
    calibration: Calibration
    indexed: bool


@dataclass(frozen=True)
class _Learnt:
    collection: Collection
    signals: Signalling
    calibration: Calibration


_recently: OrderedDict[tuple[str, str], _Learnt] = OrderedDict()
_recent = Lock()


def _prepared(
    entries: Sequence[Entry],
    name: str,
    index_dir: Path | None,
    encoder: Encoder | None,
    calibration: Calibration | None = None,
) -> _Matching:
    if is_large(entries):
        return _large(entries, name, index_dir, encoder)
    key = content_hash(entries), f"{learnt_by(encoder.name if encoder else None)} {calibration or ''}"
    with _recent:
        known = _recently.get(key)
    collection = known.collection if known else collect(entries, shipped_lexicon())
    index = _index(collection, name, index_dir)
    if known is None:
        signals = WholeSignals(collection, KeptVectors(encoder, index_dir) if encoder else None)
        if calibration:
            known = _Learnt(collection, signals, calibration)
        else:
            known = _learn(collection, signals, name, index_dir if index else None, encoder)
        _remember(key, known)
    matcher = Matcher(collection, known.signals, known.calibration, encoder, index)
    return _Matching(matcher, known.calibration, index is not None)


def _large(entries: Sequence[Entry], name: str, index_dir: Path | None, encoder: Encoder | None) -> _Matching:
    """Prepare a large publication; where few entries changed, it is calibrated as the one they changed from."""
    kept = KeptVectors(encoder, index_dir) if encoder else None
    shelves, base = open_shelves(entries, name, index_dir, shipped_lexicon(), kept)
    made = _learn(shelves.collection, NearbySignals(shelves, kept), base, index_dir, encoder)
    matcher = Matcher(made.collection, made.signals, made.calibration, encoder, shelves)
    return _Matching(matcher, made.calibration, indexed=True)


def _learn(
    collection: Collection, signals: Signalling, name: str, folder: Path | None, encoder: Encoder | None
) -> _Learnt:
    model = encoder.name if encoder else None
    calibration = learnt(folder, name, model, lambda: calibrate(trials_of(signals, collection)))
    return _Learnt(collection, signals, calibration)


def _remember(key: tuple[str, str], made: _Learnt) -> None:
    """Keep what was learnt of the last publications, so that going back to one, or comparing two, costs nothing."""
    with _recent:
        _recently[key] = made
        while len(_recently) > _REMEMBERED_PUBLICATIONS:
            _recently.popitem(last=False)


def _index(collection: Collection, name: str, index_dir: Path | None) -> Index | None:
    if index_dir is None or not collection.prepared:
        return None
    try:
        return open_or_build(index_dir, name, collection)
    except Exception:  # noqa: BLE001 - answers do not depend on a derived file: the other signals remain
        _log.warning("the index of publication %s cannot be used", name[:12], exc_info=True)
        return None


class Editions:
    """Keeps the edition in force; one row is read to see whether it still is."""

    def __init__(self, index_dir: Path, encoder: Callable[[], Encoder | None]) -> None:
        self._index_dir = index_dir
        self._encoder = encoder
        self._lock = Lock()
        self._edition = Edition("", (), None)

    def prepare(self, entries: Sequence[Entry]) -> None:
        """Learn what would be published before it is, where that takes so long that the first question would wait."""
        if is_large(EntrySet(entries).offered):
            Edition(content_hash(entries), entries, self._index_dir, self._encoder()).prepare()

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
