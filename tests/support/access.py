"""Identity on a real database, with a clock to move and hashing that is cheap."""

import hashlib
import itertools
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from assistant.access import totp
from assistant.access.assembly import build_identity
from assistant.access.keys import Vault
from assistant.access.outbox import PostOffice
from assistant.access.passwords import HashingCost, Passwords
from assistant.access.resources import Resources
from assistant.access.sessions import SessionLimits
from assistant.domain.accounts import Session, User
from assistant.domain.identifiers import PartnerId
from assistant.domain.principals import Principal, Role
from assistant.persistence.database import SqlStorage
from assistant.persistence.identity import SqlIdentityUnit
from assistant.ports.mail import Letter, LetterNotSent
from support.databases import open_migrated

ANNA_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ANNA_PASSWORD = "correct-horse-9"
CHEAP = HashingCost(memory_kib=64, passes=1)
KEY = bytes(range(32))
STARTS = datetime(2026, 3, 15, 10, 0, 0, tzinfo=UTC)


class MovableClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = STARTS) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def advance(self, **duration: float) -> None:
        self._now += timedelta(**duration)


class CountingIds:
    """Ids and tokens that are all different and the same in every run."""

    def __init__(self) -> None:
        self._count = itertools.count(1)

    def new(self, prefix: str) -> str:
        return f"{prefix}-{next(self._count):016d}"

    def token(self) -> str:
        return f"planted-token-{next(self._count):06d}"

    def number(self, below: int) -> int:
        return hashlib.sha256(str(next(self._count)).encode()).digest()[0] % below


class Letterbox:
    """Keeps letters; while it is ``away`` none can be handed over."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.away = False

    def send(self, letter: Letter) -> None:
        if self.away:
            raise LetterNotSent("away")
        self.letters.append(letter)

    def subjects(self) -> list[str]:
        """Return what was told, oldest first."""
        return [letter.subject for letter in self.letters]

    def link(self) -> str:
        """Return the token of the newest link that was sent."""
        found = [re.search(r"/links/(\S+)", letter.text) for letter in self.letters]
        return [match[1] for match in found if match][-1]


@dataclass
class Identity:
    """Everything about identity over one database, given by path or address."""

    place: object
    clock: MovableClock = field(default_factory=MovableClock)
    vault: Vault = field(default_factory=lambda: Vault((KEY,)))
    passwords: Passwords = field(default_factory=lambda: Passwords(CHEAP))
    codes_visible: bool = True
    mail: "Letterbox" = field(default_factory=Letterbox)

    def __post_init__(self) -> None:
        self.database = open_migrated(self.place)
        self.storage = SqlStorage(self.database, SqlIdentityUnit)
        limits = SessionLimits(timedelta(minutes=60), timedelta(minutes=720))
        resources = Resources(self.storage, self.clock, CountingIds(), self.vault, self.passwords)
        office = PostOffice(self.mail, "https://assistant.example")
        self.parts = build_identity(resources, office, limits, codes_visible=self.codes_visible)
        self.access, self.accounts = self.parts.access, self.parts.accounts

    def anna(self, *, totp_secret: str | None = ANNA_SECRET) -> User:
        """Provision a partner's administrator."""
        return self.accounts.provision(
            username="anna",
            name="Anna",
            role=Role.PARTNER_ADMIN,
            password=ANNA_PASSWORD,
            totp_secret=totp_secret,
            partner_id=PartnerId("PA-1"),
            email="anna@partner.example",
        )

    def user(
        self,
        username: str,
        role: Role = Role.PARTNER_ADMIN,
        *,
        partner: str | None = "PA-1",
        totp_secret: str | None = ANNA_SECRET,
    ) -> Principal:
        """Provision somebody else, with Anna's password and key."""
        return self.accounts.provision(
            username=username,
            name=username.title(),
            role=role,
            password=ANNA_PASSWORD,
            totp_secret=totp_secret,
            partner_id=PartnerId(partner) if partner else None,
            email=f"{username}@partner.example",
        ).principal

    def fresh_code(self) -> str:
        """Return the next code, waiting until there is one."""
        self.clock.advance(seconds=30)
        return self.code()

    def begin(self, username: str = "anna", password: str = ANNA_PASSWORD, address: str = "192.0.2.1") -> str:
        """Give name and password."""
        return self.access.begin(username, password, address=address, device="Test browser")

    def code(self, drift: int = 0, secret: str = ANNA_SECRET) -> str:
        """Return the code of the present step, or of one before or after it."""
        return totp.code_at(secret, totp.step_of(self.clock.now()) + drift)

    def wrong_code(self, secret: str = ANNA_SECRET) -> str:
        """Return six digits that no acceptable step has."""
        right = {self.code(drift, secret) for drift in (-1, 0, 1)}
        return next(digits for n in range(4) if (digits := f"{n:06d}") not in right)

    def sign_in(self) -> Session:
        """Sign Anna in with both factors and wait until her next code."""
        session = self.access.complete(self.begin(), self.code(), address="192.0.2.1")
        assert isinstance(session, Session)
        self.clock.advance(seconds=30)
        return session

    def close(self) -> None:
        """Close the database."""
        self.database.close()
