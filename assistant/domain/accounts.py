"""User accounts and sessions as the doors see them; no secret is ever part of these values."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from assistant.domain.identifiers import CustomerId, PartnerId, UserId
from assistant.domain.principals import Principal, Role


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
    """An account: its sign-in name, role and whether the second factor is in force.

    An ``invited`` user has no password yet; a ``closed`` one cannot sign in. ``email`` is where letters go.
    """

    principal: Principal
    username: str
    enrolled: bool
    recovery_codes_left: int
    email: str | None = None
    invited: bool = False
    closed: bool = False

    @property
    def active(self) -> bool:
        """Whether this user can do something: not closed, and with a password."""
        return not self.closed and not self.invited


@dataclass(frozen=True)
class Session:
    """A full session, after both factors; ``token`` is shown to its owner once and stored only as a hash.

    ``device_token`` is set when the device was not known before: from now on it is known by it. ``id`` is not the token.
    """

    token: str
    user: User
    expires_at: datetime
    device_token: str = field(default="", compare=False, repr=False)
    id: str = ""


@dataclass(frozen=True)
class SessionView:
    """One session in its owner's list; ``id`` is not the token and opens nothing."""

    id: str
    username: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    device: str
    address: str = ""


@dataclass(frozen=True)
class Enrolment:
    """A second factor being set up: the key to type, the otpauth address to scan. Not in force yet."""

    secret: str
    uri: str


@dataclass(frozen=True)
class Invitation:
    """Who is to be invited; a partner's administrator need not say which partner."""

    username: str
    name: str
    role: Role
    email: str
    partner_id: PartnerId | None = None
    customer_id: CustomerId | None = None


class BegunBy(StrEnum):
    """What opened a sign-in, which decides whether a second factor may be set up in it."""

    PASSWORD = "password"  # noqa: S105 - a word, not a secret
    LINK = "link"
    FRESH_CODE = "fresh_code"


def may_enrol(begun_by: BegunBy, *, enrolled: bool, by_link_only: bool) -> bool:
    """Tell whether a second factor may be set up: the first one, or another one after a code of the one in force."""
    if begun_by is BegunBy.FRESH_CODE:
        return enrolled
    return not enrolled and (begun_by is BegunBy.LINK or not by_link_only)


class LinkPurpose(StrEnum):
    """What a one-time link is good for."""

    INVITATION = "invitation"
    PASSWORD_RESET = "password_reset"  # noqa: S105 - a word, not a secret
    ENROLMENT = "enrolment"


@dataclass(frozen=True)
class OpenLink:
    """A link that is still good, as the page behind it sees it."""

    purpose: LinkPurpose
    user: User
    expires_at: datetime


TOKEN_PREFIX = "mspa_"  # noqa: S105 - how a token begins, not a token
"""Tokens of programs can be told from those of sessions, and found where they should not be."""


class Scope(StrEnum):
    """What a program's token may be used for; a change still needs a code of its owner."""

    POLICY_READ = "policy:read"
    LICENCES_READ = "licences:read"
    LICENCES_CHANGE = "licences:change"
    CONVERSATIONS = "conversations"
    DESK = "desk"
    METRICS = "metrics:read"


@dataclass(frozen=True)
class TokenView:
    """A program's token in its owner's list; ``id`` is not the token and opens nothing."""

    id: str
    name: str
    scopes: tuple[Scope, ...]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None = None
    username: str = ""


@dataclass(frozen=True)
class TokenBearer:
    """Whose token a program sent, and what it is good for."""

    user: User
    token: TokenView


class ResetDecision(StrEnum):
    """What the second administrator said."""

    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(frozen=True)
class ResetRequest:
    """A reset of a second factor that waits for another administrator until it expires."""

    id: str
    user_id: UserId
    asked_by: UserId
    reason: str
    asked_at: datetime
    expires_at: datetime


ADMINISTERING = frozenset({Role.ADMINISTRATOR, Role.PARTNER_ADMIN})
"""The roles that somebody active must hold: one administrator, and one for each partner that had one."""


def is_last_administrator(user: User, everyone: Collection[User]) -> bool:
    """Tell whether nobody active would be left in this user's administering role, at this partner, without the user."""
    mine = user.principal
    if mine.role not in ADMINISTERING or not user.active:
        return False
    return not any(
        other.active
        and other.principal.user_id != mine.user_id
        and (other.principal.role, other.principal.partner_id) == (mine.role, mine.partner_id)
        for other in everyone
    )
