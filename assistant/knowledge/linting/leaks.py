"""Secrets that have no place in knowledge: codes, passwords, keys. A finding never repeats the secret."""

import re
from collections.abc import Iterable

from assistant.domain.recovery_codes import RECOVERY_CODE
from assistant.knowledge.linting.copies import Copies, Finding
from assistant.knowledge.masking import mask_codes

CODE = "secret"
_TERM = r"\b(?:pass\s?words?|passw(?:or)?t|passwörter|kennwort|passphrase|pwd|pw|login\scode)\b"
_KEY_TERM = r"\b(?:(?:api|access|secret|private)[\s_-]?keys?|client[\s_-]?secret|(?:access|auth|bearer|api|refresh)[\s_-]?tokens?|token|secret)\b"
_MARKS = r"[\"'`*_“”„]{0,3}"
_PASSWORD = re.compile(
    rf"{_TERM}{_MARKS}\s{{0,3}}(?:[:=]|\bis\b|\bist\b|\blautet\b)\s{{0,3}}({_MARKS})(\S{{4,100}})",
    re.IGNORECASE,
)
_KEY = re.compile(
    rf"{_KEY_TERM}{_MARKS}\s{{0,3}}(?:[:=]|\bis\b|\bist\b)\s{{0,3}}({_MARKS})(\S{{8,300}})", re.IGNORECASE
)
_VALUE = re.compile(r"(?=\S*[A-Za-z])(?=\S*[0-9!#$%&*+=?^~])\S+")
_SHAPES = (
    ("a private key", re.compile(r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----")),
    (
        "an access key or token",
        re.compile(
            r"\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_\w{30,}|\bgithub_pat_\w{30,}|\bglpat-[\w-]{20,}|\bxox[abprs]-[\w-]{10,}"
            r"|\bsk-[A-Za-z0-9_-]{20,}|\bAIza[\w-]{35}|\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{5,}|\bBearer\s[\w.~+/-]{20,}"
        ),
    ),
    (
        "an address with a password in it",
        re.compile(r"\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@]{1,100}:[^\s/@]{1,100}@"),
    ),
    (
        "an e-mail address with a password beside it",
        re.compile(
            r"[\w.+-]{1,64}@[\w-]{1,100}(?:\.[\w-]{1,60}){1,5}\s{0,2}[:|/;]\s{0,2}(?=\S{0,60}\d)(?=\S{0,60}[A-Za-z])[^\s@]{6,80}"
        ),
    ),
)


def findings(copies: Copies) -> tuple[Finding, ...]:
    """Return every line of the files, shown or not, that seems to hold a secret, once."""
    hint = "take it out of the file, and change or withdraw it: the file was seen by others"
    return tuple(
        Finding(copy.file, number, CODE, f"this looks like {what}", hint)
        for copy in copies.files
        for number, text in copy.lines
        for what in list(_secrets(text))[:1]
    )


def _secrets(text: str) -> Iterable[str]:
    if mask_codes(text)[1]:
        yield "an activation code"
    for what, shape in _SHAPES:
        if shape.search(text):
            yield what
    if _stated(_PASSWORD, text):
        yield "a password"
    if _stated(_KEY, text):
        yield "an access key or token"
    if any("-" in match[0] and any(c.isdigit() for c in match[0]) for match in RECOVERY_CODE.finditer(text)):
        yield "a recovery code"


def _stated(pattern: re.Pattern[str], text: str) -> bool:
    """Tell whether a value stands behind the name: quoted, or with digits or signs that words do not have."""
    return any(
        bool(re.search(r"[\"'`“„]", match[1])) or _VALUE.fullmatch(match[2].rstrip(".,;:)?!*_")) is not None
        for match in pattern.finditer(text)
    )
