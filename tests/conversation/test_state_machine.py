"""Any conversation at all: whatever is typed, pressed, lost or repeated, what must hold holds after every message."""

import json
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from assistant.conversation.events import event_from_json
from assistant.conversation.invariants import broken_by_log, broken_by_transcript, broken_by_turn
from assistant.conversation.snapshot import state_json
from assistant.conversation.state import State, fold
from assistant.domain.actions import ChangeSeats
from assistant.domain.errors import Conflict, InvalidInput
from assistant.persistence.conversations import SqlConversationUnit
from assistant.persistence.database import SqlStorage
from assistant.ports.conversations import Message
from assistant.ports.simulation import Fault
from support.conversation import NFR, TERM, Crash, Desk

SAID = st.sampled_from(
    """yes|no|yes but|ok|Contoso needs 5 more seats|trial of email security for Lucerne, 6 seats|start a trial|change seats|
    Contoso|Tailspin|Lucerne|email security|10|11|thirty|five more|3 fewer|not Contoso, Tailspin|sorry, ten more|back|cancel|
    restart|keep|help|human|continue|resume the trial|did it work?|what is NFR?|does the term change?|tell me about both|1|2|
    the first one|what is the price?|10 for Lucerne, and what is NFR?|hmpf|🙂|'; DROP TABLE tasks;--|yes 123456|000000|
    my code is 000000|ja|abbrechen|start a trial and change seats|Woodgrove|{customer}|%s|\u202eyes|y""".replace(
        "\n    ", ""
    ).split("|")
) | st.text(min_size=1, max_size=30)


class Conversations(RuleBasedStateMachine):
    """One conversation on a real database, with everything that can happen to it."""

    @initialize()
    def open(self):
        self.folder = TemporaryDirectory()
        self.desk = Desk(Path(self.folder.name) / "desk.sqlite3")
        self.codes, self.last, self.turn, self.expected = [], None, None, 0

    def teardown(self):
        if hasattr(self, "desk"):
            self.desk.close()
            self.folder.cleanup()

    def send(self, **content):
        self.desk.sent += 1
        message = Message(f"m-{self.desk.sent}", **content)
        try:
            self.turn = self.desk.service.send(self.desk.anna, self.desk.conversation, message)
        except (InvalidInput, Conflict):
            return
        self.last = (message, self.turn)

    @rule(said=SAID)
    def say(self, said):
        self.send(text=said)

    @rule(number=st.integers(0, 3))
    def press(self, number):
        options = [o["id"] for b in (self.turn or {"blocks": []})["blocks"][-1:] for o in self._options(b)]
        if number < len(options):
            self.send(choice=options[number])

    @rule(flow=st.sampled_from(["trial", "seats"]))
    def start(self, flow):
        self.send(choice=f"start:{flow}")

    @rule(
        seats=st.sampled_from(["5", "11", "", "many"]), customer=st.sampled_from(["Contoso", "Lucerne", "?"])
    )
    def fill_form(self, seats, customer):
        self.send(values={"seats": seats, "customer": customer})

    def _options(self, block):
        return block.get("options") or block.get("input", {}).get("options") or []

    @rule(typed=st.booleans())
    def good_code(self, typed):
        code = f"{314159 + len(self.codes)}"
        self.codes.append(code)
        self.desk.factor.good.add(code)
        # six digits that answer a prompt for seats are seats
        number_asked = self.turn is not None and self.turn["task"] and self.turn["task"]["asks"] == "seats"
        self.send(**({"text": code} if typed and not number_asked else {"code": code}))

    @precondition(lambda self: self.last is not None)
    @rule()
    def redeliver(self):
        message, turn = self.last
        assert self.desk.service.send(self.desk.anna, self.desk.conversation, message) == turn

    @rule()
    def restart_the_process(self):
        self.desk.rebuild()

    @rule(seconds=st.sampled_from([5, 30, 700]))
    def wait(self, seconds):
        self.desk.clock.instant += timedelta(seconds=seconds)

    @rule(fault=st.sampled_from([Fault.NONE, Fault.NONE, Fault.UNAVAILABLE, Fault.TIMEOUT_AFTER_WRITE]))
    def misbehave(self, fault):
        self.desk.backend.simulation.set_fault(fault)

    @rule(point=st.sampled_from(["execute", "withdraw"]), when=st.sampled_from(["before", "after"]))
    def die_in_the_next_code(self, point, when):
        def crash():
            raise Crash

        getattr(self.desk.licensing, when)[point] = crash
        try:
            self.good_code(typed=False)
        except Crash:
            self.desk.rebuild()
        self.desk.licensing.before, self.desk.licensing.after = {}, {}

    @rule(seats=st.integers(20, 40))
    def somebody_else_changes_seats(self, seats):
        fault = self.desk.backend.simulation.fault()
        self.desk.backend.simulation.set_fault(Fault.NONE)
        customer = self.desk.backend.stored("Contoso")
        if customer.subscriptions[0].seats != seats:
            action = ChangeSeats(customer.id, customer.subscriptions[0].id, seats)
            self.desk.backend.change(action, task_id=f"T-other-{self.desk.backend.ids.new('x')}")
        self.desk.backend.simulation.set_fault(fault)

    @invariant()
    def nothing_is_broken(self):
        if self.turn is None:
            return
        texts = {a.entry.id: a.entry.text for a in (NFR, TERM)}
        log = self.desk.log()
        assert list(broken_by_turn(self.turn, lambda entry_id, _: texts[entry_id])) == []
        assert list(broken_by_log(log)) == []
        assert list(broken_by_transcript(self.desk.view(), self.codes)) == []
        assert not any(code in json.dumps(log) for code in self.codes)

    @invariant()
    def the_writes_are_those_of_the_audit(self):
        if not hasattr(self, "desk"):
            return
        hashes = {event.get("capsule_hash") for event in self.desk.log()}
        with self.desk.backend.storage.reading() as unit:
            audited = unit.audit.newest(self.desk.anna.partner_id, None, 500)
        mine = [entry.capsule_hash for entry in audited if entry.capsule_hash in hashes]
        state = fold(State(), map(event_from_json, self.desk.log()))
        assert len(mine) == len(set(mine))
        assert state.committed <= len(mine) <= state.writes

    @invariant()
    def the_stored_state_is_the_fold_of_the_log(self):
        if not hasattr(self, "desk"):
            return
        with SqlStorage(self.desk.backend.database, SqlConversationUnit).reading() as unit:
            record = unit.find(self.desk.conversation)
            log = unit.events(self.desk.conversation)
        state = fold(State(), map(event_from_json, log))
        stored = {task["id"]: task for task in (record.state or {"tasks": []})["tasks"]}
        folded = {task["id"]: task for task in state_json(state)["tasks"]}
        assert record.version == len(log)
        assert all(folded.get(key, task) == task for key, task in json.loads(json.dumps(stored)).items())


Conversations.TestCase.settings = settings(
    max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
TestAnyConversation = Conversations.TestCase
