"""Two partners in one whole application, and what each of them and everybody else sees of the other."""

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import event

from assistant.bootstrap import open_application
from assistant.config import read_settings
from assistant.domain import actions
from assistant.domain.accounts import Scope, TokenView
from assistant.domain.case_lookups import Cases
from assistant.domain.lookups import CustomerById
from assistant.domain.quotes import Capsule, StepUp
from assistant.persistence.database import SqlStorage
from assistant.persistence.identity import SqlIdentityUnit
from assistant.ports.conversations import Message
from assistant.ports.storage.identity_links import StoredToken
from assistant.world import apply_world, read_world
from web.app import create_app

MARK = "ZQXCANARY"
WORLD = f"""
clock: 2026-03-15T12:00:00Z
partners:
  {MARK} Northwind:
    customers:
      {MARK} Contoso:
        country: DE
        subscriptions: [{{plan: WF Services Monthly Rolling, seats: 25, start: 2025-04-01}}]
        standard_licences: [{{product: "{MARK} Messaging", hosting: on-prem, seats: 5}}]
      {MARK} Lucerne: {{}}
    remote_customers: ["{MARK} Remote"]
  Southridge:
    customers:
      Woodgrove: {{subscriptions: [{{plan: WF Services Monthly Rolling, seats: 55, start: 2025-02-01}}]}}
users:
  anna:  {{role: partner_admin, partner: {MARK} Northwind, password: planted-password-anna, totp_secret: JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP}}
  carla: {{role: partner_admin, partner: Southridge, password: planted-password-carla, totp_secret: MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK}}
  rita:  {{role: partner_reader, partner: Southridge, password: planted-password-rita, totp_secret: KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU}}
  eva:   {{role: end_customer, customer: {MARK} Contoso, password: planted-password-eva, totp_secret: ORSXG5DTMVRXEZLUORSXG5DTMVRXEZLU}}
  sal:   {{role: sales, password: planted-password-sal, totp_secret: GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ}}
  edith: {{role: editor, password: planted-password-edith, totp_secret: NBSWY3DPEHPK3PXPNBSWY3DPEHPK3PXP}}
  root:  {{role: administrator, password: planted-password-root, totp_secret: OBSWY3DPEHPK3PXPOBSWY3DPEHPK3PXP}}
"""
STRANGERS = ("carla", "rita", "sal", "edith", "root")
"""Everybody signed in who must not see anything of the marked partner."""

MISSING = {
    "customer": "C-0000000000000000",
    "subscription": "S-0000000000000000",
    "licence": "X-0000000000000000",
    "case": "H-0000000000000000",
    "hand_off": "H-0000000000000001",
    "reference": "R-0000000000000000",
    "partner": "P-0000000000000000",
    "batch": "B-0000000000000000",
    "key": "0" * 64,
    "conversation": "C-0000000000000000",
    "task": "T-0000000000000000",
    "session": "S-0000000000000000",
    "user": "U-0000000000000000",
    "access_token": "AT-0000000000000000",
}
"""Ids in the form of real ones, of which there is none."""

_CHANGES_EACH_TIME = re.compile(r"\b(?:M|R)-[0-9A-Z]{16}\b")


@dataclass(frozen=True)
class Seen:
    """What somebody got for a request: everything that could tell one id from another."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: str
    statements: int


@dataclass
class Site:
    """The application, its web door, and the ids of what the marked partner has."""

    environ: dict
    statements: int = 0
    tokens: dict = field(default_factory=dict)

    def __post_init__(self):
        self.application = open_application(read_settings(self.environ))
        self.loaded = apply_world(self.application, read_world(WORLD))
        self.app = create_app(self.application)
        event.listen(self.application.database.engine, "before_cursor_execute", self._count)
        self.users = {user.username: user.principal for user in self.application.accounts.list()}
        for name in ("anna", *STRANGERS, "eva"):
            self.tokens[name] = self._signed_in(name)
        self.marked = self._work_of_the_marked_partner()
        self.form_tokens = {name: self.form_token(name) for name in self.tokens}

    def close(self):
        self.application.database.close()

    def call(self, who, method, path, *, headers=None, **options):
        """Send one request as a user, by cookie to pages and by token to the API, and return what came of it."""
        client = self.app.test_client()
        sent = dict(headers or {})
        if who and path.startswith("/api/"):
            sent["Authorization"] = f"Bearer {self.tokens[who]}"
        elif who:
            client.set_cookie("session", self.tokens[who])
        before = self.statements
        answer = client.open(path, method=method, headers=sent, buffered=True, **options)
        kept = tuple(
            sorted(
                (n, self._without_ids(v)) for n, v in answer.headers if n not in {"Date", "Content-Length"}
            )
        )
        body = answer.get_data(as_text=True)
        return Seen(answer.status_code, kept, self._without_ids(body), self.statements - before)

    def form_token(self, who):
        """Return the form token of a signed-in user."""
        client = self.app.test_client()
        client.set_cookie("session", self.tokens[who])
        return re.search(r'name="csrf_token" value="([^"]+)"', client.get("/").text)[1]

    @contextmanager
    def counted(self):
        """Count the statements of a block; the list holds their number afterwards."""
        before, counted = self.statements, []
        yield counted
        counted.append(self.statements - before)

    def _without_ids(self, text):
        text = _CHANGES_EACH_TIME.sub("?", text)
        for kind, missing in MISSING.items():
            text = (
                text.replace(self.marked[kind], kind).replace(missing, kind) if kind in self.marked else text
            )
        return text

    def _count(self, *_):
        self.statements += 1

    def _signed_in(self, name):
        access = self.application.access
        token = access.begin(name, f"planted-password-{name}", address="192.0.2.1")
        return access.complete(token, access.current_code(name)[0], address="192.0.2.1").token

    def _work_of_the_marked_partner(self):
        anna, home = self.users["anna"], self.loaded[f"{MARK} Northwind"]
        customer = home.customers[f"{MARK} Contoso"]
        shown = self.application.licensing.look_up(anna, CustomerById(customer))
        subscription, licence = shown.subscriptions[0].id, shown.standard_licences[0].id
        receipt = self.execute("anna", actions.ChangeSeats(customer, subscription, 31), "T-seats")
        self.execute(
            "anna", actions.OpenCase(customer, subscription, f"{MARK} reason", "level 1", "level 2"), "T-case"
        )
        conversation = self.application.conversations.open(anna)
        turn = self.application.conversations.start(anna, conversation, "m-1", "seats")
        said = Message("m-2", text=f"{MARK} Contoso")
        self.application.conversations.send(anna, conversation, said)
        return {
            "hand_off": self._hand_off(anna),
            "customer": customer,
            "subscription": subscription,
            "licence": licence,
            "case": self._case(),
            "reference": receipt.reference,
            "partner": home.id,
            "key": receipt.capsule_hash,
            "conversation": conversation,
            "task": turn["task"]["id"],
            "session": self.application.access.sessions(anna.user_id)[0].id,
            "user": anna.user_id,
            "access_token": self._access_token(anna),
        }

    def _hand_off(self, anna):
        """Hand a task over to the licensing desk, in a conversation of its own."""
        conversation = self.application.conversations.open(anna)
        for number, text in enumerate((f"change seats of {MARK} Contoso", "human")):
            self.application.conversations.send(anna, conversation, Message(f"m-{number}", text=text))
        return self.application.hand_offs.own(anna)[0]["reference"]

    def execute(self, who, action, task_id):
        """Preview, confirm and execute a change of one's own."""
        user, licensing = self.users[who], self.application.licensing
        capsule = Capsule(action.op, 1, task_id, user.user_id, licensing.preview(user, action))
        return licensing.execute(
            user, capsule, StepUp(user.user_id, capsule.hash, datetime(2026, 3, 15, tzinfo=UTC))
        )

    def _access_token(self, owner):
        now = self.application.real_clock.now()
        view = TokenView("AT-ZQXCANARY0000000", MARK, (Scope.LICENCES_READ,), now, now + timedelta(days=1))
        with SqlStorage(self.application.database, SqlIdentityUnit).writing() as unit:
            unit.tokens.add(StoredToken("0" * 64, owner.user_id, view))
            unit.commit()
        return view.id

    def _case(self):
        return self.application.licensing.look_up(self.users["anna"], Cases())[0].id


def open_site(folder, url):
    """Open the site over an empty database, with everything that can be switched off switched off."""
    return Site(
        {
            "ASSISTANT_DATA_DIR": str(folder),
            "ASSISTANT_DATABASE_URL": url.render_as_string(hide_password=False),
            "ASSISTANT_MODE": "test",
            "ASSISTANT_SEMANTIC": "false",
            "ASSISTANT_LOG_LEVEL": "ERROR",
        }
    )
