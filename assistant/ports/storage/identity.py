"""Storage of accounts, second factors, sign-ins, sessions, attempts and security events.

Every race is decided by a method that returns ``bool``: it changes the row only if it still is in the state
expected and tells whether it did, so of many callers exactly one sees True.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from assistant.domain.accounts import BegunBy, User
from assistant.domain.identifiers import UserId
from assistant.domain.principals import Role
from assistant.ports.storage import Unit
from assistant.ports.storage.identity_events import Events
from assistant.ports.storage.identity_links import Devices, Letters, Links, Resets, Tokens


@dataclass(frozen=True)
class Account:
    """A stored user with the hash of the password (empty: none yet); leaves this subject only as ``user``.

    ``enrols_by_link`` closes the way from the password alone to a new second factor.
    """

    user: User
    password_hash: str
    disabled: bool
    enrols_by_link: bool = False

    @property
    def id(self) -> UserId:
        """The user's id."""
        return self.user.principal.user_id


@dataclass(frozen=True)
class Factor:
    """A second factor in force: the sealed secret, the last accepted step (-1: none yet), failures since then."""

    user_id: UserId
    sealed_secret: str
    last_step: int
    failures_in_a_row: int


@dataclass(frozen=True)
class HashedRecoveryCode:
    """One recovery code: the part that finds it, and the hash of the rest."""

    selector: str
    code_hash: str


@dataclass(frozen=True)
class PendingEnrolment:
    """A second factor being set up; ``verified_step`` and ``codes`` are set once its first code was right."""

    sealed_secret: str
    verified_step: int | None = None
    codes: tuple[HashedRecoveryCode, ...] = ()


@dataclass(frozen=True)
class PendingSignIn:
    """A sign-in whose password was right and whose second step is open until ``expires_at``."""

    token_hash: str
    user_id: UserId
    expires_at: datetime
    device: str
    enrolment: PendingEnrolment | None = None
    begun_by: BegunBy = BegunBy.PASSWORD


@dataclass(frozen=True)
class StoredSession:
    """A session; ``expires_at`` is its absolute end, and the idle limit counts from ``last_seen_at``."""

    id: str
    token_hash: str
    user_id: UserId
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    device: str
    address: str


class Users(Protocol):
    """Accounts by name and id; names are stored in the form ``access.accounts`` gives them."""

    def named(self, username: str) -> Account | None:
        """Return the account of this sign-in name, disabled or not."""

    def by_id(self, user_id: UserId) -> Account | None:
        """Return the account of this id, disabled or not."""

    def all(self) -> tuple[Account, ...]:
        """Return all accounts by name."""

    def put(self, user: User, password_hash: str, at: datetime, *, enrols_by_link: bool = False) -> None:
        """Store an account, replacing the one of the same id; it is enabled afterwards."""

    def set_password_hash(self, user_id: UserId, password_hash: str) -> None:
        """Replace the hash of the password."""

    def disable(self, user_id: UserId, at: datetime | None) -> None:
        """Close the account, or (None) open it again."""

    def set_role(self, user_id: UserId, role: Role) -> None:
        """Change the role."""

    def set_email(self, user_id: UserId, email: str | None) -> None:
        """Change where letters go."""

    def close_enrolment(self, user_id: UserId) -> None:
        """Let a second factor be set up by a link only."""


class Factors(Protocol):
    """Second factors in force and their recovery codes."""

    def find(self, user_id: UserId) -> Factor | None:
        """Return the factor in force."""

    def all(self) -> tuple[Factor, ...]:
        """Return every factor in force."""

    def put(self, factor: Factor, codes: Sequence[HashedRecoveryCode], at: datetime) -> None:
        """Put a factor in force, replacing an earlier one and all its recovery codes."""

    def remove(self, user_id: UserId) -> None:
        """Remove the factor and its recovery codes."""

    def use_step(self, user_id: UserId, step: int) -> bool:
        """Accept this step if it is above the last accepted one; True for exactly one caller."""

    def count_failure(self, user_id: UserId) -> None:
        """Add one to the failures in a row."""

    def forgive(self, user_id: UserId | None = None) -> None:
        """Set the failures in a row to none, of one user or of all."""

    def reseal(self, user_id: UserId, before: str, after: str) -> bool:
        """Replace the sealed secret if it still is ``before``."""

    def recovery_code(self, user_id: UserId, selector: str) -> HashedRecoveryCode | None:
        """Return the unused recovery code with this selector."""

    def burn(self, user_id: UserId, selector: str, at: datetime) -> bool:
        """Use a recovery code up; True for exactly one caller."""


class SignIns(Protocol):
    """Sign-ins between the password and the second factor."""

    def add(self, pending: PendingSignIn) -> None:
        """Store a new one."""

    def find(self, token_hash: str, now: datetime) -> PendingSignIn | None:
        """Return the one with this token unless it is spent or expired."""

    def save_enrolment(self, token_hash: str, enrolment: PendingEnrolment, expires_at: datetime) -> None:
        """Keep the state of an enrolment under way, and give it until ``expires_at``."""

    def spend(self, token_hash: str, at: datetime) -> bool:
        """Use the token up; True for exactly one caller."""

    def end_all(self, user_id: UserId, at: datetime) -> None:
        """Use up all tokens of a user."""

    def forget_before(self, instant: datetime) -> None:
        """Delete those that expired before ``instant``."""

    def age(self, by: timedelta) -> None:
        """Make all of them older."""


class Sessions(Protocol):
    """Full sessions that were not ended; whether they are within their limits is a rule, not a query."""

    def add(self, session: StoredSession) -> None:
        """Store a new one."""

    def by_token(self, token_hash: str) -> StoredSession | None:
        """Return the one with this token."""

    def of(self, user_id: UserId | None = None) -> tuple[StoredSession, ...]:
        """Return those of one user or of all, newest first."""

    def touch(self, session_id: str, at: datetime) -> None:
        """Note the last use."""

    def end(self, session_id: str, at: datetime) -> bool:
        """End one; True for exactly one caller."""

    def end_all(self, user_id: UserId, at: datetime) -> int:
        """End all of a user's and return how many those were."""

    def age(self, by: timedelta) -> int:
        """Make all of them older and return how many those are."""


class Attempts(Protocol):
    """Tries against a secret that failed or are not settled, by throttle key."""

    def times(self, key: str, since: datetime) -> tuple[datetime, ...]:
        """Return when the tries after ``since`` were, oldest first."""

    def add(self, key: str, at: datetime) -> int:
        """Count a try before its secret is checked; returns its number."""

    def remove(self, numbers: Sequence[int]) -> None:
        """Take tries back that succeeded."""

    def forget_before(self, key: str, instant: datetime) -> None:
        """Delete a key's tries that no window reaches any more."""

    def clear(self) -> int:
        """Delete all and return how many those were."""


class IdentityUnit(Unit, Protocol):
    """One transaction over everything about identity."""

    @property
    def users(self) -> Users:
        """The accounts."""

    @property
    def factors(self) -> Factors:
        """The second factors."""

    @property
    def sign_ins(self) -> SignIns:
        """The sign-ins under way."""

    @property
    def sessions(self) -> Sessions:
        """The sessions."""

    @property
    def attempts(self) -> Attempts:
        """The tries."""

    @property
    def events(self) -> Events:
        """The security events."""

    @property
    def links(self) -> Links:
        """The one-time links."""

    @property
    def letters(self) -> Letters:
        """The outbox."""

    @property
    def devices(self) -> Devices:
        """The known devices."""

    @property
    def tokens(self) -> Tokens:
        """The tokens of programs."""

    @property
    def resets(self) -> Resets:
        """The resets that wait for a second administrator."""
