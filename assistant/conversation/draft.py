"""A turn in the making: events applied to the state at once, and the blocks of the reply."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from assistant.conversation.events import Event
from assistant.conversation.flow import Flow
from assistant.conversation.state import State, TaskState, fold
from assistant.conversation.wording import Wording
from assistant.domain.entries import Abstention
from assistant.domain.principals import Principal
from assistant.domain.quotes import Capsule, Quote
from assistant.ports.conversations import Block, Message


@dataclass(frozen=True)
class Context:
    """What a turn needs beside state and message; ``new_task`` is a fresh id in case a task starts.

    ``now`` is the business clock. ``message`` has been redacted: a code is in ``message.code`` only.
    """

    principal: Principal | None
    now: datetime
    flows: Mapping[str, Flow]
    wording: Wording
    new_task: str


@dataclass
class Draft:
    """Collects what a turn does. Answers are shown first, then notices, and the open prompt once, last.

    ``corrected`` is true once the user filled a slot in this turn.
    """

    state: State
    context: Context
    message: Message
    events: list[Event] = field(default_factory=list)
    answers: list[Block] = field(default_factory=list)
    notices: list[Block] = field(default_factory=list)
    prompts: list[Block] = field(default_factory=list)
    abstain: Abstention | None = None
    shown: str | None = None
    corrected: bool = False

    @property
    def say(self) -> Wording:
        """The catalogue in force."""
        return self.context.wording

    @property
    def task(self) -> TaskState | None:
        """The open task."""
        return self.state.task

    @property
    def current(self) -> TaskState:
        """The open task, where there must be one."""
        task = self.state.task
        assert task is not None
        return task

    @property
    def flow(self) -> Flow:
        """The flow of the open task."""
        return self.context.flows[self.current.flow]

    def capsule(self, quote: Quote) -> Capsule:
        """Wrap a quote for the open task.

        The key of a change that was withdrawn is spent, so the same change asked again in the same task is another capsule.
        """
        task, principal = self.current, self.context.principal
        assert principal is not None
        attempt = f"{task.id}.{task.withdrawn + 1}" if task.withdrawn else task.id
        return Capsule(task.flow, task.flow_version, attempt, principal.user_id, quote)

    def emit(self, *happened: Event) -> None:
        """Record events and apply them."""
        self.events.extend(happened)
        self.state = fold(self.state, happened)

    def notice(self, key: str, **params: str | int | None) -> None:
        """Say one sentence of the catalogue."""
        self.notices.append({"type": "notice", "code": key, "text": self.say.say(f"notice.{key}", **params)})

    def refuse(self, code: Abstention, key: str, **params: str) -> None:
        """Say why nothing is done, with its class."""
        self.abstain = code
        self.notice(key, **params)

    def blocks(self) -> list[Block]:
        """Return the reply in its fixed order."""
        return [*self.answers, *self.notices, *self.prompts[-1:]]
