"""Throttles: how many tries against a secret are allowed, counted per account over all sessions and addresses.

A try is counted *before* the secret is checked and taken back when it succeeds, so tries made at the same moment
cannot slip through together, and a crash leaves a try counted. The count lives in the database: it holds for
all processes and survives a restart. What a closed throttle stops is new tries; sessions that exist go on.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from assistant.domain.addresses import caller_of
from assistant.domain.identifiers import UserId
from assistant.ports.storage.identity import IdentityUnit


@dataclass(frozen=True)
class Limit:
    """At most ``tries`` failed tries in any ``window``."""

    tries: int
    window: timedelta


CODES = (Limit(5, timedelta(minutes=15)), Limit(30, timedelta(days=1)))
"""Three codes are alive at any time, so 30 tries a day find one with a chance of 9 in 100,000."""
PASSWORDS_OF_ACCOUNT = (Limit(10, timedelta(minutes=15)),)
PASSWORDS_FROM_ADDRESS = (Limit(60, timedelta(minutes=15)),)
RESETS_OF_NAME = (Limit(3, timedelta(hours=1)),)
RESETS_FROM_ADDRESS = (Limit(20, timedelta(hours=1)),)
REFUSALS_OF_STRANGERS = (Limit(12, timedelta(hours=1)),)
"""How many refused acts of people who are not signed in are written down: they are the only ones who can write without end."""
FAILURES_IN_A_ROW = 100
"""So many failures without one success close the factor until a recovery code or the administrator opens it."""


def opens_at(tries: Sequence[datetime], limits: Collection[Limit], now: datetime) -> datetime | None:
    """Return when the next try is allowed, or None for at once; ``tries`` are oldest first.

    A limit of n tries is closed while the n-th newest try is still within its window.
    """
    ends = [tries[-limit.tries] + limit.window for limit in limits if len(tries) >= limit.tries]
    return max((end for end in ends if end > now), default=None)


def reserve(
    unit: IdentityUnit, limits: Mapping[str, Collection[Limit]], now: datetime
) -> tuple[int, ...] | datetime:
    """Count a try under every key and return the numbers to take back, or when a closed throttle opens.

    A try that is not allowed is not counted: knocking does not keep the door shut.
    """
    for key in sorted(limits):
        unit.serialise(key)
    closed = [end for key, of_key in limits.items() if (end := _opens_at(unit, key, of_key, now))]
    if closed:
        return max(closed)
    return tuple(unit.attempts.add(key, now) for key in limits)


def closed_until(
    unit: IdentityUnit, limits: Mapping[str, Collection[Limit]], now: datetime
) -> datetime | None:
    """Return when a closed throttle opens, None where a try is allowed; nothing is counted or written."""
    ends = (_ends_at(unit, key, of_key, now) for key, of_key in limits.items())
    return max((end for end in ends if end), default=None)


SIGNED_IN = "session"
"""Who tries is in an open session: a budget of its own, which strangers cannot use up."""


def code_key(user_id: UserId, whose: str = "") -> str:
    """Return the key of an account's second factor: of all strangers together, of one known device, or of its sessions.

    A stranger who has the password can use up the strangers' tries only, and so cannot keep the owner out.
    """
    return f"code:{user_id}:{whose}" if whose else f"code:{user_id}"


def password_limits(username: str, address: str, device: str = "") -> Mapping[str, Collection[Limit]]:
    """Return the limits of a password try: those of the account, whether it exists or not, and of the address.

    A ``device`` known to this account counts for itself, whatever strangers do to the account or from its address.
    Names are hashed: people type their password into the wrong field.
    """
    if device:
        return {f"password:device:{device}:{_digest(username)[:16]}": PASSWORDS_OF_ACCOUNT}
    return {
        f"password:account:{_digest(username)}": PASSWORDS_OF_ACCOUNT,
        f"password:address:{caller_of(address)}": PASSWORDS_FROM_ADDRESS,
    }


def reset_limits(username: str, address: str) -> Mapping[str, Collection[Limit]]:
    """Return the limits of asking for a new password, which are never taken back."""
    return {
        f"reset:account:{_digest(username)}": RESETS_OF_NAME,
        f"reset:address:{caller_of(address)}": RESETS_FROM_ADDRESS,
    }


def refusal_limits() -> Mapping[str, Collection[Limit]]:
    """Return the limit of what is recorded of strangers, from all addresses together."""
    return {"refused:strangers": REFUSALS_OF_STRANGERS}


def _opens_at(unit: IdentityUnit, key: str, limits: Collection[Limit], now: datetime) -> datetime | None:
    unit.attempts.forget_before(key, now - max(limit.window for limit in limits))
    return _ends_at(unit, key, limits, now)


def _ends_at(unit: IdentityUnit, key: str, limits: Collection[Limit], now: datetime) -> datetime | None:
    longest = max(limit.window for limit in limits)
    return opens_at(unit.attempts.times(key, now - longest), limits, now)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
