"""Conversations over a real database and the real backend, with knowledge and codes that are easily told."""

from dataclasses import replace

from assistant.conversation.draft import Context
from assistant.conversation.effects import (
    Ask,
    CheckCode,
    Execute,
    LookUp,
    Preview,
    ReadEntry,
    run,
)
from assistant.conversation.engine import turn
from assistant.conversation.service import ConversationService
from assistant.conversation.state import State
from assistant.conversation.wording import read_wording
from assistant.domain.accounts import CodeOutcome, CodeVerdict
from assistant.domain.entries import (
    Abstention,
    Answer,
    AnsweredEntry,
    AnswerKind,
    Audience,
    Entry,
    EntryKind,
    Source,
)
from assistant.domain.errors import NotFound
from assistant.domain.lookups import (
    CalendarView,
    CustomerSummary,
    OwnCalendar,
    PlanChoice,
    PlanChoices,
    SeatBounds,
    SeatLimits,
)
from assistant.domain.quotes import Quote, Receipt, StepUp
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.licensing.what_if_desk import WhatIfDesk
from assistant.persistence.conversations import SqlConversationUnit
from assistant.persistence.database import SqlStorage
from assistant.ports.conversations import Message
from assistant.workflows import all_flows
from support.clock import NOON
from support.licensing import WORLD, Backend, a_citation, a_principal

GOOD, OTHER_GOOD, WRONG, LOCKED = "314159", "271828", "000000", "999999"


class Crash(BaseException):
    """The process dies here: no handler of ours may catch it."""


def an_entry(
    entry_id="what-is-nfr", question="What is NFR?", text="- NFR licences are for **own** use", related=()
):
    source = Source("MSP FAQ", question, "2020-05")
    entry = Entry(entry_id, 1, EntryKind.QUESTION, question, text, source, "Trials", related)
    return AnsweredEntry(entry, "<p>…</p>", aged=False)


NFR = an_entry()
TERM = an_entry("runtime", "Does the term change?", "- No, the term stays")


class FakeKnowledge:
    """Answers what holds "nfr" or "term", asks back on "both", and knows nothing else."""

    def __init__(self):
        self.asked = []
        self.gone, self.for_sales = set(), set()

    def ask(self, question, *, audience="partner", as_of=None, near=(), previous=None, asker=None):
        self.asked.append((question, str(audience), tuple(near), asker))
        self.previous = previous
        said = question.casefold()
        if "both" in said:
            return Answer(AnswerKind.CHOOSE, Abstention.AMBIGUOUS, (NFR, TERM))
        found = [entry for word, entry in (("nfr", NFR), ("term", TERM)) if word in said]
        if found:
            return Answer(AnswerKind.EXACT, None, (found[0],))
        return Answer(AnswerKind.NONE, Abstention.NOT_IN_POLICY, (), ("price",), "Q-0001", (NFR.entry,))

    def entry(self, entry_id, *, picked=False):
        found = {a.entry.id: a for a in (NFR, TERM)}.get(entry_id)
        if found is None or entry_id in self.gone:
            raise NotFound("No such entry.")
        if entry_id in self.for_sales:
            return replace(found, entry=replace(found.entry, audience=(Audience.SALES,)))
        return found


class FakeSecondFactor:
    """Accepts the codes in ``good``, each once."""

    def __init__(self):
        self.good = {GOOD, OTHER_GOOD}
        self.used, self.tries = set(), []
        self.after = lambda: None

    def accept(self, user_id, code, capsule_hash):
        self.tries.append((user_id, code, capsule_hash))
        if code == LOCKED:
            return CodeVerdict(CodeOutcome.LOCKED, NOON)
        if code in self.used:
            return CodeVerdict(CodeOutcome.USED)
        if code not in self.good:
            return CodeVerdict(CodeOutcome.WRONG)
        self.used.add(code)
        self.after()
        return StepUp(user_id, capsule_hash, NOON)


class Interrupted:
    """The licensing port with something that happens before or after an operation."""

    def __init__(self, licensing):
        self._licensing = licensing
        self.before, self.after = {}, {}
        self.executed = 0

    def __getattr__(self, name):
        operation = getattr(self._licensing, name)

        def call(*arguments):
            self.before.get(name, lambda: None)()
            outcome = operation(*arguments)
            if name == "execute" and isinstance(outcome, Receipt):
                self.executed += 1
            self.after.get(name, lambda: None)()
            return outcome

        return call


class InterruptedStorage:
    """The conversation's storage: dies at the writing units of ``fail_at``, and runs ``on_writing`` once before the next."""

    def __init__(self, storage):
        self._storage = storage
        self.fail_at, self.writes = set(), 0
        self.on_writing = None

    def one_state(self):
        return self._storage.one_state()

    def reading(self):
        return self._storage.reading()

    def writing(self):
        self.writes += 1
        if self.writes in self.fail_at:
            raise Crash
        if self.on_writing:
            interrupt, self.on_writing = self.on_writing, None
            interrupt()
        return self._storage.writing()


class Desk:
    """A conversation service and everything around it in hand."""

    def __init__(self, place, world=WORLD):
        self.backend = Backend(place, world)
        self.knowledge, self.factor = FakeKnowledge(), FakeSecondFactor()
        self.licensing = Interrupted(self.backend.licensing)
        self.storage = InterruptedStorage(SqlStorage(self.backend.database, SqlConversationUnit))
        self.anna = self.backend.user()
        self.sent = 0
        self.rebuild()
        self.conversation = self.service.open(self.anna)

    @property
    def clock(self):
        return self.backend.clock

    def rebuild(self, flows=None):
        """Start the process anew over the same database."""
        self.what_ifs = WhatIfDesk(
            self.licensing, self.backend.catalogues, self.backend.policy, self.backend.clock
        )
        self.service = ConversationService(
            self.storage,
            flows or all_flows(),
            self.knowledge,
            self.licensing,
            self.what_ifs,
            self.factor,
            self.backend.clock,
            self.backend.ids,
        )
        self.hand_offs = self.service.operator_desk()
        self.steps = self.service.desk_steps()

    def say(self, text=None, *, principal="anna", conversation=None, message_id=None, **content):
        """Send a message, typed unless the content says otherwise, and return the turn."""
        self.sent += 1
        message = Message(message_id or f"m-{self.sent}", text=text, **content)
        who = self.anna if principal == "anna" else principal
        return self.service.send(who, conversation or self.conversation, message)

    def through(self, *texts, **options):
        """Send several messages and return the last turn."""
        turns = [self.say(text, **options) for text in texts]
        return turns[-1]

    def seats_of(self, name):
        """Return the seats of a customer's subscriptions, as stored."""
        return [subscription.seats for subscription in self.backend.stored(name).subscriptions]

    def audited(self):
        """Return the references of the changes in the audit, newest first."""
        with self.backend.storage.reading() as unit:
            return [entry.reference for entry in unit.audit.newest(self.anna.partner_id, None, 100)]

    def log(self, conversation=None):
        return self.service.events(self.anna, conversation or self.conversation)

    def view(self):
        return self.service.view(self.anna, self.conversation)

    def close(self):
        self.backend.database.close()


def phase(turn):
    """Return flow and phase of a turn's task, or none."""
    return f"{turn['task']['flow']}/{turn['task']['phase']}" if turn["task"] else "none"


def codes(turn):
    """Return what the blocks are: notices and refusals by code, others by type."""
    return [block.get("code", block["type"]) for block in turn["blocks"]]


def text_of(turn):
    """Return the words of a turn."""
    return "\n".join(block["text"] for block in turn["blocks"])


CUSTOMERS = tuple(
    CustomerSummary(f"C-{n}", name, None, enabled=True, plans=1, seats=10, trial_seats=0)
    for n, name in enumerate(("Adatum", "Bellows", "Contoso East", "Contoso West"), start=1)
)
MONTHLY = PlanChoice("P-1", "WF Services Monthly Rolling", ("WFS monthly",), "S-1", 40)
ANNUAL = PlanChoice("P-2", "WF Services Annual", (), "S-2", 12)
EMAIL = PlanChoice("P-3", "Email Security Standard", ("email security",))
CLOUD = PlanChoice("P-4", "Cloud App Security")


class Performer:
    """Performs effects from canned outcomes and remembers them; an error or a function among them is raised or called."""

    def __init__(self, **outcomes):
        self.performed = []
        self.outcomes = outcomes
        self.plans = {"trial": (EMAIL, CLOUD), "seats": (MONTHLY,)}

    def __call__(self, effect):
        self.performed.append(effect)
        name = type(effect).__name__
        outcome = self.outcomes.get(name)
        if callable(outcome):
            outcome = outcome(effect)
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome if name in self.outcomes else self._usual(effect)

    def kinds(self):
        return [type(effect).__name__ for effect in self.performed]

    def _usual(self, effect):
        match effect:
            case LookUp(lookup):
                return self._looked_up(lookup)
            case Preview(action):
                return a_quote(action)
            case Ask() | ReadEntry():
                return _known(effect)
            case CheckCode(_, capsule_hash):
                return StepUp("U-anna", capsule_hash, NOON)
            case Execute(capsule, _):
                return a_receipt(capsule)
        return None

    def _looked_up(self, lookup):
        match lookup:
            case PlanChoices(op, _):
                return self.plans[op]
            case OwnCalendar():
                return CalendarView("UTC", NOON.date())
            case SeatLimits(op):
                cites = (a_citation("trials"),)
                too_many = Refusal(RefusalCode.TRIAL_TOO_LARGE, {"maximum": 10}, "seats", cites)
                return SeatBounds(1, 10 if op == "trial" else 999_999, cites, too_many)
        return CUSTOMERS


def _known(effect):
    if isinstance(effect, Ask):
        return FakeKnowledge().ask(effect.question, near=effect.near)
    return FakeKnowledge().entry(effect.entry_id)


def a_quote(action, revision="r1"):
    names = {summary.id: summary.name for summary in CUSTOMERS}
    values = {"customer": names[action.customer_id], "plan": "A plan", "seats": action.seats}
    values |= (
        {"seats_before": 40, "seats_after": action.seats} if action.op == "seats" else {"ends": "2026-04-15"}
    )
    return Quote(
        action,
        action.customer_id,
        names[action.customer_id],
        values,
        {},
        {},
        (),
        (a_citation("runtime"),),
        revision,
    )


def a_receipt(capsule, reference="R-1"):
    quote = capsule.quote
    return Receipt(
        reference, quote.action.op, quote.customer_id, quote.customer, quote.values, NOON, capsule.hash
    )


def a_context(principal="anna", **changes):
    who = a_principal() if principal == "anna" else principal
    flows = {flow.id: flow for flow in all_flows()}
    return replace(Context(who, NOON, flows, read_wording(), "T-1"), **changes)


class Dialogue:
    """A dialogue with the pure engine: state goes from turn to turn, effects are performed from a table."""

    def __init__(self, performer=None, **context):
        self.perform = performer or Performer()
        self.context = a_context(**context)
        self.state, self.sent = State(), 0
        self.draft = None

    def say(self, text=None, **content):
        self.sent += 1
        message = Message(f"m-{self.sent}", text=text, **content)
        context = replace(self.context, new_task=f"T-{self.sent}")
        self.draft = run(turn(self.state, message, context), self.perform)
        self.state = self.draft.state
        return self.draft.blocks()
