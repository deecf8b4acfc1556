"""Account pages and their API over a real application, with a clock to move, and browsers that keep cookies."""

import re
from dataclasses import replace
from email import message_from_bytes

from assistant.access import totp
from assistant.bootstrap import build
from assistant.domain.identifiers import PartnerId
from assistant.domain.principals import Role
from support.access import MovableClock
from support.databases import open_migrated
from support.web import settings
from web.app import create_app

PASSWORD = "correct-horse-9"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def said_by(answer, wanted=""):
    """Return what a page says: without form tokens, which hold the second they were made in, and without what was asked for."""
    text = re.sub(r'(name="csrf_token" value=)"[^"]+"', r"\1", answer.text)
    return text.replace(wanted, "?") if wanted else text


class Site:
    """Two partners' people and two administrators; codes come from a clock of its own."""

    def __init__(self, folder, **changes):
        path = folder / "assistant.sqlite3"
        open_migrated(path).close()
        wanted = settings(folder, database_url=f"sqlite:///{path}", **changes)
        self.clock, self.folder = MovableClock(), folder
        self.application = build(replace(wanted, base_url="https://assistant.example"), real_clock=self.clock)
        self.identity = self.application.identity
        self.app = create_app(self.application)
        for name, role, partner in (
            ("anna", Role.PARTNER_ADMIN, "PA-1"),
            ("bert", Role.PARTNER_ADMIN, "PA-1"),
            ("rita", Role.PARTNER_READER, "PA-1"),
            ("carla", Role.PARTNER_ADMIN, "PA-2"),
            ("sal", Role.SALES, None),
            ("root", Role.ADMINISTRATOR, None),
            ("second", Role.ADMINISTRATOR, None),
        ):
            self.identity.accounts.provision(
                username=name,
                name=f"{name.title()} Person",
                role=role,
                password=PASSWORD,
                totp_secret=SECRET,
                partner_id=PartnerId(partner) if partner else None,
                email=f"{name}@partner.example",
            )

    def id_of(self, username):
        everybody = (*self.identity.accounts.list(), *self.identity.accounts.list(closed=True))
        return next(u.principal.user_id for u in everybody if u.username == username)

    def code(self):
        """Return a code that was not used yet, waiting for it."""
        self.clock.advance(seconds=30)
        return totp.code_at(SECRET, totp.step_of(self.clock.now()))

    def link(self):
        """Return the path of the newest link that was sent."""
        letters = sorted((self.folder / "mail").iterdir(), key=lambda path: path.stat().st_mtime_ns)
        for path in reversed(letters):
            text = message_from_bytes(path.read_bytes()).get_payload(decode=True).decode()
            if found := re.search(r"https://assistant\.example(/links/\S+)", text):
                return found[1]
        raise AssertionError("no letter holds a link")

    def visitor(self):
        return Browser(self)

    def signed_in(self, username):
        return Browser(self).sign_in(username)

    def close(self):
        self.application.database.close()


class Browser:
    """Loads pages, fills in their forms, keeps cookies."""

    def __init__(self, site):
        self.site, self.client = site, site.app.test_client()

    def get(self, path):
        return self.client.get(path, buffered=True)

    def post(self, path, on, **fields):
        """Send a form that stands on the page ``on``."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.get(on).text)[1]
        data = {"csrf_token": token, **fields}
        return self.client.post(path, data=data, buffered=True)

    def sign_in(self, username, password=PASSWORD):
        self.post("/sign-in", "/sign-in", username=username, password=password)
        opened = self.post("/sign-in/code", "/sign-in/code", code=self.site.code())
        assert opened.status_code == 303, opened.text
        return self

    @property
    def is_signed_in(self):
        return self.get("/account").status_code == 200

    def cookie(self, name):
        found = self.client.get_cookie(name)
        return found and found.value


class Program:
    """Speaks JSON with a token."""

    def __init__(self, site, token=None):
        self.site, self.client, self.token = site, site.app.test_client(), token

    def sign_in(self, username):
        first = self.call("POST", "/session", {"username": username, "password": PASSWORD}).json
        code = {"token": first["token"], "code": self.site.code()}
        self.token = self.call("POST", "/session/second-factor", code).json["access_token"]
        return self

    def call(self, method, path, body=None):
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return self.client.open(f"/api/v1{path}", method=method, headers=headers, json=body, buffered=True)
