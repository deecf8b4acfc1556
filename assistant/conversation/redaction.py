"""Secrets leave a message before anything is stored: one-time codes, recovery codes, activation codes, named passwords.

At step-up a code becomes a value of its own; anywhere else it is masked and not used. Six digits stay only where they
answer a prompt for a number or stand beside a word that makes them an amount.
"""

import re
import unicodedata
from dataclasses import dataclass, replace

from assistant.conversation.state import Phase
from assistant.conversation.words import FILLER, words_of
from assistant.domain.activation_codes import masked_within
from assistant.domain.recovery_codes import RECOVERY_CODE
from assistant.ports.conversations import Message

MASK = "\u2022\u2022\u2022\u2022\u2022\u2022"

_CODE = re.compile(
    r"(?<![\w.,-])(?:\d{3}[\s.\-\u2013\u00b7]?\d{3}|\d\d\s\d\d\s\d\d|\d(?:\s\d){5})(?![\w-]|[.,]\d)"
)
_ONLY_CODE = re.compile(r"\s*(\d{3}[ \u00a0]?\d{3})\s*[.!]?\s*")
_NAMED_CODE = re.compile(
    r"(?i)\b(code|otp|pin|totp|kode|token)\b(\W{1,4}(?:is|ist|lautet|s)?\W{0,3})(\d[\d\s.\-]{4,9}\d)"
)
_CODE_OF_A_NAME = re.compile(
    r"(?i)(?<![\w.,-])\d[\d\s.\-]{4,9}\d(?=\W{1,3}(?:is|ist)\W(?:my|the|mein|der)\W(?:code|otp|pin|totp))"
)
_PASSWORD = re.compile(
    r"(?i)\b((?:password|passphrase|passwort|kennwort|pwd|pw|secret)"
    r"(?:\s{1,3}(?:is|ist|lautet|heißt|heisst|was|war)\b\s{0,3}:?|['\u2019]s\b|\s{0,3}[:=]|\s(?=\S{0,60}\d)(?=\S{0,60}[^\W\d]))\s{0,3})"
    r"(?!(?:not|no longer|wrong|lost|gone|expired|forgotten|incorrect|invalid|required|needed|too|case|nicht|falsch|weg|abgelaufen|vergessen|nötig)\b)"
    r"\S[^\n]*"
)
"""What follows may hold spaces, so that all of it to the end of the line is taken for the password.

It is named with a verb, a colon or the like between, or is a next word of letters and digits.
"""
_AMOUNT_BEFORE = re.compile(r"(?i)\b(?:to|auf|by|um|over|über|than|total of)\s+$")
_AMOUNT_AFTER = re.compile(
    r"(?i)\s*(?:seats?|users?|licen[cs]es?|more|fewer|less|in total|plätze|lizenzen|mehr|weniger)\b"
)
_LONG_DIGITS = re.compile(r"\d(?:[\s.\-\u2013\u00b7]?\d){4,}")
_BESIDE_A_CODE = FILLER | frozenset(
    """my is it code otp pin totp token yes ja confirm with here use authenticator app mein ist lautet hier mit . !""".split()
)


@dataclass(frozen=True)
class Redacted:
    """A message fit for storing: ``said`` is what the transcript shows, ``message`` what the engine reads."""

    message: Message
    said: str


def redact(message: Message, phase: Phase | None, *, number_asked: bool) -> Redacted:
    """Take secrets out of a message. ``number_asked`` keeps six digits that answer a prompt for a number."""
    if message.code is not None:
        return Redacted(message, MASK)
    if message.text is None:
        return _chosen(message)
    text = masked_within(_PASSWORD.sub(rf"\1{MASK}", message.text))
    if phase is Phase.STEPUP:
        return _at_step_up(message, text)
    if _ONLY_CODE.fullmatch(text) and not number_asked:
        return Redacted(replace(message, text=None, code=_digits(text)), MASK)
    masked = _CODE_OF_A_NAME.sub(MASK, _NAMED_CODE.sub(rf"\1\2{MASK}", RECOVERY_CODE.sub(MASK, text)))
    if not number_asked:
        masked = _CODE.sub(_masked_unless_an_amount, masked)
    return Redacted(replace(message, text=masked), masked)


def _at_step_up(message: Message, text: str) -> Redacted:
    found = _CODE.search(text)
    masked = _LONG_DIGITS.sub(MASK, RECOVERY_CODE.sub(MASK, text))
    if found and _says_only_the_code(text, found):
        return Redacted(replace(message, text=None, code=_digits(found.group())), masked)
    return Redacted(replace(message, text=masked), masked)


def _says_only_the_code(text: str, found: re.Match[str]) -> bool:
    """Tell whether nothing stands beside the code: with a correction beside it, the code confirms nothing."""
    beside = words_of(f"{text[: found.start()]} {text[found.end() :]}")
    return all(word.text in _BESIDE_A_CODE for word in beside)


def _masked_unless_an_amount(found: re.Match[str]) -> str:
    before, after = found.string[: found.start()], found.string[found.end() :]
    return found.group() if _AMOUNT_BEFORE.search(before) or _AMOUNT_AFTER.match(after) else MASK


def _digits(text: str) -> str:
    return "".join(str(unicodedata.digit(c)) for c in text if c.isdigit())


def _chosen(message: Message) -> Redacted:
    values = {name: _masked_value(value) for name, value in (message.values or {}).items()}
    if message.values is not None:
        said = ", ".join(f"{name}: {value}" for name, value in values.items())
        return Redacted(replace(message, values=values), said)
    # an id may look like a recovery code, so only what is shown is masked
    return Redacted(message, _masked_value(message.choice or ""))


def _masked_value(value: str) -> str:
    return RECOVERY_CODE.sub(MASK, masked_within(_PASSWORD.sub(rf"\1{MASK}", value)))
