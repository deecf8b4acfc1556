"""Activation codes: their shape, visibly synthetic ones, and the masked form that may be shown.

The shape is 31 letters and digits in seven blocks, ``XX-XXXX-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX``; the first two letters name
the product family. Codes made here carry ``DEMO`` as their second block and open nothing anywhere.
"""

import re
from collections.abc import Callable

_SHAPE = re.compile(r"[A-Z]{2}-[A-Z0-9]{4}(-[A-Z0-9]{5}){5}")
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LONG_BLOCKS = 5
_BLOCK = 5
_SHOWN = 2


def is_activation_code(text: str) -> bool:
    """Tell whether a text has the shape of an activation code, upper case and with its hyphens."""
    return _SHAPE.fullmatch(text) is not None


def synthetic_code(family: str, number: Callable[[int], int]) -> str:
    """Make a synthetic code; ``family`` is two capital letters, ``number(n)`` draws from 0 to n - 1."""
    blocks = ("".join(_ALPHABET[number(len(_ALPHABET))] for _ in range(_BLOCK)) for _ in range(_LONG_BLOCKS))
    return "-".join([family, "DEMO", *blocks])


def masked(code: str) -> str:
    """Return the code with everything hidden but its family and its last two characters, hyphens kept."""
    hidden = re.sub(r"[A-Z0-9]", "*", code[_SHOWN:-_SHOWN])
    return code[:_SHOWN] + hidden + code[-_SHOWN:]
