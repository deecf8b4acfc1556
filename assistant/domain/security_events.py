"""The names of security events, a closed list in the form ``subject:thing:action``."""

from enum import StrEnum


class SecurityEvent(StrEnum):
    """What is recorded about accounts, factors, sessions and keys; an event never holds a secret."""

    ACCOUNT_PROVISIONED = "account:user:provisioned"
    ACCOUNT_DISABLED = "account:user:disabled"
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
    FACTOR_RESET = "factor:enrolment:reset"
    SESSION_OPENED = "session:sign-in:opened"
    SESSION_ENDED = "session:sign-in:ended"
    SESSION_REVOKED = "session:sign-in:revoked"
    KEYS_ROTATED = "vault:keys:rotated"
