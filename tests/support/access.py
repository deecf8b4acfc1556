"""Identity on a real database, with a clock to move and hashing that is cheap."""

import hashlib
import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from assistant.access import totp
from assistant.access.accounts import Accounts
from assistant.access.keys import Vault
from assistant.access.passwords import HashingCost, Passwords
from assistant.access.service import AccessService
from assistant.domain.accounts import Session, User
from assistant.domain.identifiers import PartnerId
from assistant.domain.principals import Role
from assistant.persistence.database import SqlStorage
from assistant.persistence.identity import SqlIdentityUnit
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


@dataclass
class Identity:
    """Everything about identity over one database, given by path or address."""

    place: object
    clock: MovableClock = field(default_factory=MovableClock)
    vault: Vault = field(default_factory=lambda: Vault((KEY,)))
    passwords: Passwords = field(default_factory=lambda: Passwords(CHEAP))
    codes_visible: bool = True

    def __post_init__(self) -> None:
        self.database = open_migrated(self.place)
        self.storage = SqlStorage(self.database, SqlIdentityUnit)
        ids = CountingIds()
        self.access = AccessService(
            self.storage,
            self.clock,
            ids,
            self.vault,
            idle_minutes=60,
            absolute_minutes=720,
            codes_visible=self.codes_visible,
            passwords=self.passwords,
        )
        self.accounts = Accounts(self.storage, self.clock, ids, self.vault, passwords=self.passwords)

    def anna(self, *, totp_secret: str | None = ANNA_SECRET) -> User:
        """Provision a partner's administrator."""
        return self.accounts.provision(
            username="anna",
            name="Anna",
            role=Role.PARTNER_ADMIN,
            password=ANNA_PASSWORD,
            totp_secret=totp_secret,
            partner_id=PartnerId("PA-1"),
        )

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
