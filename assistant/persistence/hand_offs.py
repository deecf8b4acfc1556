"""Hand-off cases in tables."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from assistant.domain.audit import ChainedEntry
from assistant.domain.hand_offs import LIVE, HandOff, HandOffState
from assistant.domain.identifiers import ConversationId, HandOffId, TaskId, UserId
from assistant.persistence.tables.hand_offs import hand_off_acts, hand_offs
from assistant.ports.wire.principals import principal_from_json, principal_json

_LONGEST = 500
_LONGEST_WORDS = 2000


class SqlHandOffs:
    """Cases and their acts, over the connection of a unit."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, case: HandOff, opening: ChainedEntry) -> None:
        """Store a new case with its first act."""
        order = self._next("opened_order")
        self._connection.execute(
            insert(hand_offs).values(
                id=case.id,
                conversation_id=case.conversation,
                owner=case.asker.user_id,
                asker=principal_json(case.asker),
                subject=case.subject[:_LONGEST],
                reason=case.reason,
                task_id=case.task,
                flow=case.flow,
                customer=case.customer[:_LONGEST] if case.customer else None,
                words=_words_of(case),
                opened_at=case.opened_at,
                opened_order=order,
                **self._changing(case),
            )
        )
        self._add_act(case.id, opening)

    def find(self, reference: HandOffId) -> HandOff | None:
        """Return a case, or None."""
        row = self._connection.execute(select(hand_offs).where(hand_offs.c.id == reference)).one_or_none()
        return _case(row) if row is not None else None

    def save(self, before: HandOff, after: HandOff, act: ChainedEntry) -> bool:
        """Store a case as one act leaves it; the conditional update decides the race."""
        moved = self._connection.execute(
            update(hand_offs)
            .where(
                hand_offs.c.id == before.id,
                hand_offs.c.version == before.version,
                hand_offs.c.state == before.state.value,
            )
            .values(**self._changing(after))
        )
        if moved.rowcount != 1:
            return False
        self._add_act(after.id, act)
        return True

    def acts(self, reference: HandOffId) -> tuple[ChainedEntry, ...]:
        """Return everything done with a case, in order."""
        rows = self._connection.execute(
            select(hand_off_acts)
            .where(hand_off_acts.c.hand_off_id == reference)
            .order_by(hand_off_acts.c.seq)
        )
        return tuple(ChainedEntry(row.seq, row.prev_hash, row.hash, row.content) for row in rows)

    def listed(
        self,
        states: Iterable[HandOffState],
        *,
        holder: UserId | None,
        words: Iterable[str],
        flow: str | None,
        limit: int,
    ) -> tuple[HandOff, ...]:
        """Return cases in these states."""
        wanted = frozenset(states)
        query = select(hand_offs).where(hand_offs.c.state.in_(sorted(wanted))).limit(limit)
        if holder is not None:
            query = query.where(hand_offs.c.holder_id == holder)
        if flow is not None:
            query = query.where(hand_offs.c.flow == flow)
        for word in words:
            query = query.where(hand_offs.c.words.contains(word.casefold(), autoescape=True))
        order = hand_offs.c.opened_order if wanted <= LIVE else hand_offs.c.changed_order.desc()
        return self._cases(query.order_by(order))

    def of_owner(self, owner: UserId, limit: int) -> tuple[HandOff, ...]:
        """Return a user's own cases, last changed first."""
        query = select(hand_offs).where(hand_offs.c.owner == owner).limit(limit)
        return self._cases(query.order_by(hand_offs.c.changed_order.desc()))

    def unread(self, owner: UserId) -> int:
        """Return in how many of a user's cases something is unread."""
        counted = select(func.count()).where(hand_offs.c.owner == owner, hand_offs.c.unread > 0)
        return self._connection.scalar(counted) or 0

    def mark_read(self, conversation_id: ConversationId) -> None:
        """Store that everything in the cases of a conversation was read."""
        self._connection.execute(
            update(hand_offs).where(hand_offs.c.conversation_id == conversation_id).values(unread=0)
        )

    def references(self) -> tuple[HandOffId, ...]:
        """Return the references of all cases."""
        found = self._connection.scalars(select(hand_offs.c.id).order_by(hand_offs.c.opened_order))
        return tuple(HandOffId(reference) for reference in found)

    def _changing(self, case: HandOff) -> dict[str, Any]:
        return {
            "state": case.state.value,
            "holder_id": case.holder_id,
            "holder": case.holder,
            "changed_at": case.changed_at,
            "changed_order": self._next("changed_order"),
            "version": case.version,
            "head": case.head,
            "unread": case.unread,
        }

    def _add_act(self, reference: HandOffId, act: ChainedEntry) -> None:
        self._connection.execute(
            insert(hand_off_acts).values(
                hand_off_id=reference,
                seq=act.seq,
                prev_hash=act.prev_hash,
                hash=act.hash,
                content=dict(act.content),
            )
        )

    def _cases(self, query: Select[Any]) -> tuple[HandOff, ...]:
        return tuple(_case(row) for row in self._connection.execute(query))

    def _next(self, column: str) -> int:
        highest: int | None = self._connection.scalar(select(func.max(hand_offs.c[column])))
        return (highest or 0) + 1


def _words_of(case: HandOff) -> str:
    words = (case.id, case.subject, case.customer or "", case.asker.name)
    return "\n".join(words).casefold()[:_LONGEST_WORDS]


def _case(row: Row[Any]) -> HandOff:
    return HandOff(
        id=HandOffId(row.id),
        conversation=ConversationId(row.conversation_id),
        asker=principal_from_json(row.asker),
        subject=row.subject,
        reason=row.reason,
        opened_at=row.opened_at,
        changed_at=row.changed_at,
        task=TaskId(row.task_id) if row.task_id else None,
        flow=row.flow,
        customer=row.customer,
        state=HandOffState(row.state),
        holder_id=row.holder_id,
        holder=row.holder,
        unread=row.unread,
        version=row.version,
        head=row.head,
    )
