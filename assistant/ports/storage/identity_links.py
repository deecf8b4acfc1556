"""Storage of one-time links, letters, known devices, tokens of programs, and resets that two decide.

As with all of identity, a method that returns ``bool`` decides a race: exactly one caller sees True.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from assistant.domain.accounts import LinkPurpose, ResetDecision, ResetRequest, TokenView
from assistant.domain.identifiers import UserId


@dataclass(frozen=True)
class StoredLink:
    """A link; ``user_id`` is None for one that was made for a name that does not exist, and opens nothing."""

    token_hash: str
    user_id: UserId | None
    purpose: LinkPurpose
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class StoredLetter:
    """A letter in the outbox; ``sealed`` is its subject and text, empty once it was sent."""

    id: str
    address: str
    kind: str
    sealed: str
    created_at: datetime
    tries: int = 0


@dataclass(frozen=True)
class KnownDevice:
    """A browser in which this user signed in with both factors, by the hash of the cookie it holds."""

    token_hash: str
    user_id: UserId
    name: str
    created_at: datetime


@dataclass(frozen=True)
class StoredToken:
    """A program's token with its owner; ``view`` is what the owner may see of it."""

    token_hash: str
    user_id: UserId
    view: TokenView


class Links(Protocol):
    """One-time links."""

    def add(self, link: StoredLink) -> None:
        """Store a new one."""

    def find(self, token_hash: str, now: datetime) -> StoredLink | None:
        """Return the link of this token unless it is used or expired."""

    def use(self, token_hash: str, now: datetime) -> bool:
        """Use a link up that is still good; True for exactly one caller."""

    def withdraw(self, user_id: UserId, now: datetime, purpose: LinkPurpose | None = None) -> None:
        """Use up all links of a user, or only those of one purpose."""

    def forget_before(self, instant: datetime) -> None:
        """Delete those that expired before ``instant``."""


class Letters(Protocol):
    """The outbox."""

    def add(self, letter: StoredLetter) -> None:
        """Store one, to be sent at once."""

    def take(self, now: datetime, until: datetime, at_most: int) -> tuple[StoredLetter, ...]:
        """Return those that are due, oldest first, and keep others from taking them ``until`` then."""

    def sent(self, letter_id: str, at: datetime) -> None:
        """Note that one was sent, and forget its text."""

    def failed(self, letter_id: str, fault: str, next_try_at: datetime | None) -> None:
        """Note why one was not sent, and when to try again; None gives it up and forgets its text."""

    def unsent(self) -> tuple[StoredLetter, ...]:
        """Return all that still hold a text."""

    def reseal(self, letter_id: str, before: str, after: str) -> None:
        """Replace the sealed text if it still is ``before``."""

    def forget_before(self, instant: datetime) -> None:
        """Delete those that were written before ``instant``."""


class Devices(Protocol):
    """Known devices."""

    def knows(self, token_hash: str, user_id: UserId) -> bool:
        """Tell whether this user signed in with this device before."""

    def count(self, user_id: UserId) -> int:
        """Return how many devices of a user are known."""

    def remember(self, device: KnownDevice, at_most: int) -> None:
        """Store a device or note its use; beyond ``at_most`` those unused for longest are forgotten."""

    def forget(self, user_id: UserId) -> None:
        """Forget all devices of a user."""


class Tokens(Protocol):
    """Tokens of programs."""

    def add(self, token: StoredToken) -> None:
        """Store a new one."""

    def by_hash(self, token_hash: str) -> StoredToken | None:
        """Return the one with this hash unless it was revoked."""

    def of(self, user_id: UserId | None = None) -> tuple[StoredToken, ...]:
        """Return those of one user or of all that were not revoked, newest first."""

    def touch(self, token_id: str, at: datetime) -> None:
        """Note the last use."""

    def revoke(self, token_id: str, at: datetime) -> bool:
        """Revoke one; True for exactly one caller."""

    def revoke_all(self, user_id: UserId, at: datetime) -> int:
        """Revoke all of a user's and return how many those were."""


class Resets(Protocol):
    """Resets of second factors that one administrator asks for and another decides."""

    def add(self, reset: ResetRequest) -> None:
        """Store a new one."""

    def open(self, now: datetime) -> tuple[ResetRequest, ...]:
        """Return those that wait for a decision, oldest first."""

    def decide(self, reset_id: str, decision: ResetDecision, by: UserId, now: datetime) -> bool:
        """Decide one that is open and not expired; True for exactly one caller."""
