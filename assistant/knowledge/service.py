"""Answers from the publication in force: the exact stored text, or an abstention and a recorded gap."""

import dataclasses
import hashlib
import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from time import perf_counter

from assistant.domain.analytics import CHOSEN, speed_figure
from assistant.domain.entries import (
    Abstention,
    Answer,
    AnsweredEntry,
    AnswerKind,
    Audience,
    Entry,
    EntryVersion,
    Passage,
    Suggestion,
    VersionState,
    Why,
)
from assistant.domain.errors import Conflict, NotFound
from assistant.domain.identifiers import EntryId
from assistant.domain.library import is_aged
from assistant.knowledge.editions import Edition, Editions
from assistant.knowledge.finding import Asked, Followed, find, follow
from assistant.knowledge.masking import redact_question
from assistant.knowledge.matching.decision import Match, Scored
from assistant.knowledge.matching.matcher import LONGEST_QUESTION
from assistant.knowledge.matching.semantic.encoders import Encoder, no_encoder
from assistant.knowledge.matching.words import shipped_lexicon, split
from assistant.knowledge.passages.reader import Reader
from assistant.knowledge.popularity import AskedCounter, Due
from assistant.knowledge.publishing import at_the_desk
from assistant.knowledge.rendering import to_html
from assistant.knowledge.suggesting import Suggestions
from assistant.ports.clock import Clock, Ids
from assistant.ports.storage import Storage
from assistant.ports.storage.knowledge import KnowledgeUnit

_log = logging.getLogger(__name__)
_TRIES = 3


@dataclasses.dataclass(frozen=True)
class _Found:
    """An answer; ``lacking`` tells that no entry answers, ``counted`` are the entries that it counts for."""

    answer: Answer
    lacking: bool = False
    counted: tuple[EntryId, ...] = ()


class KnowledgeService:
    """Implements the knowledge port. Safe to share between threads."""

    def __init__(
        self,
        storage: Storage[KnowledgeUnit],
        clock: Clock,
        ids: Ids,
        index_dir: Path,
        encoder: Callable[[], Encoder | None] = no_encoder,
        timer: Callable[[], float] = perf_counter,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._ids = ids
        self._timer = timer
        self._editions = Editions(index_dir, encoder)
        self._suggestions = Suggestions()
        self._asked = AskedCounter()
        self._reading: tuple[str, Reader] | None = None

    def ask(
        self,
        question: str,
        *,
        audience: Audience = Audience.PARTNER,
        as_of: date | None = None,
        near: tuple[EntryId, ...] = (),
        previous: str | None = None,
        asker: str | None = None,
        recording: bool = True,
    ) -> Answer:
        """Answer a question with stored text, or abstain; see the port. Without ``recording`` nothing of it is kept or counted."""
        began, now = self._timer(), self._clock.now()
        text = _storable(question[:LONGEST_QUESTION])
        found = self._found_for(Asked(text, audience, near, previous), as_of, now.date())
        if not recording:
            return found.answer
        seconds = self._timer() - began
        answer = found.answer
        if found.lacking:
            answer = dataclasses.replace(answer, gap=self._record_gap(text, answer.missing, asker))
        self._count(found.counted, (answer.kind.value, speed_figure(seconds)), now)
        return answer

    def _found_for(self, asked: Asked, as_of: date | None, today: date) -> "_Found":
        text = asked.text
        with self._storage.reading() as unit:
            edition = self._editions.current(unit)
            by_id = edition.entries.find(text.strip())
            if by_id is None and _may_be_id(text):
                withdrawn = unit.entries.withdrawn(EntryId(text.strip()))
                if withdrawn:
                    return _Found(Answer(AnswerKind.WITHDRAWN, Abstention.WITHDRAWN, ()))
            reader = self._reader(edition)
            # the parts of a text that was in force on another day are not those of the text in hand
            followed = follow(asked, edition, reader) if as_of is None else None
            if followed is not None:
                return _Found(self._of_follow_up(followed, edition, today))
            match = find(asked, edition, reader)
            then = (_as_of(unit, scored, as_of) for scored in match.chosen)
            chosen = [scored for scored in then if scored]
            kind, answered = self._pointed(text, match.kind, chosen, edition, today)
        if not answered:
            missed = Answer(
                AnswerKind.NONE, Abstention.NOT_IN_POLICY, (), match.missing, nearest=match.nearest
            )
            return _Found(missed, lacking=not match.chosen)
        answer = _answer(dataclasses.replace(match, kind=kind), answered)
        offered = answer.kind is AnswerKind.CHOOSE
        return _Found(answer, counted=() if offered else tuple(a.entry.id for a in answered))

    def suggest(self, text: str, *, audience: Audience = Audience.PARTNER) -> tuple[Suggestion, ...]:
        """Return at most six published questions for what has been typed so far."""
        with self._storage.reading() as unit:
            edition = self._editions.current(unit)
            typeahead = self._suggestions.typeahead(edition.hash, edition.entries.offered, unit.asked.counts)
        return tuple(Suggestion(e.id, e.question, e.topic) for e in typeahead.find(text, audience))

    def entry(self, entry_id: EntryId, *, picked: bool = False) -> AnsweredEntry:
        """Return a published entry by its id or one of its aliases; see the port. Raises NotFound."""
        with self._storage.reading() as unit:
            edition = self._editions.current(unit)
        now = self._clock.now()
        found = self._answered(_found(edition, entry_id), edition, now.date())
        if picked:
            self._count([found.entry.id], (CHOSEN,), now)
        return found

    def versions(self, entry_id: EntryId, *, drafts: bool = False) -> tuple[EntryVersion, ...]:
        """Return the approved versions of an entry, newest first, or with ``drafts`` all. Raises NotFound."""
        with self._storage.reading() as unit:
            found = self._editions.current(unit).entries.find(entry_id)
            history = unit.entries.history(found.id if found else EntryId(_storable(entry_id)))
        shown = tuple(_as_in_force(v, found) for v in history if drafts or v.published)
        if not shown:
            raise _not_found(entry_id)
        return shown

    def edition(self) -> Edition:
        """Return the edition in force, for evaluation."""
        with self._storage.reading() as unit:
            return self._editions.current(unit)

    def prepare_next(self) -> None:
        """Learn a large publication before it is put in force, so that processes that serve it only open it."""
        with self._storage.reading() as unit:
            entries = at_the_desk(unit)
        self._editions.prepare(entries)

    def _answered(
        self,
        entry: Entry,
        edition: Edition,
        today: date,
        why: Why | None = None,
        passages: tuple[Passage, ...] = (),
    ) -> AnsweredEntry:
        current = edition.entries.find(entry.id) == entry
        html = edition.html(entry) if current else to_html(entry.text)
        return AnsweredEntry(entry, html, is_aged(entry.source.date, today), why or Why(), passages)

    def _reader(self, edition: Edition) -> Reader:
        held = self._reading
        if held is None or held[0] != edition.hash:
            held = self._reading = edition.hash, Reader(edition.entries.offered, shipped_lexicon())
        return held[1]

    def _of_follow_up(self, followed: Followed, edition: Edition, today: date) -> Answer:
        if not followed.pointed:
            return Answer(AnswerKind.NONE, Abstention.NOT_IN_POLICY, (), aspect=followed.aspect)
        answered = tuple(
            self._answered(p.entry, edition, today, passages=p.passages) for p in followed.pointed
        )
        return Answer(AnswerKind.CLOSEST, None, answered, aspect=followed.aspect)

    def _pointed(
        self, text: str, kind: AnswerKind, chosen: Sequence[Scored], edition: Edition, today: date
    ) -> tuple[AnswerKind, tuple[AnsweredEntry, ...]]:
        """Return the entries of an answer with the passages that the question is about, and the kind they make it."""
        if kind is AnswerKind.CHOOSE and len(chosen) > 1:
            return kind, tuple(self._answered(s.entry, edition, today, s.why) for s in chosen)
        reader = self._reader(edition)
        repaired = {typed: meant for s in chosen for typed, meant in s.why.repaired.items()}
        question = reader.question(text, repaired)
        if len(chosen) == 1:
            kind = reader.kind(kind, chosen[0].entry, question)
        return kind, tuple(
            self._answered(s.entry, edition, today, s.why, reader.passages(kind, s.entry, question))
            for s in chosen
        )

    def write_counts(self) -> None:
        """Write down what was counted in this process and is not full yet, for whoever looks at the figures."""
        self._write(self._asked.take(), self._clock.now())

    def _count(self, entry_ids: Iterable[EntryId], figures: Iterable[str], now: datetime) -> None:
        """Count what was answered, and write the counts down when they are due."""
        self._write(self._asked.note(entry_ids, figures, now), now)

    def _write(self, due: Due | None, now: datetime) -> None:
        if due is None:
            return
        try:
            with self._storage.writing() as unit:
                unit.asked.add(due.entries, now)
                unit.asked.add_days(due.days)
                unit.commit()
            with self._storage.reading() as unit:
                self._suggestions.rank_by(unit.asked.counts())
        except Exception:  # noqa: BLE001 - an answer that was found is given, whether or not it can be counted
            _log.warning("%d counts of answers cannot be written", len(due.days), exc_info=True)

    def _record_gap(self, text: str, missing: tuple[str, ...], asker: str | None) -> str | None:
        """Count an unanswered question; one without any word is nothing to record."""
        question = " ".join(redact_question(text).split())
        words = split(question)
        if not words or not missing:
            return None
        # the terms that were not found may be parts of what was just hidden
        recorded = tuple(term for term in missing if set(words).issuperset(split(term)))
        key = hashlib.sha256(" ".join(words).encode()).hexdigest()
        hashed = hashlib.sha256(asker.encode("utf-8", "replace")).hexdigest() if asker else None
        for _ in range(_TRIES):
            try:
                return self._stored_gap(question, key, recorded, hashed)
            except Conflict:
                # two processes took the same number: on the next try the other's gap is there to be seen
                continue
        return None

    def _stored_gap(self, question: str, key: str, missing: tuple[str, ...], asker: str | None) -> str:
        now = self._clock.now()
        with self._storage.writing() as unit:
            gap = unit.gaps.record(question, key, missing, asker, now)
            unit.commit()
        return gap


def _may_be_id(text: str) -> bool:
    return len(text.split()) == 1


def _as_in_force(version: EntryVersion, found: Entry | None) -> EntryVersion:
    # an entry may be retired at the desk while a publication that holds it is in force
    in_force = found is not None and found.version == version.version
    return dataclasses.replace(version, state=VersionState.APPROVED.value) if in_force else version


def _as_of(unit: KnowledgeUnit, scored: Scored, day: date | None) -> Scored | None:
    """Return the match with the version that was valid on a day by its document date; None if there was none yet."""
    if day is None or scored.entry.source.date <= day.isoformat()[: len(scored.entry.source.date)]:
        return scored
    for entry in unit.entries.approved(scored.entry.id):
        if entry.source.date <= day.isoformat()[: len(entry.source.date)]:
            return dataclasses.replace(scored, entry=entry)
    return None


def _answer(match: Match, answered: tuple[AnsweredEntry, ...]) -> Answer:
    kind = AnswerKind.CLOSEST if match.ambiguous and len(answered) == 1 else match.kind
    abstain = Abstention.AMBIGUOUS if kind is AnswerKind.CHOOSE else None
    return Answer(kind, abstain, answered)


def _found(edition: Edition, entry_id: EntryId) -> Entry:
    entry = edition.entries.find(entry_id)
    if entry is None:
        raise _not_found(entry_id)
    return entry


def _storable(text: str) -> str:
    """Return a text that every database takes: no null characters, no halves of surrogate pairs."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode()


def _not_found(entry_id: EntryId) -> NotFound:
    return NotFound(f"There is no entry {entry_id[:80]!r}.")
