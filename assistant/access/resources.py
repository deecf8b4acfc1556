"""What the use cases of this package share, and the few functions that all of them need."""

import hashlib
from dataclasses import dataclass

from assistant.access.keys import Vault
from assistant.access.passwords import Passwords
from assistant.ports.clock import Clock, Ids
from assistant.ports.storage import Storage
from assistant.ports.storage.identity import IdentityUnit

_LONGEST_USERNAME = 100


@dataclass(frozen=True)
class Resources:
    """The collaborators of every use case; the clock is the real one, never the simulated one."""

    storage: Storage[IdentityUnit]
    clock: Clock
    ids: Ids
    vault: Vault
    passwords: Passwords


def hash_token(token: str) -> str:
    """Return the form in which a token is stored; a token holds 256 random bits, so one round is enough."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def read_username(typed: str) -> str | None:
    """Return a sign-in name in its stored form, or None for one that cannot exist.

    Capitals do not matter; 1 to 100 printable characters without white space are allowed.
    """
    name = typed.strip().casefold()
    allowed = 0 < len(name) <= _LONGEST_USERNAME and name.isprintable() and not any(c.isspace() for c in name)
    return name if allowed else None


def printable(text: str, longest: int) -> str:
    """Return what can be shown and logged of a text from outside: no control characters, cut to ``longest``."""
    return "".join(character for character in text[: 2 * longest] if character.isprintable())[:longest]
