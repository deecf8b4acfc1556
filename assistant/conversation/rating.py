"""Rating answers: whoever got one says whether it was the one that was needed.

An opinion is taken only of an answer that stands in the conversation's stored transcript, so that it can be of nothing that was
not shown, and counts once however often it is given.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from assistant.conversation.redaction import redact
from assistant.conversation.turns import taken_by
from assistant.domain.entries import AnswerKind
from assistant.domain.errors import NotFound
from assistant.domain.feedback import KEPT, VISITOR, Feedback, Opinion
from assistant.domain.identifiers import ConversationId, EntryId
from assistant.domain.principals import Principal
from assistant.ports.clock import Clock
from assistant.ports.conversations import Block, Message
from assistant.ports.storage import Storage
from assistant.ports.storage.conversations import ConversationUnit, StoredReply


@dataclass(frozen=True)
class RatedAnswer:
    """An answer that can be rated: the entry shown, the question as the transcript has it, and what was said of it so far."""

    entry_id: EntryId
    question: str
    entry_question: str
    opinion: Opinion | None


class Ratings:
    """Takes opinions of readers; ``mask`` hides personal data in a text."""

    def __init__(self, storage: Storage[ConversationUnit], clock: Clock, mask: Callable[[str], str]) -> None:
        self._storage = storage
        self._clock = clock
        self._mask = mask

    def answer(
        self, principal: Principal | None, where: ConversationId, message_id: str, entry_id: EntryId
    ) -> RatedAnswer:
        """Return an answer of one's own conversation. Raises NotFound."""
        with self._storage.reading() as unit:
            reply, block = _shown(unit, principal, where, message_id, entry_id)
            opinion = unit.feedback.find(_key(where, message_id, entry_id))
        return RatedAnswer(entry_id, reply.said, block["question"], opinion)

    def rate(
        self,
        principal: Principal | None,
        where: ConversationId,
        message_id: str,
        entry_id: EntryId,
        opinion: Opinion,
    ) -> None:
        """Keep an opinion of an answer; the same visitor's earlier one of it is replaced. Raises NotFound."""
        now = self._clock.now()
        with self._storage.writing() as unit:
            reply, block = _shown(unit, principal, where, message_id, entry_id)
            unit.feedback.put(
                Feedback(
                    key=_key(where, message_id, entry_id),
                    entry_id=entry_id,
                    version=block["version"],
                    question=self._mask(reply.said),
                    kind=AnswerKind(block.get("kind") or AnswerKind.EXACT),
                    opinion=Opinion(opinion.helpful, opinion.reason, self._without_secrets(opinion.comment)),
                    role=principal.role.value if principal else VISITOR,
                    at=now,
                )
            )
            unit.feedback.forget_before(now - KEPT)
            unit.commit()

    def _without_secrets(self, comment: str) -> str:
        if not comment:
            return ""
        return self._mask(redact(Message("comment", text=comment), None, number_asked=False).said)


def _shown(
    unit: ConversationUnit,
    principal: Principal | None,
    where: ConversationId,
    message_id: str,
    entry_id: EntryId,
) -> tuple[StoredReply, Block]:
    taken_by(principal, unit.find(where))
    reply = unit.find_reply(where, message_id)
    blocks = reply.turn["blocks"] if reply else []
    block = next((b for b in blocks if b["type"] == "answer" and b["id"] == entry_id), None)
    if reply is None or block is None:
        raise NotFound("There is no such answer.")
    return reply, block


def _key(where: ConversationId, message_id: str, entry_id: EntryId) -> str:
    # a conversation has one visitor; hashed, so that the opinion does not lead back to it
    return hashlib.sha256(f"{where}\n{message_id}\n{entry_id}".encode()).hexdigest()
