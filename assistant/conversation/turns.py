"""One message from load to save: what happened is durable before anything that cannot be taken back is done.

Several deliveries and several devices may speak to one conversation at once. The version of the event log decides: who
appends first wins, the other reads again. Three moments are saved on their own: before a code is checked, before a change
is sent, and after. A crash between any two of them leaves a state from which the truth can be asked.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from assistant.conversation import effects as fx
from assistant.conversation.case_keeping import Keeping, keep
from assistant.conversation.draft import Context, Draft
from assistant.conversation.engine import turn
from assistant.conversation.events import Event, event_json
from assistant.conversation.flow import Flow, SlotKind
from assistant.conversation.redaction import Redacted, redact
from assistant.conversation.replies import task_json
from assistant.conversation.snapshot import state_from_json, state_json
from assistant.conversation.state import SENT, Phase, State, TaskState, fold
from assistant.conversation.transcript import said_in_words
from assistant.conversation.turn_forms import asked_slot, turn_form
from assistant.conversation.wording import Wording
from assistant.domain.entries import AnsweredEntry, Audience
from assistant.domain.errors import Conflict, InvalidInput, NotFound
from assistant.domain.identifiers import EntryId
from assistant.domain.principals import Principal, Role
from assistant.ports.access import SecondFactor
from assistant.ports.clock import Clock, Ids
from assistant.ports.conversations import Message, Task, Turn
from assistant.ports.knowledge import Knowledge
from assistant.ports.licensing import Licensing
from assistant.ports.storage import Storage
from assistant.ports.storage.conversations import ConversationRecord, ConversationUnit, StoredReply
from assistant.ports.what_ifs import WhatIfs

_TRIES = 8
_DIGITS = re.compile(r"\d[\d \u00a0]{3,}\d")
_CHECK_LASTS = timedelta(seconds=10)
"""How long the delivery of a code is taken to be still in hand elsewhere; after that its process is taken to be dead."""


class _Overtaken(Exception):
    """Somebody else appended to the conversation first."""


@dataclass(frozen=True)
class Turns:
    """Runs turns over the ports."""

    storage: Storage[ConversationUnit]
    flows: Mapping[str, Flow]
    wording: Wording
    knowledge: Knowledge
    licensing: Licensing
    what_ifs: WhatIfs
    second_factor: SecondFactor
    clock: Clock
    ids: Ids

    def run(self, principal: Principal | None, record: ConversationRecord, message: Message) -> Turn:
        """Handle a message; on a race, read again and start over, as long as nothing lasting was done."""
        for _ in range(_TRIES):
            handling = _Handling(self, principal, record, message)
            try:
                return handling.result()
            except _Overtaken:
                record = self._read_again(record, principal)
        raise Conflict("This conversation is busy. Send the message again.")

    def _read_again(self, record: ConversationRecord, principal: Principal | None) -> ConversationRecord:
        with self.storage.reading() as unit:
            return taken_by(principal, unit.find(record.id))


def taken_by(principal: Principal | None, record: ConversationRecord | None) -> ConversationRecord:
    """Return the record as this principal may go on with it: its own, or nobody's, which becomes its own. Raises NotFound."""
    user_id = principal.user_id if principal else None
    if record is None or record.owner not in {None, user_id}:
        raise NotFound("There is no such conversation.")
    return replace(record, owner=user_id)


class _Handling:
    """One try at one message."""

    def __init__(
        self, turns: Turns, principal: Principal | None, record: ConversationRecord, message: Message
    ) -> None:
        self._turns = turns
        self._principal = principal
        self._record = record
        self._message = message
        self._saved = 0
        self._now = turns.clock.now()
        self._state = self._before = state_from_json(record.state)

    def result(self) -> Turn:
        stored = self._stored_reply()
        if stored is not None:
            return stored
        self._refuse_while_in_hand()
        redacted = self._redacted()
        context = Context(
            principal=self._principal,
            now=self._now,
            flows=self._turns.flows,
            wording=self._turns.wording,
            new_task=self._turns.ids.new("T"),
        )
        draft = fx.run(turn(self._state, redacted.message, context), self._perform)
        return self._save(draft, redacted)

    def _stored_reply(self) -> Turn | None:
        with self._turns.storage.reading() as unit:
            stored = unit.find_reply(self._record.id, self._message.id)
        if stored is None:
            return None
        if stored.request_hash != request_hash(self._message):
            raise InvalidInput("id", "was used for another message of this conversation; use a new one")
        return stored.turn

    def _refuse_while_in_hand(self) -> None:
        task = self._state.task
        if task is None or task.checking is None or task.checking[0] != self._message.id:
            return
        if self._now - datetime.fromisoformat(task.checking[1]) < _CHECK_LASTS and task.phase not in SENT:
            raise Conflict("This message is being handled. Ask again in a moment.")

    def _redacted(self) -> Redacted:
        task = self._state.task
        flow = self._turns.flows.get(task.flow) if task and task.phase is Phase.COLLECT else None
        asked = flow.next_slot(task.slots, task.wanted) if flow and task and not self._state.choices else None
        number_asked = asked is not None and asked.kind is SlotKind.NUMBER
        return redact(self._message, task.phase if task else None, number_asked=number_asked)

    def _perform(self, effect: fx.Effect) -> Any:
        match effect:
            case fx.Checkpoint(events):
                self._append(events[self._saved :])
            case fx.Ask():
                return self._ask(effect)
            case fx.ReadEntry(entry_id, picked):
                return self._read_entry(EntryId(entry_id), picked=picked)
            case fx.KnownPlans():
                return self._turns.what_ifs.plans()
            case fx.Reckon(asked):
                return self._turns.what_ifs.reckon(self._principal, asked)
            case _:
                return self._perform_for(self._signed_in(), effect)
        return None

    def _perform_for(self, principal: Principal, effect: fx.Effect) -> Any:
        licensing = self._turns.licensing
        match effect:
            case fx.LookUp(lookup):
                return licensing.look_up(principal, lookup)
            case fx.Preview(action):
                return licensing.preview(principal, action)
            case fx.CheckCode(code, capsule_hash):
                return self._turns.second_factor.accept(principal.user_id, code, capsule_hash)
            case fx.Execute(capsule, proof):
                return licensing.execute(principal, capsule, proof)
            case fx.Prepare() | fx.GoOn() | fx.Stop():
                return self._perform_on_batch(principal, effect)
            case fx.Settle(key):
                return licensing.withdraw(principal, key)
        raise TypeError(f"no way to perform {type(effect).__name__}")

    def _perform_on_batch(self, principal: Principal, effect: fx.Prepare | fx.GoOn | fx.Stop) -> Any:
        licensing = self._turns.licensing
        match effect:
            case fx.Prepare(rows):
                return licensing.prepare(principal, rows)
            case fx.GoOn(batch_id):
                return licensing.go_on(principal, batch_id)
            case fx.Stop(batch_id):
                return licensing.stop(principal, batch_id)

    def _signed_in(self) -> Principal:
        assert self._principal is not None
        return self._principal

    @property
    def _audience(self) -> Audience:
        principal = self._principal
        return Audience.SALES if principal and principal.role is Role.SALES else Audience.PARTNER

    def _read_entry(self, entry_id: EntryId, *, picked: bool) -> AnsweredEntry:
        """Read an entry; one that is for others is missing, also where it was offered before that was so."""
        found = self._turns.knowledge.entry(entry_id, picked=picked)
        if not {Audience.PARTNER, self._audience} & set(found.entry.audience):
            raise NotFound("No such entry.")
        return found

    def _ask(self, asked: fx.Ask) -> Any:
        principal, audience = self._principal, self._audience
        asker = principal.user_id if principal else self._record.id
        near = tuple(EntryId(entry) for entry in asked.near)
        return self._turns.knowledge.ask(
            asked.question, audience=audience, near=near, previous=asked.previous, asker=asker
        )

    def _append(self, events: tuple[Event, ...]) -> None:
        """Make events durable at a checkpoint; being overtaken here means that nothing lasting was done yet."""
        self._state = fold(self._state, events)
        with self._turns.storage.writing() as unit:
            self._append_in(unit, events, self._state)
            self._put_tasks(unit, self._state)
            unit.commit()
        self._record = replace(
            self._record, version=self._record.version + len(events), state=state_json(self._state)
        )
        self._saved += len(events)

    def _append_in(self, unit: ConversationUnit, events: tuple[Event, ...], state: State) -> None:
        if not unit.append(self._record, [event_json(e) for e in events], state_json(state), self._now):
            raise _Overtaken

    def _save(self, draft: Draft, redacted: Redacted) -> Turn:
        reply = turn_form(draft, self._record.id, self._message.id)
        said = said_in_words(redacted.message, redacted.said, self._before, draft.events, self._turns.wording)
        stored = StoredReply(self._message.id, request_hash(self._message), self._now, said, reply)
        with self._turns.storage.writing() as unit:
            self._append_in(unit, tuple(draft.events[self._saved :]), draft.state)
            self._keep(unit, draft)
            self._add_reply(unit, stored)
            self._put_tasks(unit, draft.state, reply)
            unit.commit()
        return reply

    def _add_reply(self, unit: ConversationUnit, stored: StoredReply) -> None:
        try:
            unit.add_reply(self._record.id, stored)
        except Conflict as error:
            # a turn without events moves no version, so its twin is seen only by the reply
            raise _Overtaken from error

    def _keep(self, unit: ConversationUnit, draft: Draft) -> None:
        if self._principal is None:
            return
        kept = Keeping(
            self._principal,
            self._record.id,
            draft.state,
            self._turns.wording,
            self._turns.flows,
            self._now,
        )
        keep(unit, draft.events[self._saved :], kept)

    def _task(self, task: TaskState) -> Task:
        return task_json(task, self._record.id, self._turns.wording)

    def _put_tasks(self, unit: ConversationUnit, state: State, reply: Turn | None = None) -> None:
        if self._principal is None:
            return
        before = state_from_json(self._record.state).tasks
        for task in state.tasks.values():
            if task != before.get(task.id):
                step = asked_slot(reply, task, self._turns.flows) if reply else None
                unit.put_task(self._principal.user_id, self._task(task), self._now, step)


def request_hash(message: Message) -> str:
    """Return what tells two messages under one id apart; it depends on no code, which could be guessed from a hash."""
    text = _DIGITS.sub("#", message.text) if message.text is not None else None
    content = [text, message.choice, message.values, message.code is not None]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
