"""Conversations as the doors see them. Turns are JSON in the form of the contract, since they are stored as such."""

from dataclasses import dataclass
from typing import Any, NotRequired, Protocol, TypedDict

from assistant.domain.identifiers import ConversationId, TaskId
from assistant.domain.principals import Principal
from assistant.domain.what_ifs import Asked

Block = dict[str, Any]
"""One block of a turn: ``type`` is answer, choices, prompt, preview, step_up, receipt, refusal, notice, handoff."""


class Task(TypedDict):
    """The contract's Task."""

    id: str
    flow: str
    flow_version: int
    phase: str
    slots: dict[str, Any]
    asks: str | None
    preview: dict[str, Any] | None
    short_hash: str | None
    reference: str | None
    title: str
    conversation: str
    case: NotRequired[str | None]


class Turn(TypedDict):
    """The contract's Turn."""

    conversation: str
    message_id: str
    blocks: list[Block]
    task: Task | None
    tasks: list[Task]
    abstain: str | None
    writes: int


class TranscriptTurn(TypedDict):
    """One message and its reply, as stored: codes and full activation codes are never part of it."""

    message_id: str
    at: str
    said: str
    turn: Turn


class ConversationView(TypedDict):
    """One conversation of one's own."""

    id: str
    transcript: list[TranscriptTurn]
    task: Task | None
    tasks: list[Task]
    writes: NotRequired[int]


@dataclass(frozen=True)
class Message:
    """What a client sends; exactly one of the four contents is set.

    ``id`` is the client's message id (1 to 64 characters): sent again, it gives the same reply. ``text`` is typed
    (at most 4,000 characters), ``choice`` the id of an offered option, ``values`` slot names to raw values,
    ``code`` a one-time code.
    """

    id: str
    text: str | None = None
    choice: str | None = None
    values: dict[str, str] | None = None
    code: str | None = None


class SlotDescription(TypedDict):
    """What a flow asks for: its words, how it is read, and what it can be.

    ``ask`` has the names of values in square brackets. ``minimum`` and ``maximum`` are those of months, ``longest`` the characters
    of a text. ``source`` says where options or bounds are looked up, ``options`` are those that are the same for everybody.
    """

    name: str
    label: str
    kind: str
    ask: str
    hint: str
    minimum: int | None
    maximum: int | None
    longest: int | None
    optional: bool
    conditional: bool
    depends_on: list[str]
    source: str | None
    options: list[str]


class FlowDescription(TypedDict):
    """A guided workflow as its declaration says it is; ``entries`` state its rules, ``who`` says for whom it is."""

    id: str
    version: int
    title: str
    name: str
    risk: str
    permission: str
    phrases: list[str]
    slots: list[SlotDescription]
    confirm: str
    done: str
    next: str
    entries: list[str]
    who: str


class Conversations(Protocol):
    """Opens and continues conversations.

    A conversation opened signed out belongs to whoever holds its id until a signed-in user sends to it, who then
    owns it. A conversation of somebody else is NotFound.
    """

    def open(self, principal: Principal | None) -> ConversationId:
        """Start a conversation."""

    def latest(self, principal: Principal) -> ConversationId | None:
        """Return this user's most recently used conversation, for going on with it on another device."""

    def view(self, principal: Principal | None, conversation_id: ConversationId) -> ConversationView:
        """Return the state and transcript. Raises NotFound."""

    def send(self, principal: Principal | None, conversation_id: ConversationId, message: Message) -> Turn:
        """Handle one message and return the reply; the same message id returns the same reply.

        Raises NotFound, InvalidInput (nothing is stored), Conflict while the same message is being handled.
        """

    def start(
        self, principal: Principal, conversation_id: ConversationId, message_id: str, flow: str
    ) -> Turn:
        """Start a flow by its id, as a button does. Raises NotFound for an unknown flow."""

    def titles(self) -> dict[str, str]:
        """Return the title of each flow by its id."""

    def descriptions(self) -> list[FlowDescription]:
        """Return all flows as they are declared, by id."""

    def runbook(self, flow: str, form: str) -> str:
        """Return a flow written out as ``md`` or ``html``. Raises NotFound for an unknown flow."""

    def what_if(self, principal: Principal | None, asked: Asked) -> Block:
        """Reckon a what-if with entered numbers, or for a customer of one's own; nothing of it can be confirmed.

        Raises InvalidInput, NotFound.
        """

    def tasks(self, principal: Principal) -> list[Task]:
        """Return this user's open, parked and finished tasks over all conversations, newest first."""

    def task(self, principal: Principal, task_id: TaskId) -> Task:
        """Return one task of this user. Raises NotFound."""
