"""The vendor's licensing desk: its list of cases, and each act on one in a single transaction with the partner's conversation."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from assistant.conversation import effects as fx
from assistant.conversation.case_views import act_views, listed_view, partner_view, whole_view
from assistant.conversation.desk_turns import Deed, desk_turn, open_slots, refuse_while_confirming
from assistant.conversation.draft import Context, Draft
from assistant.conversation.events import event_json
from assistant.conversation.flow import Flow
from assistant.conversation.redaction import redact
from assistant.conversation.replies import task_json
from assistant.conversation.snapshot import state_from_json, state_json
from assistant.conversation.turn_forms import turn_form
from assistant.conversation.wording import Wording
from assistant.domain.audit import AuditHead, ChainFault, chain_faults
from assistant.domain.errors import Conflict, Forbidden, InvalidInput, NotFound
from assistant.domain.hand_offs import LIVE, Done, HandOff, HandOffAct, HandOffState, acted, refuse_stale
from assistant.domain.identifiers import HandOffId
from assistant.domain.principals import Permission, Principal, may
from assistant.ports.clock import Clock
from assistant.ports.conversations import Message
from assistant.ports.hand_offs import HandOffView, ListedHandOff, PartnerHandOff, Shown
from assistant.ports.licensing import Licensing
from assistant.ports.storage import Storage
from assistant.ports.storage.conversations import ConversationRecord, ConversationUnit, StoredReply

_TRIES = 8
_MOST_LISTED = 200
_MOST_OWN = 50
_LONGEST = 4000
_LONGEST_OUTSIDE = 100
_CHECK_LASTS = timedelta(seconds=10)
_STATES = {"open": (HandOffState.OPEN,), "mine": tuple(LIVE), "closed": tuple(set(HandOffState) - LIVE)}


@dataclass(frozen=True)
class OperatorDesk:
    """The desk over the storage of conversations and the licensing port."""

    storage: Storage[ConversationUnit]
    flows: Mapping[str, Flow]
    wording: Wording
    licensing: Licensing
    clock: Clock

    def listed(self, principal: Principal, shown: Shown) -> list[ListedHandOff]:
        """Return cases: live ones longest waiting first, closed ones latest first; at most 200. Raises Forbidden, InvalidInput."""
        _refuse_others(principal)
        if shown.which not in _STATES:
            raise InvalidInput("state", "must be one of " + ", ".join(_STATES))
        with self.storage.reading() as unit:
            found = unit.hand_offs.listed(
                _STATES[shown.which],
                holder=principal.user_id if shown.which == "mine" else None,
                words=shown.words.split(),
                flow=shown.flow,
                limit=_MOST_LISTED,
            )
        now = self.clock.now()
        return [listed_view(case, principal, now) for case in found]

    def show(self, principal: Principal, reference: HandOffId) -> HandOffView:
        """Return one case whole. Raises Forbidden, NotFound."""
        _refuse_others(principal)
        with self.storage.reading() as unit:
            case, record = _found(unit, reference)
            acts = unit.hand_offs.acts(reference)
        slots = []
        if case.live and case.holder_id == principal.user_id:
            slots = fx.run(open_slots(self._draft(case, record), case), self._perform_for(case.asker))
        return whole_view(
            case, principal, self.clock.now(), acts, slots, state_from_json(record.state), self.wording
        )

    def claim(self, principal: Principal, reference: HandOffId) -> HandOffView:
        """Take an open case; of several operators one gets it. Raises Forbidden, NotFound, Conflict."""
        return self._act(principal, reference, None, HandOffAct.CLAIM)

    def release(self, principal: Principal, reference: HandOffId, seen: int | None) -> HandOffView:
        """Give a claimed case back to the list. Raises Forbidden, NotFound, Conflict."""
        return self._act(principal, reference, seen, HandOffAct.RELEASE)

    def write(self, principal: Principal, reference: HandOffId, seen: int | None, text: str) -> HandOffView:
        """Write to the partner. Raises Forbidden, NotFound, Conflict, InvalidInput."""
        return self._act(principal, reference, seen, HandOffAct.MESSAGE, text=_needed(text))

    def correct(
        self, principal: Principal, reference: HandOffId, seen: int | None, values: Mapping[str, str]
    ) -> HandOffView:
        """Fill slots as the partner would. Raises Forbidden, NotFound, Conflict, InvalidInput."""
        cleaned = {name: _without_secrets(value, number=True) for name, value in values.items()}
        return self._act(principal, reference, seen, HandOffAct.CORRECT, values=cleaned)

    def give_back(
        self, principal: Principal, reference: HandOffId, seen: int | None, text: str
    ) -> HandOffView:
        """Let the partner go on with the task. Raises Forbidden, NotFound, Conflict, InvalidInput."""
        return self._act(principal, reference, seen, HandOffAct.RETURN, text=_without_secrets(text.strip()))

    def complete(
        self,
        principal: Principal,
        reference: HandOffId,
        seen: int | None,
        text: str,
        outside: str | None,
    ) -> HandOffView:
        """Say what was done, for a task with the reference under which it was. Raises Forbidden, NotFound, Conflict, InvalidInput."""
        outside = _without_secrets((outside or "").strip()) or None
        if outside and len(outside) > _LONGEST_OUTSIDE:
            raise InvalidInput("outside", f"must be at most {_LONGEST_OUTSIDE} characters")
        return self._act(principal, reference, seen, HandOffAct.COMPLETE, text=_needed(text), outside=outside)

    def close(self, principal: Principal, reference: HandOffId, seen: int | None, text: str) -> HandOffView:
        """End a case without doing it, with the reason. Raises Forbidden, NotFound, Conflict, InvalidInput."""
        return self._act(principal, reference, seen, HandOffAct.CLOSE, text=_needed(text))

    def own(self, principal: Principal) -> list[PartnerHandOff]:
        """Return one's own cases, latest first, at most 50, without their acts."""
        with self.storage.reading() as unit:
            found = unit.hand_offs.of_owner(principal.user_id, _MOST_OWN)
        return [partner_view(case, ()) for case in found]

    def own_one(self, principal: Principal, reference: HandOffId) -> PartnerHandOff:
        """Return one of them with its acts. Raises NotFound."""
        with self.storage.reading() as unit:
            case = unit.hand_offs.find(reference)
            if case is None or case.asker.user_id != principal.user_id:
                raise NotFound("There is no such case.")
            return partner_view(case, act_views(unit.hand_offs.acts(reference)))

    def waiting(self, principal: Principal) -> int:
        """Return in how many of one's own cases the desk has written something that is not seen yet."""
        with self.storage.reading() as unit:
            return unit.hand_offs.unread(principal.user_id)

    def faults(self) -> Mapping[str, tuple[ChainFault, ...]]:
        """Check what was done with each case, and return what is wrong with it, by reference; empty when nothing is."""
        with self.storage.reading() as unit:
            cases = ((r, unit.hand_offs.find(r)) for r in unit.hand_offs.references())
            found = {
                r: chain_faults(unit.hand_offs.acts(r), AuditHead(case.version, case.head))
                for r, case in cases
                if case
            }
        return {reference: faults for reference, faults in found.items() if faults}

    def _act(
        self, principal: Principal, reference: HandOffId, seen: int | None, act: HandOffAct, **more: Any
    ) -> HandOffView:
        _refuse_others(principal)
        for _ in range(_TRIES):
            with self.storage.reading() as unit:
                case, record = _found(unit, reference)
                acts = unit.hand_offs.acts(reference)
            refuse_stale(case, seen)
            earlier = _corrections(entry.content for entry in acts)
            deed = Deed(act, principal.name, self.clock.now(), earlier=earlier, **more)
            if self._did(principal, case, record, deed):
                return self.show(principal, reference)
        raise Conflict("This conversation is busy. Try again in a moment.")

    def _did(self, principal: Principal, case: HandOff, record: ConversationRecord, deed: Deed) -> bool:
        """Do it and say so; False where the partner or another operator was faster and all has to be read again."""
        done = Done(deed.act, principal, deed.at, deed.text, {})
        acted(case, done)  # refuses what the case does not allow before anything is asked of the backend
        draft = self._draft(case, record)
        refuse_while_confirming(draft.state, deed.at, _CHECK_LASTS)
        before = draft.state
        detail = fx.run(desk_turn(draft, case, deed), self._perform_for(case.asker))
        after, entry = acted(case, Done(deed.act, principal, deed.at, deed.text, detail))
        name = f"{case.id}.{after.version}"
        reply = StoredReply(name, "", deed.at, "", turn_form(draft, record.id, name))
        events = [event_json(event) for event in draft.events]
        with self.storage.writing() as unit:
            if not unit.append(record, events, state_json(draft.state), deed.at):
                return False
            if not unit.hand_offs.save(case, after, entry):
                return False
            unit.add_reply(record.id, reply)
            for task in draft.state.tasks.values():
                if task != before.tasks.get(task.id):
                    unit.put_task(case.asker.user_id, task_json(task, record.id, self.wording), deed.at)
            unit.commit()
        return True

    def _draft(self, case: HandOff, record: ConversationRecord) -> Draft:
        context = Context(
            principal=case.asker,
            now=self.clock.now(),
            flows=self.flows,
            wording=self.wording,
            new_task="",
        )
        return Draft(state_from_json(record.state), context, Message(case.id, text=""))

    def _perform_for(self, asker: Principal) -> Callable[[fx.Effect], Any]:
        def perform(effect: fx.Effect) -> Any:
            match effect:
                case fx.LookUp(lookup):
                    return self.licensing.look_up(asker, lookup)
                case fx.Preview(action):
                    return self.licensing.preview(asker, action)
            raise TypeError(f"the desk does not perform {type(effect).__name__}")

        return perform


def _refuse_others(principal: Principal) -> None:
    if not may(principal, Permission.CASES_WORK):
        raise Forbidden("Only the vendor's licensing desk works on cases.")


def _found(unit: ConversationUnit, reference: HandOffId) -> tuple[HandOff, ConversationRecord]:
    case = unit.hand_offs.find(reference)
    record = unit.find(case.conversation) if case else None
    if case is None or record is None:
        raise NotFound("There is no such case.")
    return case, record


def _corrections(contents: Iterable[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """Return what the desk has changed since the case was opened, each slot with its first and last value."""
    changes: dict[str, dict[str, Any]] = {}
    for change in (c for content in contents for c in content["detail"].get("changes", ())):
        first = changes.get(change["slot"], change)
        changes[change["slot"]] = {**change, "before": first["before"]}
    return tuple(change for change in changes.values() if change["before"] != change["after"])


def _needed(text: str) -> str:
    if not any(c.isalnum() for c in text):
        raise InvalidInput("text", "must be words for the partner to read")
    return _without_secrets(text.strip())


def _without_secrets(text: str, *, number: bool = False) -> str:
    """Return text as a transcript would keep it; a ``number`` may have six digits."""
    if len(text) > _LONGEST:
        raise InvalidInput("text", f"must be at most {_LONGEST:,} characters")
    return redact(Message("desk", text=text), None, number_asked=number).said
