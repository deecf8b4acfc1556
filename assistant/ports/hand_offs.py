"""The licensing desk as the doors see it: hand-off cases, what an operator does with them, and what the partner sees of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypedDict

from assistant.domain.identifiers import HandOffId
from assistant.domain.principals import Principal


class ListedHandOff(TypedDict):
    """One line of a list; instants are ISO 8601 in UTC, ``waiting_seconds`` count from the opening while the case is live."""

    reference: str
    subject: str
    reason: str
    customer: str | None
    asker: str
    task: str | None
    flow: str | None
    state: str
    holder: str | None
    mine: bool
    opened_at: str
    changed_at: str
    waiting_seconds: int
    version: int
    unread: int


class HandOffActView(TypedDict):
    """One act: what, by whom, when, in which words; ``changes`` name corrected slots with their values before and after."""

    act: str
    by: str
    at: str
    text: str
    reference: str | None
    changes: list[dict[str, Any]]


class SlotField(TypedDict):
    """One slot that can be corrected, with what it holds and, where it is one of several, the options in the partner's scope."""

    name: str
    label: str
    kind: str
    value: str | None
    options: list[dict[str, str]]


class HandOffView(ListedHandOff):
    """One case whole, for the desk.

    ``record`` is what was handed over: slots, last preview, cited entries, the failing step and why, and the transcript.
    """

    record: dict[str, Any]
    acts: list[HandOffActView]
    slots: list[SlotField]
    can: list[str]


class PartnerHandOff(TypedDict):
    """One's own case: how it stands, and what was written to and fro."""

    reference: str
    subject: str
    customer: str | None
    state: str
    holder: str | None
    opened_at: str
    conversation: str
    task: str | None
    unread: int
    acts: list[HandOffActView]


class DeskStep(TypedDict):
    """A migration of the case's customer that waits for a step which only the desk records."""

    migration: str
    label: str
    step: str


class StepPreview(TypedDict):
    """What recording the step would do: a preview as the contract has it, and the whole ``hash`` that is confirmed."""

    hash: str
    short_hash: str
    lines: list[dict[str, Any]]
    consequences: list[dict[str, Any]]
    cites: list[dict[str, Any]]


@dataclass(frozen=True)
class StepTaken:
    """A step as it was shown (``hash``) and is confirmed with a code; ``text`` is for the partner."""

    migration: str
    evidence: str
    hash: str
    code: str
    text: str


@dataclass(frozen=True)
class Shown:
    """What the desk's list shows: ``which`` is open, mine or closed; ``words`` all have to stand in the line; one flow or all."""

    which: str = "open"
    words: str = ""
    flow: str | None = None


class HandOffs(Protocol):
    """The desk. Every method of an operator raises Forbidden for anybody else, before anything is looked up.

    ``seen`` is the version the act was decided on: Conflict where the case has changed since. None is any.
    """

    def listed(self, principal: Principal, shown: Shown) -> list[ListedHandOff]:
        """Return cases: live ones longest waiting first, closed ones latest first; at most 200. Raises InvalidInput."""

    def show(self, principal: Principal, reference: HandOffId) -> HandOffView:
        """Return one case whole. Raises NotFound."""

    def claim(self, principal: Principal, reference: HandOffId) -> HandOffView:
        """Take an open case; of several operators one gets it, the others Conflict. Raises NotFound."""

    def release(self, principal: Principal, reference: HandOffId, seen: int | None) -> HandOffView:
        """Give a claimed case back to the list. Raises NotFound, Conflict."""

    def write(self, principal: Principal, reference: HandOffId, seen: int | None, text: str) -> HandOffView:
        """Write to the partner. Raises NotFound, Conflict, InvalidInput."""

    def correct(
        self, principal: Principal, reference: HandOffId, seen: int | None, values: Mapping[str, str]
    ) -> HandOffView:
        """Fill slots as the partner would, by option id, name or typed value. Raises NotFound, Conflict, InvalidInput."""

    def give_back(
        self, principal: Principal, reference: HandOffId, seen: int | None, text: str
    ) -> HandOffView:
        """Let the partner go on with the task. Raises NotFound, Conflict."""

    def complete(
        self,
        principal: Principal,
        reference: HandOffId,
        seen: int | None,
        text: str,
        outside: str | None,
    ) -> HandOffView:
        """Say what was done, for a task with the ``outside`` reference under which it was. Raises NotFound, Conflict, InvalidInput."""

    def close(self, principal: Principal, reference: HandOffId, seen: int | None, text: str) -> HandOffView:
        """End a case without doing it, with the reason. Raises NotFound, Conflict, InvalidInput."""

    def own(self, principal: Principal) -> list[PartnerHandOff]:
        """Return one's own cases, latest first, at most 50, without their acts."""

    def own_one(self, principal: Principal, reference: HandOffId) -> PartnerHandOff:
        """Return one of them with its acts. Raises NotFound."""

    def waiting(self, principal: Principal) -> int:
        """Return in how many of one's own cases the desk has written something that is not seen yet."""
