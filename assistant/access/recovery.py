"""Recovery codes: ten secrets for the day the authenticator is lost, each good for one sign-in.

A code is 16 characters of Crockford base 32. The first two find the row, the other fourteen (70 random bits) are
hashed with Argon2id. So checking a code takes one hash and not ten, and a stolen table still gives nothing away.
"""

import re

from assistant.ports.clock import Ids

HOW_MANY = 10
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SELECTOR, _SECRET, _GROUP = 2, 14, 4
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", " ": "", "-": ""})


def new_codes(ids: Ids) -> tuple[str, ...]:
    """Return ten codes, written in groups of four; no two start with the same two characters."""
    codes: dict[str, str] = {}
    while len(codes) < HOW_MANY:
        characters = "".join(_ALPHABET[ids.number(len(_ALPHABET))] for _ in range(_SELECTOR + _SECRET))
        codes.setdefault(characters[:_SELECTOR], characters)
    return tuple(_grouped(code) for code in codes.values())


def read_code(typed: str) -> tuple[str, str] | None:
    """Return selector and secret of a typed code, or None if it cannot be one.

    Case, hyphens and spaces do not matter, and the letters O, I and L are read as the digits they look like.
    """
    if len(typed) > 2 * (_SELECTOR + _SECRET):
        return None
    characters = typed.upper().translate(_LOOKALIKES)
    if not re.fullmatch(f"[{_ALPHABET}]{{{_SELECTOR + _SECRET}}}", characters):
        return None
    return characters[:_SELECTOR], characters[_SELECTOR:]


def _grouped(characters: str) -> str:
    return "-".join(characters[start : start + _GROUP] for start in range(0, len(characters), _GROUP))
