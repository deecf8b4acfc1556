"""One run of one script: takes its steps, and checks every reply for what the script expects and for what always holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assistant.bootstrap import Application, build
from assistant.conversation.invariants import broken_by_log, broken_by_transcript, broken_by_turn
from assistant.conversation.scripts import Failure, Script, Seen, Step, failures
from assistant.domain.durations import duration
from assistant.domain.errors import AssistantError, InvalidInput, NotFound
from assistant.domain.identifiers import ConversationId, EntryId, PartnerId
from assistant.domain.principals import Principal
from assistant.ports.conversations import Message, Turn
from assistant.ports.simulation import Fault
from assistant.scripting.at_the_desk import work_at_desk
from assistant.scripting.behind_the_back import change_seats
from assistant.scripting.clock import ScriptClock
from assistant.scripting.codes import Codes
from assistant.scripting.stored import Stored, stored

_SHOWS_ANEW = frozenset({"sign_in", "open_as", "restart", "desk"})
"""The events after which a client loads the conversation again."""


@dataclass(frozen=True)
class StepResult:
    """How one step went: what the user saw then, and what does not hold."""

    step: Step
    turn: Turn
    failures: tuple[Failure, ...]


@dataclass(frozen=True)
class ScriptResult:
    """How one script went, step by step."""

    script: Script
    steps: tuple[StepResult, ...]

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Everything that does not hold; empty when all is well."""
        return tuple(failure for step in self.steps for failure in step.failures)


class Run:
    """One run of one script on an application of its own, which it closes, and whose clock it moves."""

    def __init__(self, application: Application, clock: ScriptClock, script: Script) -> None:
        self._application = application
        self._clock = clock
        self._script = script
        self._codes = Codes(clock)
        self._sent = 0
        self._message: Message | None = None
        self._turn: Turn | None = None
        self._users = {user.username: user.principal for user in application.accounts.list()}
        self._partners: dict[PartnerId, None] = {}
        self._act_as(script.user, "as")
        self._move()
        self._conversation: ConversationId = application.conversations.open(self._principal)

    def close(self) -> None:
        """Let go of the copy."""
        self._application.database.close()

    def results(self) -> Iterator[StepResult]:
        """Take every step. Raises InvalidInput for one that cannot be taken."""
        for step in self._script.steps:
            broken = [] if step.says is not None else list(self._event(step))
            if step.says is not None:
                text = self._codes.put_into(step.says, self._application, self._username, self._principal)
                self._move()
                self._sent += 1
                self._message = Message(f"script-{self._sent}", text=text)
                self._turn = self._send(self._message)
            kept = stored(self._application, self._conversation, self._partners)
            turn = self._turn or self._shown()
            unmet = failures(step, Seen(turn, _last_write(kept)))
            always = (
                Failure(step.number, "always", "to hold", said) for said in self._broken(step, turn, kept)
            )
            yield StepResult(step, turn, (*broken, *unmet, *always))

    def _event(self, step: Step) -> Iterator[Failure]:
        event = step.event
        if "backend" in event:
            change_seats(self._application, self._principal, event["backend"], self._clock.instant)
        if "advance" in event:
            self._clock.instant += duration(str(event["advance"]))
            self._move()
        if "fault" in event:
            self._application.simulation.set_fault(Fault(event["fault"]))
        if "sign_in" in event:
            self._act_as(event["sign_in"], "sign_in")
            self._conversation = self._conversation_of_user()
        if "open_as" in event:
            self._act_as(event["open_as"], "open_as")
        if "desk" in event:
            work_at_desk(self._application, self._users, self._conversation, event["desk"])
        if "restart" in event:
            self._restart()
        if "redeliver" in event:
            yield from self._redeliver(step)
        elif _SHOWS_ANEW & set(event):
            self._turn = self._shown()

    def _redeliver(self, step: Step) -> Iterator[Failure]:
        if self._message is None:
            raise InvalidInput("redeliver", "needs a message sent before")
        before, self._turn = self._turn, self._send(self._message)
        if self._turn != before:
            yield Failure(step.number, "redeliver", before, self._turn)

    def _restart(self) -> None:
        self._application.database.close()
        self._application = build(self._application.settings, real_clock=self._clock)

    def _move(self) -> None:
        self._application.simulation.set_instant(self._clock.instant)

    def _act_as(self, username: str | None, where: str) -> None:
        if username is not None and username not in self._users:
            raise InvalidInput(where, f"names no user: {username}")
        self._username = username
        self._principal: Principal | None = self._users[username] if username is not None else None
        if self._principal and self._principal.partner_id:
            self._partners[self._principal.partner_id] = None

    def _conversation_of_user(self) -> ConversationId:
        """Return the conversation a user goes on with after signing in: the last one, this one, or a new one."""
        assert self._principal is not None
        conversations = self._application.conversations
        if latest := conversations.latest(self._principal):
            return latest
        owner = stored(self._application, self._conversation, ()).owner
        return self._conversation if owner is None else conversations.open(self._principal)

    def _send(self, message: Message) -> Turn:
        try:
            return self._application.conversations.send(self._principal, self._conversation, message)
        except AssistantError as error:
            return self._told(error, message.id)

    def _shown(self) -> Turn:
        """Return what a client shows that loads the conversation: its last reply and the tasks as they are now."""
        try:
            view = self._application.conversations.view(self._principal, self._conversation)
        except NotFound as error:
            return self._told(error, "")
        last = view["transcript"][-1]["turn"] if view["transcript"] else self._nothing()
        return {**last, "task": view["task"], "tasks": view["tasks"], "writes": view.get("writes", 0)}

    def _told(self, error: AssistantError, message_id: str) -> Turn:
        """Return what a client shows for a message that was not taken."""
        notice = {"type": "notice", "code": error.code, "text": error.message}
        refused = isinstance(error, NotFound)
        return {
            **self._nothing(),
            "message_id": message_id,
            "blocks": [notice],
            "abstain": "not_permitted" if refused else None,
        }

    def _nothing(self) -> Turn:
        return {
            "conversation": self._conversation,
            "message_id": "",
            "blocks": [],
            "task": None,
            "tasks": [],
            "abstain": None,
            "writes": 0,
        }

    def _broken(self, step: Step, turn: Turn, kept: Stored) -> Iterator[str]:
        if step.says is not None:
            yield from broken_by_turn(turn, self._approved_text)
        yield from broken_by_log(kept.events)
        yield from broken_by_transcript(kept.transcript, self._codes.sent)
        replies = kept.transcript["transcript"]
        if replies and replies[-1]["turn"]["writes"] != len(kept.written):
            counted = replies[-1]["turn"]["writes"]
            yield f"the reply counts {counted} writes, the audit holds {len(kept.written)}"

    def _approved_text(self, entry_id: str, version: int) -> str | None:
        try:
            versions = self._application.knowledge.versions(EntryId(entry_id))
        except NotFound:
            return None
        return next((v.text for v in versions if v.version == version), None)


def _last_write(kept: Stored) -> dict[str, Any]:
    return {"op": kept.written[0].op, **kept.written[0].values} if kept.written else {}
