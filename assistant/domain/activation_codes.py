"""Activation codes: their shape, visibly synthetic ones, and the masked form that may be shown.

The shape is 31 letters and digits in seven blocks, ``XX-XXXX-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX``; the first two letters name
the product family. Codes made here carry ``DEMO`` as their second block and open nothing anywhere.
"""

import re
from collections.abc import Callable

_JOINT = "[-\u2010-\u2015 ]"
ACTIVATION_CODE = re.compile(rf"(?i)\b[A-Z0-9]{{2}}{_JOINT}[A-Z0-9]{{4}}(?:{_JOINT}[A-Z0-9]{{5}}){{5}}\b")
"""The shape as people write it: in any case, with hyphens, dashes or spaces."""

_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LONG_BLOCKS = 5
_BLOCK = 5
_SHOWN = 2


def synthetic_code(family: str, number: Callable[[int], int]) -> str:
    """Make a synthetic code; ``family`` is two capital letters, ``number(n)`` draws from 0 to n - 1."""
    blocks = ("".join(_ALPHABET[number(len(_ALPHABET))] for _ in range(_BLOCK)) for _ in range(_LONG_BLOCKS))
    return "-".join([family, "DEMO", *blocks])


def masked(code: str) -> str:
    """Return the code, joined by hyphens, with everything hidden but its family and its last two characters."""
    joined = re.sub(_JOINT, "-", code)
    return joined[:_SHOWN] + re.sub(r"[A-Za-z0-9]", "*", joined[_SHOWN:-_SHOWN]) + joined[-_SHOWN:]


def masked_within(text: str) -> str:
    """Return the text with every activation code in it masked."""
    return ACTIVATION_CODE.sub(lambda found: masked(found[0]), text)
