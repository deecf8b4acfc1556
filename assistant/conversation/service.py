"""The conversations port: opening, viewing and continuing conversations, and the list of tasks."""

import re
from collections.abc import Iterable
from copy import copy
from dataclasses import replace
from typing import Any

from assistant.conversation.bulk.desk import BatchDesk
from assistant.conversation.checks import check_flows
from assistant.conversation.descriptions import described
from assistant.conversation.desk_steps import DeskSteps
from assistant.conversation.flow import Flow
from assistant.conversation.operator_desk import OperatorDesk
from assistant.conversation.reading import START_PREFIX
from assistant.conversation.replies import open_tasks, task_json
from assistant.conversation.runbooks import as_html, as_markdown, runbook
from assistant.conversation.snapshot import state_from_json
from assistant.conversation.turns import Turns, taken_by
from assistant.conversation.what_if import what_if_block
from assistant.conversation.wording import Wording, read_wording
from assistant.domain.errors import InvalidInput, NotFound
from assistant.domain.identifiers import ConversationId, TaskId
from assistant.domain.languages import Language
from assistant.domain.principals import Principal
from assistant.domain.what_ifs import Asked
from assistant.ports.access import SecondFactor
from assistant.ports.clock import Clock, Ids
from assistant.ports.conversations import Block, ConversationView, FlowDescription, Message, Task, Turn
from assistant.ports.knowledge import Knowledge
from assistant.ports.licensing import Licensing
from assistant.ports.storage import Storage
from assistant.ports.storage.conversations import ConversationRecord, ConversationUnit
from assistant.ports.what_ifs import WhatIfs

_LONGEST_TEXT = 4000
_LONGEST_ID = 64
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""Zero bytes and halves of surrogate pairs, which no database takes."""
_SHOWN_TURNS = 200
_SHOWN_TASKS = 200


class ConversationService:
    """Conversations over the storage, knowledge, licensing and second-factor ports. Raises FlowFaults when built on bad flows."""

    def __init__(
        self,
        storage: Storage[ConversationUnit],
        flows: Iterable[Flow],
        knowledge: Knowledge,
        licensing: Licensing,
        what_ifs: WhatIfs,
        second_factor: SecondFactor,
        clock: Clock,
        ids: Ids,
    ) -> None:
        flows = tuple(flows)
        self._wordings = {language: _wording(language, flows) for language in Language}
        for spoken in self._wordings.values():
            check_flows(flows, spoken)
        wording = self._wordings[Language.ENGLISH]
        self._storage = storage
        self._what_ifs = what_ifs
        self._wording = wording
        self._clock = clock
        self._ids = ids
        self._flows = {flow.id: flow for flow in flows}
        self._turns = Turns(
            storage, self._flows, wording, knowledge, licensing, what_ifs, second_factor, clock, ids
        )

    @property
    def wording(self) -> Wording:
        """The catalogue of the language that these conversations are held in."""
        return self._wording

    def speaking(self, language: Language) -> "ConversationService":
        """Return the same conversations held in a language: replies from here on are worded in it, stored ones stay as they are."""
        spoken = copy(self)
        spoken._wording = self._wordings[language]  # noqa: SLF001 - the copy is one of its own kind
        spoken._turns = replace(self._turns, wording=spoken._wording)  # noqa: SLF001 - as above
        return spoken

    def operator_desk(self) -> OperatorDesk:
        """Return the licensing desk's side of the same conversations."""
        return OperatorDesk(self._storage, self._flows, self._wording, self._turns.licensing, self._clock)

    def desk_steps(self) -> DeskSteps:
        """Return the steps of the platform by which the licensing desk completes cases."""
        return DeskSteps(self.operator_desk(), self._turns.second_factor)

    def batch_desk(self) -> BatchDesk:
        """Return what the doors do with files of changes, by the same flows and words."""
        turns = self._turns
        return BatchDesk(turns.licensing, self._flows, self._wording, turns.second_factor, self._clock)

    def open(self, principal: Principal | None) -> ConversationId:
        """Start a conversation."""
        conversation = ConversationId(self._ids.new("C"))
        owner, now = principal.user_id if principal else None, self._clock.now()
        with self._storage.writing() as unit:
            unit.add(ConversationRecord(conversation, owner, 0, {}), now)
            unit.commit()
        return conversation

    def latest(self, principal: Principal) -> ConversationId | None:
        """Return this user's most recently used conversation."""
        with self._storage.reading() as unit:
            return unit.latest_of(principal.user_id)

    def view(self, principal: Principal | None, conversation_id: ConversationId) -> ConversationView:
        """Return the state and the last 200 turns. Raises NotFound."""
        with self._storage.reading() as unit:
            record = taken_by(principal, unit.find(conversation_id))
            replies = unit.replies(conversation_id, _SHOWN_TURNS)
        state = state_from_json(record.state)
        tasks = [task_json(task, record.id, self._wording) for task in open_tasks(state)]
        last = replies[-1].turn["task"] if replies else None
        return {
            "id": record.id,
            "transcript": [
                {"message_id": r.message_id, "at": r.at.isoformat(), "said": r.said, "turn": r.turn}
                for r in replies
            ],
            "task": _present(last, tasks),
            "tasks": tasks,
            "writes": state.writes,
        }

    def send(self, principal: Principal | None, conversation_id: ConversationId, message: Message) -> Turn:
        """Handle one message and return the reply; the same message id returns the same reply."""
        _refuse_malformed(message)
        with self._storage.one_state():
            with self._storage.reading() as unit:
                record = taken_by(principal, unit.find(conversation_id))
            return self._turns.run(principal, record, message)

    def start(
        self, principal: Principal, conversation_id: ConversationId, message_id: str, flow: str
    ) -> Turn:
        """Start a flow by its id, as a button does. Raises NotFound for an unknown flow."""
        if flow not in self._flows:
            raise NotFound("There is no such task.")
        return self.send(principal, conversation_id, Message(message_id, choice=START_PREFIX + flow))

    def events(self, principal: Principal | None, conversation_id: ConversationId) -> list[dict[str, Any]]:
        """Return the whole event log of one's own conversation, in order. Raises NotFound."""
        with self._storage.reading() as unit:
            taken_by(principal, unit.find(conversation_id))
            return unit.events(conversation_id)

    def titles(self) -> dict[str, str]:
        """Return the title of each flow by its id."""
        return {flow: self._wording.title(flow) for flow in self._flows}

    def descriptions(self) -> list[FlowDescription]:
        """Return all flows as they are declared, by id."""
        return [described(self._flows[flow], self._wording) for flow in sorted(self._flows)]

    def runbook(self, flow: str, form: str) -> str:
        """Return a flow written out as Markdown (``md``) or HTML (``html``). Raises NotFound for an unknown flow."""
        if flow not in self._flows:
            raise NotFound("There is no such workflow.")
        book = runbook(described(self._flows[flow], self._wording), self._wording)
        return as_html(book) if form == "html" else as_markdown(book)

    def what_if(self, principal: Principal | None, asked: Asked) -> Block:
        """Reckon a what-if and return it as the conversation shows it. Raises InvalidInput, NotFound."""
        return what_if_block(self._what_ifs.reckon(principal, asked), self._wording)

    def tasks(self, principal: Principal) -> list[Task]:
        """Return this user's tasks over all conversations, latest first, at most 200."""
        with self._storage.reading() as unit:
            return unit.tasks_of(principal.user_id, _SHOWN_TASKS)

    def task(self, principal: Principal, task_id: TaskId) -> Task:
        """Return one task of this user. Raises NotFound."""
        with self._storage.reading() as unit:
            found = unit.find_task(principal.user_id, task_id)
        if found is None:
            raise NotFound("There is no such task.")
        return found


def _wording(language: Language, flows: Iterable[Flow]) -> Wording:
    wording = read_wording(language)
    for flow in flows:
        wording = wording.with_words(flow.id, flow.words)
    return wording


def _present(last: Task | None, tasks: list[Task]) -> Task | None:
    """Return the open task as the last turn showed it, with what it asks; else as it stands."""
    if not tasks:
        return None
    return last if last is not None and last["id"] == tasks[0]["id"] else tasks[0]


def _refuse_malformed(message: Message) -> None:
    if not 1 <= len(message.id) <= _LONGEST_ID or not message.id.isprintable():
        raise InvalidInput("id", f"must be 1 to {_LONGEST_ID} printable characters")
    given = [c for c in (message.text, message.choice, message.values, message.code) if c is not None]
    if len(given) != 1:
        raise InvalidInput("text", "exactly one of text, choice, values and code is needed")
    if message.text is not None and not message.text.strip():
        raise InvalidInput("text", f"must be 1 to {_LONGEST_TEXT} characters")
    values = message.values or {}
    for field, content in (
        ("text", message.text),
        ("choice", message.choice),
        ("code", message.code),
        *((f"values.{name}", value) for name, value in values.items()),
    ):
        if content is not None:
            _refuse_unstorable(field, content)


def _refuse_unstorable(field: str, content: str) -> None:
    if len(content) > _LONGEST_TEXT:
        raise InvalidInput(field, f"must be 1 to {_LONGEST_TEXT} characters")
    if _UNSTORABLE.search(content):
        raise InvalidInput(field, "must be text; it holds characters that are none")
