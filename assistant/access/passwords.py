"""Passwords: how they are hashed, how they are checked, and which new ones are acceptable."""

import base64
import re
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import zxcvbn.frequency_lists as zxcvbn
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from assistant.domain.errors import InvalidInput

SHORTEST = 12
LONGEST = 1024
HASHES_AT_ONCE = 8
_FEWEST_DIFFERENT = 4
_SHORTEST_TELLING = 3
_FEWEST_OWN_LETTERS = 4
_SERVICE = ("msp", "assistant", "mspassistant")


@dataclass(frozen=True)
class HashingCost:
    """What one Argon2id hash costs; the default is about 40 ms and 19 MiB on the machine it was measured on."""

    memory_kib: int = 19 * 1024
    passes: int = 2
    lanes: int = 1


class Hashing:
    """Hashes and checks secrets; to be had from ``Passwords.slot`` only, so that few run at once."""

    def __init__(self, cost: HashingCost) -> None:
        self._hasher = PasswordHasher(
            time_cost=cost.passes, memory_cost=cost.memory_kib, parallelism=cost.lanes
        )
        self._decoy = _decoy(cost)

    def hash(self, secret: str) -> str:
        """Return a salted hash that carries its own parameters."""
        return self._hasher.hash(_octets(secret))

    def matches(self, stored: str | None, secret: str) -> bool:
        """Tell whether the secret is the stored one; None costs the same time and is never true."""
        try:
            return self._hasher.verify(stored or self._decoy, _octets(secret)) and stored is not None
        except (VerificationError, InvalidHashError):
            return False

    def is_outdated(self, stored: str) -> bool:
        """Tell whether the hash was made at another cost than today's."""
        return self._hasher.check_needs_rehash(stored)


class Passwords:
    """Gives out the right to hash, to at most eight at a time: each hash holds 19 MiB of memory."""

    def __init__(self, cost: HashingCost | None = None) -> None:
        self._hashing = Hashing(cost or HashingCost())
        self._slots = threading.BoundedSemaphore(HASHES_AT_ONCE)

    @contextmanager
    def slot(self) -> Iterator[Hashing]:
        """Wait for a free slot. Never call this inside a transaction: waiting would hold the write lock."""
        with self._slots:
            yield self._hashing


def check_new(password: str, about: Collection[str]) -> None:
    """Refuse a weak new password. Raises InvalidInput.

    From 12 to 1,024 characters of any kind, taken exactly as typed; not one of the common ones, also with digits or
    signs around it, and not made of ``about`` (the account's names and address) or of the service's name and little
    else. There are no rules about the kinds of characters.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise InvalidInput("password", f"must have {SHORTEST} to {LONGEST} characters")
    typed = password.casefold()
    common = {typed, _core(typed)} & _common()
    if common or len(set(typed)) < _FEWEST_DIFFERENT or _is_made_of(typed, about):
        raise InvalidInput("password", "is too easy to guess; use several words that do not belong together")


def _is_made_of(typed: str, about: Collection[str]) -> bool:
    """Tell whether few letters are left of a password without the names that everybody knows."""
    parts = {part for text in about for part in re.split(r"[\W_\d]+", text.casefold())}
    known = [part for part in {*parts, *_SERVICE} if len(part) >= _SHORTEST_TELLING]
    left = typed
    for part in sorted(known, key=len, reverse=True):
        left = left.replace(part, "")
    return left != typed and sum(character.isalpha() for character in left) < _FEWEST_OWN_LETTERS


def _core(password: str) -> str:
    """Return the letters inside the digits and signs that people put around a common word."""
    return password.strip("0123456789!\"#$%&'()*+,-./:;<=>?@[]^_{|}~ ")


@cache
def _common() -> frozenset[str]:
    text = files(__package__).joinpath("common_passwords.txt").read_text(encoding="utf-8")
    own = (line.strip() for line in text.splitlines() if line and not line.startswith("#"))
    return frozenset({*own, *zxcvbn.FREQUENCY_LISTS["passwords"]})


def _octets(secret: str) -> bytes:
    # lone surrogates reach us from hostile input and must compare as wrong, not fail
    return secret.encode("utf-8", "surrogatepass")


def _decoy(cost: HashingCost) -> str:
    """Return a well-formed hash of nothing: checking against it takes as long as against a real one."""
    salt, digest = (base64.b64encode(bytes(size)).decode().rstrip("=") for size in (16, 32))
    return f"$argon2id$v=19$m={cost.memory_kib},t={cost.passes},p={cost.lanes}${salt}${digest}"
