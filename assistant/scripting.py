"""Runs conversation scripts, each on a throw-away copy of the database and with a clock of its own.

Beside ``bootstrap``, since it joins several parts.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.bootstrap import Application, build
from assistant.conversation.invariants import broken_by_log, broken_by_transcript, broken_by_turn
from assistant.conversation.scripts import Failure, Script, Seen, Step, failures
from assistant.domain.actions import ChangeSeats
from assistant.domain.audit import AuditEntry
from assistant.domain.durations import duration
from assistant.domain.errors import InvalidInput, NotFound
from assistant.domain.identifiers import ConversationId, EntryId
from assistant.domain.lookups import PlanChoices, VisibleCustomers
from assistant.domain.principals import Principal
from assistant.domain.quotes import Capsule, Quote, StepUp
from assistant.persistence.copies import copy_to_file
from assistant.persistence.database import SqlPartnerStorage
from assistant.persistence.licensing import SqlLicensingUnit
from assistant.ports.conversations import Message, Turn
from assistant.ports.simulation import Fault
from assistant.world import apply_world, read_world

_AUDITED = 500
_CODE_LASTS = timedelta(seconds=30)


@dataclass(frozen=True)
class ScriptResult:
    """How one script went; ``failures`` is empty when everything held."""

    script: Script
    turns: int
    failures: tuple[Failure, ...]


class ScriptClock:
    """The only clock of a script: it stands still until the script moves it."""

    def __init__(self, instant: datetime) -> None:
        self.instant = instant

    def now(self) -> datetime:
        """Return the script's present."""
        return self.instant


def run_script(application: Application, script: Script, folder: Path) -> ScriptResult:
    """Run one script; world files are looked up beside it in ``folder``. The application's own database is only read."""
    with TemporaryDirectory(prefix="assistant-script-") as scratch:
        copy_to_file(application.database, Path(scratch) / "copy.sqlite3").close()
        settings = replace(application.settings, database_url=f"sqlite:///{Path(scratch) / 'copy.sqlite3'}")
        run = _Run(build(settings), script)
        try:
            if script.world:
                run.load(folder / script.world)
            found = tuple(run.failures())
        finally:
            run.close()
    return ScriptResult(script, len(script.steps), found)


class _Run:
    """One run of one script."""

    def __init__(self, application: Application, script: Script) -> None:
        self._script = script
        self._clock = ScriptClock(application.clock.now())
        self._application = application
        self._user = script.user
        self._conversation: ConversationId | None = None
        self._sent = 0
        self._codes: list[str] = []
        self._last: tuple[Message, Turn] | None = None
        self._rebuild()

    def load(self, path: Path) -> None:
        """Put the script's own world into the copy."""
        try:
            world = read_world(path.read_text("utf-8"))
        except OSError as error:
            raise InvalidInput("world", f"cannot be read: {path.name}") from error
        apply_world(self._application, world, path.parent)
        if world.clock:
            self._move_to(world.clock)

    def close(self) -> None:
        """Let go of the copy."""
        self._application.database.close()

    def failures(self) -> Iterator[Failure]:
        """Take every step and yield what does not hold."""
        self._conversation = self._application.conversations.open(self._principal())
        for step in self._script.steps:
            yield from self._step(step)

    def _step(self, step: Step) -> Iterator[Failure]:
        if step.says is None:
            yield from self._event(step)
        else:
            self._last = self._send(Message(self._message_id(), text=self._with_codes(step.says)))
        if self._last is None:
            return
        turn = self._last[1]
        yield from failures(step, Seen(turn, self._last_write()))
        yield from (Failure(step.number, "always", "to hold", broken) for broken in self._broken(turn))

    def _send(self, message: Message) -> tuple[Message, Turn]:
        assert self._conversation is not None
        try:
            return message, self._application.conversations.send(
                self._principal(), self._conversation, message
            )
        except NotFound as error:
            return message, _told(self._conversation, message, error)

    def _event(self, step: Step) -> Iterator[Failure]:
        event = step.event
        if "backend" in event:
            self._change_behind_the_back(event["backend"])
        if "advance" in event:
            self._move_to(self._clock.instant + duration(str(event["advance"])))
        if "fault" in event:
            self._application.simulation.set_fault(_fault(event["fault"]))
        if "sign_in" in event:
            self._user = str(event["sign_in"])
            principal = self._principal()
            latest = self._application.conversations.latest(principal) if principal else None
            self._conversation = latest or self._conversation
        if "open_as" in event:
            self._user = str(event["open_as"])
        if "restart" in event:
            self._rebuild()
        if "redeliver" in event:
            yield from self._redeliver(step)

    def _redeliver(self, step: Step) -> Iterator[Failure]:
        if self._last is None:
            raise InvalidInput("redeliver", "needs a message sent before")
        message, before = self._last
        self._last = self._send(message)
        if self._last[1] != before:
            yield Failure(step.number, "redeliver", "the same reply", self._last[1])

    def _rebuild(self) -> None:
        self._application.database.close()
        self._application = build(self._application.settings, real_clock=self._clock)
        self._move_to(self._clock.instant)

    def _move_to(self, instant: datetime) -> None:
        self._clock.instant = instant
        self._application.simulation.set_instant(instant)

    def _principal(self) -> Principal | None:
        if self._user is None:
            return None
        users = {user.username: user.principal for user in self._application.accounts.list()}
        if self._user not in users:
            raise InvalidInput("as", f"names no user: {self._user}")
        return users[self._user]

    def _message_id(self) -> str:
        self._sent += 1
        return f"script-{self._sent}"

    def _with_codes(self, text: str) -> str:
        for word, make in (("GOOD", self._good), ("BAD", self._bad), ("USED", self._used)):
            if re.search(rf"\b{word}\b", text):
                text = re.sub(rf"\b{word}\b", make(), text)
        return text

    def _good(self) -> str:
        code = self._current()
        if code in self._codes:
            self._move_to(self._clock.instant + _CODE_LASTS)
            code = self._current()
        self._codes.append(code)
        return code

    def _bad(self) -> str:
        # half a million away from the present code, which is neither of its neighbours but by a hair's chance
        return f"{(int(self._current()) + 500_000) % 1_000_000:06d}"

    def _used(self) -> str:
        principal = self._principal()
        assert principal is not None
        if not self._codes:
            self._application.access.accept(principal.user_id, self._good(), "0" * 64)
        return self._codes[-1]

    def _current(self) -> str:
        if self._user is None:
            raise InvalidInput("as", "is needed where a code is sent")
        return self._application.access.current_code(self._user)[0]

    def _change_behind_the_back(self, change: Mapping[str, Any]) -> None:
        principal = self._principal()
        if principal is None or not _is_seat_change(change):
            raise InvalidInput(
                "backend", "must be {op: seats, customer: NAME, seats: NUMBER} for a signed-in user"
            )
        licensing = self._application.licensing
        names = {c.name: c.id for c in licensing.look_up(principal, VisibleCustomers())}
        if change["customer"] not in names:
            raise InvalidInput("backend.customer", f"is unknown: {change['customer']}")
        customer_id = names[change["customer"]]
        plans = licensing.look_up(principal, PlanChoices("seats", customer_id))
        if not plans:
            raise InvalidInput("backend.customer", f"has no subscription: {change['customer']}")
        subscription = plans[0].subscription_id
        assert subscription is not None
        quote = licensing.preview(principal, ChangeSeats(customer_id, subscription, int(change["seats"])))
        if not isinstance(quote, Quote):
            raise InvalidInput("backend", f"was refused: {quote.code}")
        capsule = Capsule("seats", 1, self._application.ids.new("T"), principal.user_id, quote)
        licensing.execute(principal, capsule, StepUp(principal.user_id, capsule.hash, self._clock.instant))

    def _written(self) -> list[AuditEntry]:
        """Return the changes of this conversation from the audit itself, past any fault, newest first."""
        principal = self._principal()
        if principal is None or principal.partner_id is None:
            return []
        hashes = {event.get("capsule_hash") for event in self._events()}
        storage = SqlPartnerStorage(self._application.database, SqlLicensingUnit)
        with storage.of_partner(principal.partner_id).reading() as unit:
            entries = unit.audit.newest(principal.partner_id, None, _AUDITED)
        return [entry for entry in entries if entry.capsule_hash in hashes]

    def _events(self) -> list[dict[str, Any]]:
        assert self._conversation is not None
        try:
            return self._application.conversations.events(self._principal(), self._conversation)
        except NotFound:
            return []

    def _last_write(self) -> Mapping[str, Any]:
        written = self._written()
        return {"op": written[0].op, **written[0].values} if written else {}

    def _broken(self, turn: Turn) -> Iterator[str]:
        yield from broken_by_turn(turn, self._approved_text)
        yield from broken_by_log(self._events())
        if turn["writes"] != len(self._written()):
            yield f"the reply counts {turn['writes']} writes, the audit holds {len(self._written())}"
        assert self._conversation is not None
        try:
            view = self._application.conversations.view(self._principal(), self._conversation)
        except NotFound:
            return
        yield from broken_by_transcript(view, self._codes)

    def _approved_text(self, entry_id: str, version: int) -> str | None:
        versions = self._application.knowledge.versions(EntryId(entry_id))
        return next((v.text for v in versions if v.version == version), None)


def _fault(name: Any) -> Fault:
    if name not in {fault.value for fault in Fault}:
        raise InvalidInput("fault", "must be one of " + ", ".join(fault.value for fault in Fault))
    return Fault(name)


def _is_seat_change(change: Any) -> bool:
    return (
        isinstance(change, dict)
        and change.get("op") == "seats"
        and isinstance(change.get("customer"), str)
        and isinstance(change.get("seats"), int)
    )


def _told(conversation: ConversationId, message: Message, error: NotFound) -> Turn:
    """Return what a client shows for a conversation that is not the user's."""
    return {
        "conversation": conversation,
        "message_id": message.id,
        "blocks": [{"type": "notice", "code": error.code, "text": error.message}],
        "task": None,
        "tasks": [],
        "abstain": "not_permitted",
        "writes": 0,
    }
