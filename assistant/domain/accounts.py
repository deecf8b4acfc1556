"""User accounts and sessions as the doors see them; no secret is ever part of these values."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assistant.domain.principals import Principal


class CodeOutcome(StrEnum):
    """What became of a one-time code; ``used`` and ``wrong`` both count as a failed try."""

    ACCEPTED = "accepted"
    WRONG = "wrong"
    USED = "used"
    LOCKED = "locked"
    NOT_ENROLLED = "not_enrolled"


@dataclass(frozen=True)
class CodeVerdict:
    """The outcome of checking a code; ``retry_at`` (UTC) is set when locked."""

    outcome: CodeOutcome
    retry_at: datetime | None = None


@dataclass(frozen=True)
class User:
    """An account: its sign-in name, role and whether the second factor is in force."""

    principal: Principal
    username: str
    enrolled: bool
    recovery_codes_left: int


@dataclass(frozen=True)
class Session:
    """A full session, after both factors; ``token`` is shown to its owner once and stored only as a hash."""

    token: str
    user: User
    expires_at: datetime


@dataclass(frozen=True)
class SessionView:
    """One session in its owner's list; ``id`` is not the token and opens nothing."""

    id: str
    username: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    device: str


@dataclass(frozen=True)
class Enrolment:
    """A second factor being set up: the key to type, the otpauth address to scan. Not in force yet."""

    secret: str
    uri: str
