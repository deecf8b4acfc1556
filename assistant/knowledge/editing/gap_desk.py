"""Questions that nothing answers, at the desk: what is asked, by how many, and what an editor does about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from assistant.domain.entries import Answer, AnswerKind, Gap
from assistant.domain.errors import InvalidInput, NotFound
from assistant.domain.gaps import AskedGap, Effect, GapAct, GapActed, GapCluster, GapGroup, GapState, state_of
from assistant.domain.identifiers import EntryId
from assistant.knowledge.editing.entry_desk import EntryDesk
from assistant.knowledge.editing.people import Who, editor
from assistant.knowledge.gaps import Words, cluster
from assistant.knowledge.matching.words import shipped_lexicon
from assistant.ports.clock import Clock
from assistant.ports.storage import Storage
from assistant.ports.storage.knowledge import KnowledgeUnit

RECENT = timedelta(days=30)
"""Questions that were not asked for so long are not listed, unless all are wanted."""
MOST_GAPS = 2_000
_MOST_TRIED = 12
_LONGEST_NAME = 80
_LONGEST_NOTE = 300
_ANSWERS = frozenset({AnswerKind.EXACT, AnswerKind.CLOSEST, AnswerKind.BRANCHES})


@dataclass(frozen=True)
class GapList:
    """A part of the list with what comes nearest now, how many groups there are in all, and how often they were asked."""

    groups: tuple[GapGroup, ...]
    found: int
    asked: int


@dataclass(frozen=True)
class _Deed:
    """What is done with all questions of a group."""

    act: GapAct
    entry_id: EntryId | None = None
    owner: str = ""
    due: date | None = None
    told: str = ""


@dataclass(frozen=True)
class GapDesk:
    """The use cases of an editor with unanswered questions; ``ask`` answers a question without recording it.

    Every act is on all questions of one meaning, and named by any of them.
    """

    storage: Storage[KnowledgeUnit]
    clock: Clock
    ask: Callable[[str], Answer]
    entries: EntryDesk

    def listed(
        self,
        who: Who,
        show: GapState = GapState.OPEN,
        *,
        every: bool = False,
        offset: int = 0,
        limit: int = 50,
    ) -> GapList:
        """Return questions of one state by meaning, most asked first, then last asked first. Raises Forbidden.

        Without ``every`` they were asked within the last 30 days.
        """
        editor(who)
        found = self._groups(show, None if every else self.clock.now() - RECENT)
        shown = tuple(self._with_nearest(group) for group in found[offset : offset + limit])
        return GapList(shown, len(found), sum(group.cluster.count for group in found))

    def show(self, who: Who, gap_id: str) -> GapGroup:
        """Return the questions that mean the same as this one and stand alike. Raises Forbidden, NotFound."""
        editor(who)
        return self._with_nearest(self._group(gap_id))

    def set_aside(self, who: Who, gap_id: str) -> GapGroup:
        """Say that this is no question of policy: it leaves the list, also when it is asked again. Raises as ``show``."""
        return self._act(who, gap_id, _Deed(GapAct.SET_ASIDE))

    def reopen(self, who: Who, gap_id: str) -> GapGroup:
        """Put it back into the list. Raises as ``show``."""
        return self._act(who, gap_id, _Deed(GapAct.REOPENED))

    def assign(self, who: Who, gap_id: str, owner: str, due: date | None, note: str) -> GapGroup:
        """Ask somebody to see to it; the list shows who, until when and the note. Raises as ``show``, InvalidInput."""
        name, text = " ".join(owner.split()), " ".join(note.split())
        if not 1 <= len(name) <= _LONGEST_NAME:
            raise InvalidInput("owner", f"must be a name of 1 to {_LONGEST_NAME} characters")
        if len(text) > _LONGEST_NOTE:
            raise InvalidInput("note", f"must have at most {_LONGEST_NOTE} characters")
        if due and due < self.clock.now().date():
            raise InvalidInput("due", "must not be in the past")
        return self._act(who, gap_id, _Deed(GapAct.ASSIGNED, owner=name, due=due, told=text))

    def written(self, who: Who, gap_id: str, entry_id: EntryId) -> GapGroup:
        """Note that an entry was written for it. Raises as ``show``."""
        return self._act(who, gap_id, _Deed(GapAct.ENTRY_WRITTEN, entry_id))

    def effect(self, who: Who, gap_id: str, entry_id: EntryId, question: str) -> Effect:
        """Return how many of the askings an entry would answer if it were asked in one more way; nothing is kept.

        The twelve most asked wordings are tried. Raises as ``show``, InvalidInput.
        """
        editor(who)
        return self._effect(who, self._group(gap_id), entry_id, question)

    def add_alternate(self, who: Who, gap_id: str, entry_id: EntryId, question: str) -> Effect:
        """Let an entry be asked in one more way from the next publication on; return what that does. Raises as ``effect``."""
        editor(who)
        group = self._group(gap_id)
        effect = self._effect(who, group, entry_id, question)
        entry = self.entries.add_alternate(who, entry_id, question)
        self._record(who, group, _Deed(GapAct.ALTERNATE_ADDED, entry.id, told=question))
        return effect

    def _effect(self, who: Who, group: GapGroup, entry_id: EntryId, question: str) -> Effect:
        wordings = []
        for gap in group.cluster.gaps[:_MOST_TRIED]:
            tried = self.entries.try_alternate(who, entry_id, question, gap.question)
            wordings.append((gap.question, gap.count, tried.own and tried.kind in _ANSWERS))
        answered = sum(count for _, count, own in wordings if own)
        return Effect(sum(count for _, count, _ in wordings), answered, tuple(wordings))

    def _act(self, who: Who, gap_id: str, deed: _Deed) -> GapGroup:
        editor(who)
        group = self._group(gap_id)
        self._record(who, group, deed)
        return group

    def _record(self, who: Who, group: GapGroup, deed: _Deed) -> None:
        person, now = editor(who), self.clock.now()
        acts = [
            GapActed(gap.id, now, person, deed.act, deed.entry_id, deed.owner, deed.due, deed.told)
            for gap in group.cluster.gaps
        ]
        with self.storage.writing() as unit:
            unit.gaps.record_acts(acts)
            unit.commit()

    def _group(self, gap_id: str) -> GapGroup:
        with self.storage.reading() as unit:
            gap = unit.gaps.find(gap_id)
            acts = unit.gaps.acts(gap_id) if gap else ()
        if gap is None:
            raise NotFound("There is no such question.")
        # one that is no longer listed is shown among those that were asked since
        since = min(gap.last, self.clock.now() - RECENT)
        groups = self._groups(state_of(acts, gap.last), since)
        return next((g for g in groups if gap in g.cluster.gaps), _alone(gap, acts))

    def _groups(self, show: GapState, since: datetime | None) -> list[GapGroup]:
        with self.storage.reading() as unit:
            gaps = unit.gaps.all(since, MOST_GAPS)
            askers = unit.gaps.askers(since)
            acts = _by_gap(unit.gaps.acts())
        alike = [
            AskedGap(gap, askers.get(gap.id, frozenset()))
            for gap in gaps
            if state_of(acts.get(gap.id, ()), gap.last) is show
        ]
        clusters = sorted(
            cluster(alike, Words(shipped_lexicon())), key=lambda c: (-c.count, -c.last.timestamp(), c.id)
        )
        return [GapGroup(found, show, _acts_of(found, acts)) for found in clusters]

    def _with_nearest(self, group: GapGroup) -> GapGroup:
        found = self.ask(group.cluster.question)
        nearest = next(iter((*(a.entry for a in found.entries), *found.nearest)), None)
        return replace(group, cluster=replace(group.cluster, nearest=nearest))


def _by_gap(acts: Sequence[GapActed]) -> dict[str, list[GapActed]]:
    found: dict[str, list[GapActed]] = {}
    for acted in acts:
        found.setdefault(acted.gap, []).append(acted)
    return found


def _acts_of(found: GapCluster, acts: dict[str, list[GapActed]]) -> tuple[GapActed, ...]:
    """Return what was done with the questions of a group, newest first; done with several at once it is one act."""
    leading = [replace(a, gap=found.id) for gap in found.gaps for a in acts.get(gap.id, ())]
    # acts of one instant keep their order: the one that was recorded last comes first
    return tuple(sorted(dict.fromkeys(reversed(leading)), key=lambda a: a.at, reverse=True))


def _alone(gap: Gap, acts: Sequence[GapActed]) -> GapGroup:
    alone = GapCluster((gap,), gap.count, gap.askers, gap.missing, gap.last)
    return GapGroup(alone, state_of(acts, gap.last), tuple(reversed(acts)))
