"""An application of small fakes behind the real pages and the real API, and a browser of ours for both."""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

from assistant.config import Mode, Settings
from assistant.conversation.descriptions import described
from assistant.conversation.wording import read_wording
from assistant.domain.accounts import CodeOutcome, CodeVerdict, Enrolment, Session, User
from assistant.domain.entries import (
    Abstention,
    Answer,
    AnsweredEntry,
    AnswerKind,
    Entry,
    EntryKind,
    EntryVersion,
    Passage,
    PassageKind,
    Source,
    Suggestion,
)
from assistant.domain.errors import NotFound, NotSignedIn
from assistant.domain.identifiers import PartnerId, UserId
from assistant.domain.lookups import (
    ChangeByReference,
    CustomerById,
    CustomerSummary,
    CustomerView,
    History,
    HistoryItem,
    LicenceView,
    PartnerTotals,
    StandardLicenceView,
    SubscriptionView,
    Totals,
    VisibleCustomers,
)
from assistant.domain.policy import Citation
from assistant.domain.principals import Principal, Role
from assistant.domain.quotes import Quote, Receipt, StepUp
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.ports.wire.entries import entry_json
from assistant.workflows import all_flows
from support.clock import NOON, FakeClock, FakeIds
from support.hand_offs import FakeDeskSteps, FakeHandOffs
from support.library import FakeLibrary
from support.partner_pages import FakePartnerPages, FakeUsage
from web.app import create_app

PASSWORD = "correct-horse-9"
GOOD, USED, WRONG, LOCKED = "123456", "222222", "000000", "999999"
CITATION = Citation("are-trail-versions-available", 1, "Are Trail Versions available?", "MSP FAQ", "2020-05")
ENTRY = Entry(
    id="can-the-service-plan-be-canceled",
    version=1,
    kind=EntryKind.QUESTION,
    question="Can the service plan be canceled?",
    text="- Yes, any plan may be ended",
    source=Source("MSP FAQ", "Can the service plan be canceled?", "2020-05"),
    topic="Billing",
    related=("gone",),
    workflow="trial",
)
ANSWERED = AnsweredEntry(ENTRY, "<ul><li>Yes, any plan may be ended</li></ul>", aged=True)
PART = Passage(
    PassageKind.PART, "any plan", 7, 15, heading="2. Ending", label="Plans", html="<p>any plan</p>"
)
POINTING = entry_json(replace(ANSWERED, passages=(PART,)))
NUMBERED = entry_json(replace(ANSWERED, passages=(replace(PART, heading=None, part=3),)))


def person(name, role=Role.PARTNER_ADMIN, partner="PA-1"):
    return Principal(UserId(f"U-{name}"), name.title(), role, PartnerId(partner) if partner else None)


class FakeKnowledge:
    """Knows one entry, and answers with it whatever holds the word "plan"."""

    def __init__(self):
        self.asked, self.publication, self.indexed, self.model = [], "ab12", True, None

    def ask(self, question, *, audience="partner", as_of=None, near=(), previous=None, asker=None):
        self.asked.append((question, audience, as_of))
        if "plan" in question:
            return Answer(AnswerKind.EXACT, None, (ANSWERED,))
        return Answer(AnswerKind.NONE, Abstention.NOT_IN_POLICY, (), ("price",), "Q-0001", (ENTRY,))

    def suggest(self, text, *, audience="partner"):
        return (Suggestion(ENTRY.id, ENTRY.question, ENTRY.topic),) if "plan" in text else ()

    def entry(self, entry_id, *, picked=False):
        if entry_id != ENTRY.id:
            raise NotFound("No such entry.")
        return ANSWERED

    def versions(self, entry_id):
        self.entry(entry_id)
        return (EntryVersion(1, "approved", ENTRY.text, ENTRY.source, "2026-03-01"),)

    def edition(self):
        return SimpleNamespace(hash=self.publication, indexed=self.indexed, model=self.model)


class FakeAccess:
    """Two steps with fixed codes; a new user enrols first."""

    def __init__(self, users):
        self.users, self.pending, self.live = users, {}, {}
        self.count = 0

    def begin(self, username, password, *, address, device="", known_device=""):
        if username not in self.users or password != PASSWORD:
            raise NotSignedIn("Name and password do not match.")
        return self._issue(self.pending, username)

    def pending_user(self, token):
        return self._user(self._pending(token))

    def complete(self, token, code, *, address, known_device=""):
        username = self._pending(token)
        if verdict := _verdict(code):
            return verdict
        return self._open(self.pending.pop(token) and username)

    def enrol(self, token):
        self._pending(token)
        return Enrolment("JBSWY3DPEHPK3PXP", "otpauth://totp/MSP:new?secret=JBSWY3DPEHPK3PXP")

    def confirm_enrolment(self, token, code):
        self._pending(token)
        return _verdict(code) or ("aaaa-bbbb", "cccc-dddd")

    def acknowledge_recovery(self, token, *, address, known_device=""):
        return self._open(self._pending(token))

    def accept(self, user_id, code, capsule_hash):
        return _verdict(code) or StepUp(user_id, capsule_hash, NOON)

    def session(self, session_token):
        username = self.live.get(session_token)
        return Session(session_token, self._user(username), NOON + timedelta(hours=12)) if username else None

    def end(self, session_token):
        self.live.pop(session_token, None)

    def _open(self, username):
        return self.session(self._issue(self.live, username))

    def _issue(self, store, username):
        self.count += 1
        token = f"planted-token-{self.count}"
        store[token] = username
        return token

    def _pending(self, token):
        if token not in self.pending:
            raise NotSignedIn("Start again.")
        return self.pending[token]

    def _user(self, username):
        return User(self.users[username], username, enrolled=username != "new", recovery_codes_left=10)


def _verdict(code):
    verdicts = {
        GOOD: None,
        USED: CodeVerdict(CodeOutcome.USED),
        LOCKED: CodeVerdict(CodeOutcome.LOCKED, NOON + timedelta(minutes=5)),
    }
    return verdicts.get(code.replace(" ", ""), CodeVerdict(CodeOutcome.WRONG))


def history_item(reference="L-1", customer="Bellows", when=NOON):
    return HistoryItem(
        reference, "seats", "CU-1", customer, "Anna", when, "ab" * 32,
        {"seats": 45}, {"seats": 40}, {"seats": 45}, (CITATION,),
    )  # fmt: skip


class FakeLicensing(FakePartnerPages):
    """One partner with as many customers as wanted; refuses trials of more than 10 seats."""

    def __init__(self, customers=("Adatum", "Bellows")):
        self.names, self.items, self.executed, self.revealed = list(customers), [history_item()], {}, []

    def look_up(self, principal, lookup):
        own = principal.partner_id == "PA-1"
        match lookup:
            case VisibleCustomers():
                return tuple(self._summary(i, n) for i, n in enumerate(self.names, start=1)) if own else ()
            case CustomerById(customer_id) if own and customer_id == "CU-1":
                return _customer(self.names[0])
            case PartnerTotals():
                return Totals(300, "251-500") if own else Totals(0, "1-250")
            case History():
                return tuple(self.items) if own else ()
            case ChangeByReference(reference) if own and reference == "L-1":
                return self.items[0]
        return self.page_look_up(own, lookup)

    def preview(self, principal, action):
        if action.customer_id != "CU-1" or principal.partner_id != "PA-1":
            raise NotFound("No such customer.")
        if action.seats > 10:
            return Refusal(RefusalCode.TRIAL_TOO_LARGE, {"maximum": 10}, "seats", (CITATION,))
        values = {"customer": "Adatum", "plan": "WFS", "seats": action.seats}
        return Quote(action, "CU-1", "Adatum", values, {}, {"seats": action.seats}, (), (CITATION,), "r1")

    def execute(self, principal, capsule, proof):
        receipt = Receipt(
            f"L-{len(self.executed) + 2}",
            capsule.flow,
            "CU-1",
            "Adatum",
            capsule.quote.values,
            NOON,
            capsule.hash,
        )
        return self.executed.setdefault(capsule.hash, receipt)

    def status(self, principal, key):
        return self.executed.get(key)

    def _summary(self, number, name):
        return CustomerSummary(f"CU-{number}", name, "DE", True, 1, 25, 0)


def _customer(name):
    licence = LicenceView("Worry-Free", "WF-DEMO-*****", "active", "EU", True, "LI-1")
    plan = SubscriptionView(
        "SU-1",
        "wfs",
        "WF Services",
        False,
        25,
        "active",
        date(2025, 4, 1),
        date(2026, 4, 1),
        True,
        (licence,),
    )
    return CustomerView(
        "CU-1", name, "DE", True, (plan,), (StandardLicenceView("Worry-Free", "on-prem", "upfront", 30),)
    )


class FakeConversations:
    """Keeps transcripts; each text plays a scripted reply, so that every kind of block can be shown."""

    def __init__(self, ids):
        self.ids, self.owners, self.transcripts, self.sent = ids, {}, {}, []

    def open(self, principal):
        opened = self.ids.new("C")
        self.owners[opened], self.transcripts[opened] = principal and principal.user_id, []
        return opened

    def latest(self, principal):
        own = [c for c, owner in self.owners.items() if owner == principal.user_id]
        return own[-1] if own else None

    def view(self, principal, conversation_id):
        self._own(principal, conversation_id)
        transcript = self.transcripts[conversation_id]
        task = transcript[-1]["turn"]["task"] if transcript else None
        return {"id": conversation_id, "transcript": transcript, "task": task, "tasks": [], "writes": 0}

    def send(self, principal, conversation_id, message):
        self._own(principal, conversation_id)
        if principal and self.owners[conversation_id] is None:
            self.owners[conversation_id] = principal.user_id
        transcript = self.transcripts[conversation_id]
        for entry in transcript:
            if entry["message_id"] == message.id:
                return entry["turn"]
        self.sent.append(message)
        said = message.text or message.choice or ("Code" if message.code else str(message.values))
        turn = self._turn(conversation_id, message.id, said)
        transcript.append({"message_id": message.id, "at": NOON.isoformat(), "said": said, "turn": turn})
        return turn

    def start(self, principal, conversation_id, message_id, flow):
        from assistant.ports.conversations import Message

        if flow not in {"trial", "seats"}:
            raise NotFound("There is no such task.")
        return self.send(principal, conversation_id, Message(message_id, text=f"start {flow}"))

    def titles(self):
        return {}

    def descriptions(self):
        wording = read_wording()
        return [described(flow, wording) for flow in all_flows() if wording.has(f"flow.{flow.id}.title")]

    def runbook(self, flow, form):
        raise NotFound("There is no such workflow.")

    def tasks(self, principal):
        found = [self.view(principal, c)["task"] for c, o in self.owners.items() if o == principal.user_id]
        return [task for task in found if task]

    def task(self, principal, task_id):
        for task in self.tasks(principal):
            if task["id"] == task_id:
                return task
        raise NotFound("There is no such task.")

    def _own(self, principal, conversation_id):
        if conversation_id not in self.owners:
            raise NotFound("There is no such conversation.")
        owner = self.owners[conversation_id]
        if owner is not None and (principal is None or principal.user_id != owner):
            raise NotFound("There is no such conversation.")

    def _turn(self, conversation, message_id, said):
        blocks, phase = scripted(said)
        task = phase and {
            "id": f"T-{conversation}", "flow": "trial", "flow_version": 1, "phase": phase,
            "slots": {"customer": "Bellows", "seats": 6}, "asks": None, "preview": None,
            "short_hash": "ab12", "reference": None, "title": "Start a trial", "conversation": conversation,
        }  # fmt: skip
        return {
            "conversation": conversation, "message_id": message_id, "blocks": blocks, "task": task,
            "tasks": [task] if task else [], "abstain": None, "writes": 0,
        }  # fmt: skip


CITE = {
    "entry": ENTRY.id, "version": 1, "heading": ENTRY.question, "document": "MSP FAQ", "date": "2020-05",
}  # fmt: skip
LINES = [
    {"slot": "customer", "label": "Customer", "value": "Bellows"},
    {"slot": "seats", "label": "Seats", "value": "6"},
]
PREVIEW = {
    "type": "preview", "title": "Start a trial", "lines": LINES, "before": {}, "after": {"seats": 6},
    "consequences": [{"text": "A trial is not billed. (MSP FAQ, May 2020)", "cites": [CITE]}], "cites": [CITE],
    "short_hash": "ab12", "confirm": "Confirm trial for Bellows", "text": "Nothing has changed yet.",
}  # fmt: skip


def scripted(said):
    """Return the blocks and the task's phase for what was said."""
    seats = {"kind": "number", "min": 1, "max": 10, "options": []}
    many = [{"id": f"p{i}", "label": f"Plan {i}"} for i in range(9)]
    script = {
        "start trial": ([_prompt("customer", "Which customer?", options=many[:2])], "collect"),
        "many": ([_prompt("plan", "Which plan?", options=many)], "collect"),
        "more": ([_prompt("plan", "Which plan?", options=many, more=5)], "collect"),
        "seats": ([{"type": "prompt", "slot": "seats", "text": "How many seats?", "input": seats}], "collect"),
        "eleven": ([{"type": "refusal", "code": "trial_too_large", "text": "A trial has at most 10 seats.",
                     "slot": "seats", "cites": [CITE]},
                    {"type": "prompt", "slot": "seats", "text": "How many seats?", "input": seats}], "collect"),
        "check": ([PREVIEW], "confirm"),
        "yes": ([{"type": "step_up", "text": "Enter the code.", "confirm": PREVIEW["confirm"], "lines": LINES,
                  "short_hash": "ab12"}], "stepup"),
        "Code": ([{"type": "receipt", "reference": "L-1", "what": "Trial started for Bellows.", "text": "Done.",
                   "when": NOON.isoformat(), "next": "It ends by itself.", "lines": LINES,
                   "short_hash": "ab12"}], "done"),
        "which": ([{"type": "choices", "text": "Which one?", "options": many[:3]}], None),
        "closest": ([{"type": "answer", **entry_json(ANSWERED), "kind": "closest"}], None),
        "part": ([{"type": "answer", **POINTING, "kind": "closest"}], None),
        "third part": ([{"type": "answer", **NUMBERED, "kind": "closest"}], None),
        "cases": ([{"type": "answer", **POINTING, "kind": "branches"}], None),
        "hostile": ([{"type": "notice", "text": "<script>alert(1)</script>"}], None),
        "handoff": ([{"type": "handoff", "reference": "K-1", "text": "Passed on."}], "handoff"),
    }  # fmt: skip
    if said in script:
        return script[said]
    if "plan" in said:
        return [{"type": "answer", **entry_json(ANSWERED), "kind": "exact"}], None
    nearest = [{"id": ENTRY.id, "label": ENTRY.question}]
    text = "No policy text answers this. Saved for the policy team as Q-0001."
    return [{"type": "notice", "code": "no_answer", "text": text, "nearest": nearest}], None


def _prompt(slot, text, options, more=0):
    return {
        "type": "prompt", "slot": slot, "text": text,
        "input": {"kind": "choice", "min": None, "max": None, "options": options, "more": more},
    }  # fmt: skip


class FakeRecord:
    """Keeps what was refused to whom."""

    def __init__(self):
        self.refusals = []

    def refused(self, user_id, address):
        self.refusals.append((user_id, address))


@dataclass
class FakeApplication:
    """What the doors see of an application."""

    settings: Settings
    clock: FakeClock = field(default_factory=FakeClock)
    real_clock: FakeClock = field(default_factory=FakeClock)
    ids: FakeIds = field(default_factory=FakeIds)
    knowledge: FakeKnowledge = field(default_factory=FakeKnowledge)
    library: FakeLibrary = field(default_factory=FakeLibrary)
    licensing: FakeLicensing = field(default_factory=FakeLicensing)
    current: bool = True
    usage: FakeUsage = field(default_factory=FakeUsage)

    def __post_init__(self):
        self.identity = SimpleNamespace(record=FakeRecord())
        self.conversations = FakeConversations(self.ids)
        self.hand_offs = FakeHandOffs()
        self.desk_steps = FakeDeskSteps(self.hand_offs)
        self.access = FakeAccess(
            {
                "anna": person("anna"),
                "ben": person("ben", Role.PARTNER_READER),
                "mia": person("mia", partner="PA-2"),
                "sal": person("sal", Role.SALES, None),
                "olga": person("olga", Role.OPERATOR, None),
                "otto": person("otto", Role.OPERATOR, None),
                "edith": person("edith", Role.EDITOR, None),
                "root": person("root", Role.ADMINISTRATOR, None),
                "new": person("new"),
            }
        )

    def speaking(self, language):
        self.spoken = language
        return self

    def database_is_current(self):
        return self.current

    def database_is_usable(self):
        return self.current

    def qr_svg(self, uri):
        return '<svg viewBox="0 0 1 1"></svg>'


def settings(data_dir: Path, **changes) -> Settings:
    base = Settings(
        database_url="sqlite://",
        data_dir=data_dir,
        mode=Mode.TEST,
        secret_keys=(),
        secure_cookies=False,
        trusted_proxies=0,
        log_level="INFO",
        session_idle_minutes=60,
        session_absolute_minutes=720,
        semantic=False,
    )
    return replace(base, **changes)


class Visitor:
    """A browser without script: loads pages, fills in their forms, follows redirects."""

    def __init__(self, application, app=None):
        self.application = application
        self.app = app or create_app(application)
        self.client = self.app.test_client()

    def get(self, path, **options):
        return self.client.get(path, buffered=True, **options)

    def token(self, path="/"):
        """Return the form token of a page."""
        return re.search(r'name="csrf_token" value="([^"]+)"', self.get(path).text)[1]

    def post(self, path, on="/", partial=False, follow=False, **fields):
        """Send a form that stands on the page ``on``."""
        data = {"csrf_token": self.token(on), **{name.replace("__", "."): v for name, v in fields.items()}}
        headers = {"X-Partial": "1"} if partial else {}
        return self.client.post(path, data=data, headers=headers, follow_redirects=follow)

    def say(self, text, message=None, **more):
        return self.post("/ask", text=text, message=message or self.application.ids.new("M"), **more)

    def sign_in(self, username="anna", next_="/"):
        self.post("/sign-in", on="/sign-in", username=username, password=PASSWORD, next=next_)
        return self.post("/sign-in/code", on="/sign-in/code", code=GOOD, next=next_)


class ApiClient:
    """Speaks JSON with a bearer token."""

    def __init__(self, application, app=None):
        self.application = application
        self.client = (app or create_app(application)).test_client()
        self.token = None

    def call(self, method, path, **options):
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return self.client.open(f"/api/v1{path}", method=method, headers=headers, **options)

    def get(self, path):
        return self.call("GET", path)

    def post(self, path, body):
        return self.call("POST", path, json=body)

    def sign_in(self, username="anna"):
        first = self.post("/session", {"username": username, "password": PASSWORD}).json
        second = self.post("/session/second-factor", {"token": first["token"], "code": GOOD}).json
        self.token = second["access_token"]
        return self


MIDNIGHT = datetime(2026, 3, 15, tzinfo=UTC)
