"""One-time codes by time: reading what was typed, and the rule that accepts each code once.

A code belongs to a step of 30 seconds (RFC 6238). What is remembered is the last accepted *step*, never a code:
comparing codes as text can be got round by other spellings of the same digits.
"""

import re
from collections.abc import Collection
from datetime import UTC, datetime

import pyotp

from assistant.domain.accounts import CodeOutcome
from assistant.ports.clock import Ids

STEP_SECONDS = 30
NEVER = -1
_DRIFT = (-1, 0, 1)
_BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_SECRET_CHARACTERS = 32
_LONGEST_TYPED = 32


def new_secret(ids: Ids) -> str:
    """Return a new key of 160 random bits in base 32, as long as the hash it feeds."""
    return "".join(_BASE32[ids.number(len(_BASE32))] for _ in range(_SECRET_CHARACTERS))


def read_secret(typed: str) -> str | None:
    """Return a given key in its one form (upper case, no spaces), or None if it is not base 32 of 80 bits or more."""
    secret = typed.replace(" ", "").upper().rstrip("=")
    return secret if re.fullmatch(r"(?:[A-Z2-7]{8}){2,}", secret, re.ASCII) else None


def read_digits(typed: str) -> str | None:
    """Return six ASCII digits, or None for anything else; plain spaces between and around them do not count."""
    digits = typed.replace(" ", "") if len(typed) <= _LONGEST_TYPED else ""
    return digits if re.fullmatch(r"[0-9]{6}", digits, re.ASCII) else None


def step_of(instant: datetime) -> int:
    """Return the number of the step that the instant lies in."""
    return int(instant.timestamp()) // STEP_SECONDS


def end_of(step: int) -> datetime:
    """Return the instant at which the step ends."""
    return datetime.fromtimestamp((step + 1) * STEP_SECONDS, UTC)


def code_at(secret: str, step: int) -> str:
    """Return the code of one step."""
    return pyotp.TOTP(secret).at(step * STEP_SECONDS)


def steps_of(secret: str, digits: str, present: int) -> tuple[int, ...]:
    """Return which of the steps that may be accepted now have this code."""
    candidates = [present + drift for drift in _DRIFT if present + drift >= 0]
    return tuple(step for step in candidates if pyotp.utils.strings_equal(code_at(secret, step), digits))


def judge(matching: Collection[int], present: int, last: int) -> int | CodeOutcome:
    """Decide about a code whose steps are ``matching``: the step to use up, or why not.

    Accepted is a step at most one away from the present one and above the last accepted one. Two steps can have
    the same code by chance; then the later one is used up, so that the same digits do not work again.
    """
    near = [step for step in matching if step - present in _DRIFT]
    if not near:
        return CodeOutcome.WRONG
    return max(near) if max(near) > last else CodeOutcome.USED


def enrolment_uri(secret: str, username: str) -> str:
    """Return the otpauth address that authenticator apps scan."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name="MSP Assistant")
