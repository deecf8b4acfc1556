"""Security events: their names, a closed list in the form ``subject:thing:action``, and what is kept of each."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from assistant.domain.identifiers import UserId


class SecurityEvent(StrEnum):
    """What is recorded about accounts, factors, sessions and keys; an event never holds a secret."""

    ACCOUNT_PROVISIONED = "account:user:provisioned"
    ACCOUNT_DISABLED = "account:user:disabled"
    ACCOUNT_REOPENED = "account:user:reopened"
    ACCOUNT_INVITED = "account:user:invited"
    ACCOUNT_ACTIVATED = "account:user:activated"
    ROLE_CHANGED = "account:role:changed"
    PASSWORD_CHANGED = "account:password:changed"  # noqa: S105 - the name of an event
    RESET_ASKED = "account:password:reset-asked"
    RESET_THROTTLED = "account:password:reset-throttled"
    ACT_REFUSED = "account:act:refused"
    PASSWORD_ACCEPTED = "sign-in:password:accepted"  # noqa: S105 - the name of an event
    PASSWORD_REFUSED = "sign-in:password:refused"  # noqa: S105 - the name of an event
    PASSWORD_THROTTLED = "sign-in:password:throttled"  # noqa: S105 - the name of an event
    CODE_ACCEPTED = "factor:code:accepted"
    CODE_WRONG = "factor:code:wrong"
    CODE_USED = "factor:code:used-before"
    CODE_THROTTLED = "factor:code:throttled"
    RECOVERY_ACCEPTED = "factor:recovery-code:accepted"
    RECOVERY_REFUSED = "factor:recovery-code:refused"
    FACTOR_ENROLLED = "factor:enrolment:completed"
    FACTOR_REPLACED = "factor:enrolment:replaced"
    FACTOR_RESET = "factor:enrolment:reset"
    FACTOR_RESET_ASKED = "factor:enrolment:reset-asked"
    FACTOR_RESET_REFUSED = "factor:enrolment:reset-refused"
    RECOVERY_RENEWED = "factor:recovery-codes:renewed"
    DEVICE_NEW = "session:device:new"
    TOKEN_MADE = "token:program:made"  # noqa: S105 - the name of an event
    TOKEN_REVOKED = "token:program:revoked"  # noqa: S105 - the name of an event
    SESSION_OPENED = "session:sign-in:opened"
    SESSION_ENDED = "session:sign-in:ended"
    SESSION_REVOKED = "session:sign-in:revoked"
    KEYS_ROTATED = "vault:keys:rotated"


@dataclass(frozen=True)
class RecordedEvent:
    """One security event: what, when (UTC), whose account (None: nobody's), from which address, done by whom.

    ``actor_id`` is None where the user did it, or the command line. ``request`` is the id under which the request stands in
    the log. ``seq`` is the place in the chain, None for what was recorded before there was one.
    """

    name: SecurityEvent
    at: datetime
    user_id: UserId | None
    address: str
    actor_id: UserId | None = None
    request: str = ""
    seq: int | None = None


def event_content(event: RecordedEvent) -> dict[str, Any]:
    """Return what the chain covers of an event, as plain JSON; its place is not part of it."""
    return {
        "name": event.name.value,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "user_id": event.user_id or "",
        "address": event.address,
        "actor_id": event.actor_id or "",
        "request": event.request,
    }
