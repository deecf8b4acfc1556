"""What has happened in a conversation, as an append-only log; the state is a fold over it (see ``state``)."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Event:
    """Base of all events; stored as JSON under the class's name."""


@dataclass(frozen=True)
class TaskStarted(Event):
    """A flow was begun."""

    task: str
    flow: str
    flow_version: int


@dataclass(frozen=True)
class FlowChanged(Event):
    """A release changed the flow's declaration; the task goes on under the new version."""

    task: str
    flow_version: int


@dataclass(frozen=True)
class SlotFilled(Event):
    """``automatic`` marks a slot that had only one option; going back passes over it."""

    task: str
    slot: str
    value: str | int
    label: str
    relative: int | None = None
    automatic: bool = False


@dataclass(frozen=True)
class SlotCleared(Event):
    """A slot was emptied."""

    task: str
    slot: str


@dataclass(frozen=True)
class SlotWanted(Event):
    """A rule needs a slot that may otherwise be left out; it is asked from here on."""

    task: str
    slot: str


@dataclass(frozen=True)
class DirectionSaid(Event):
    """A change of a number was asked for without the number: ``sign`` is 1 for more and -1 for fewer."""

    task: str
    slot: str
    sign: int


@dataclass(frozen=True)
class SlotRejected(Event):
    """A value was not acceptable; the count decides how much help the next prompt gives."""

    task: str
    slot: str


@dataclass(frozen=True)
class Previewed(Event):
    """The preview was shown; ``capsule`` is its wire form and ``capsule_hash`` what assent and code are bound to."""

    task: str
    capsule: dict[str, Any]
    capsule_hash: str
    at: str


@dataclass(frozen=True)
class PreviewVoided(Event):
    """Something changed after the preview: assent and code for it count no longer."""

    task: str


@dataclass(frozen=True)
class Assented(Event):
    """The preview with this hash was confirmed with an unmixed yes."""

    task: str
    capsule_hash: str


@dataclass(frozen=True)
class CodeOffered(Event):
    """A code is being checked for this capsule; written before the check, so that a crash leaves a trace."""

    task: str
    message: str
    at: str


@dataclass(frozen=True)
class CodeRefused(Event):
    """The code was not accepted."""

    task: str


@dataclass(frozen=True)
class CommitStarted(Event):
    """The code was accepted and the change is being sent; written before it is sent."""

    task: str


@dataclass(frozen=True)
class Committed(Event):
    """The backend gave the receipt of the change; that of a batch says that its changes begin, and is itself none."""

    task: str
    reference: str
    receipt: dict[str, Any]
    changes: int = 1


@dataclass(frozen=True)
class ItemsMade(Event):
    """So many more changes of a confirmed batch have been made."""

    task: str
    more: int


@dataclass(frozen=True)
class OutcomeLost(Event):
    """The change was sent and no answer came."""

    task: str


@dataclass(frozen=True)
class CommitAbsent(Event):
    """The backend says that the change was not made; the confirmation is used up."""

    task: str


@dataclass(frozen=True)
class TaskParked(Event):
    """The task was put aside for another one."""

    task: str


@dataclass(frozen=True)
class TaskResumed(Event):
    """A task put aside was taken up again."""

    task: str


@dataclass(frozen=True)
class TaskCancelled(Event):
    """The task was discarded."""

    task: str


@dataclass(frozen=True)
class TaskRefused(Event):
    """No value of any slot could make the change possible; ``code`` says why."""

    task: str
    code: str


@dataclass(frozen=True)
class Answered(Event):
    """An answer was shown or offered; a follow-up is tried within these entries first.

    ``question`` is the whole question they answer, None where a follow-up asked for one more thing of them. Without
    entries nothing was found, and there is nothing left that a follow-up could refer to.
    """

    entries: tuple[str, ...]
    question: str | None = None


@dataclass(frozen=True)
class ChoicesOffered(Event):
    """A question back was asked; ``options`` are (id, label) in the order shown, ``about`` says what for."""

    about: str
    options: tuple[tuple[str, str], ...] = field(default_factory=tuple)


@dataclass(frozen=True)
class ChoicesClosed(Event):
    """The question back is answered or overtaken."""


@dataclass(frozen=True)
class HandedOff(Event):
    """A case was opened with the vendor's desk; ``task`` is None where it is about a question, ``step`` is where it stood still."""

    case: str
    task: str | None
    step: str
    reason: str


@dataclass(frozen=True)
class CaseActed(Event):
    """Something was done with a case, by the desk or by the partner; ``text`` holds the partner's words without secrets."""

    case: str
    act: str
    by: str
    text: str = ""


@dataclass(frozen=True)
class DeskRead(Event):
    """What the desk wrote was on the screen of a user who has said something since."""


_KINDS: dict[str, type[Event]] = {cls.__name__: cls for cls in Event.__subclasses__()}


def event_json(event: Event) -> dict[str, Any]:
    """Return the stored form of an event."""
    return {"kind": type(event).__name__, **asdict(event)}


def event_from_json(stored: dict[str, Any]) -> Event:
    """Read a stored event; fields of newer versions that are unknown here are an error, not ignored."""
    fields = {k: v for k, v in stored.items() if k != "kind"}
    for name in ("entries", "options"):
        if name in fields:
            fields[name] = tuple(tuple(v) if isinstance(v, list) else v for v in fields[name])
    return _KINDS[stored["kind"]](**fields)
