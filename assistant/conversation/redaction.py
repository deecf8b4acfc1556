"""Secrets leave a message before anything is stored: one-time codes, recovery codes and activation codes.

At step-up a code becomes a value of its own; anywhere else it is masked and not used.
"""

import re
from dataclasses import dataclass, replace

from assistant.conversation.state import Phase
from assistant.ports.conversations import Message

_SHORT = 6
MASK = "\u2022\u2022\u2022\u2022\u2022\u2022"

_CODE = re.compile(r"(?<![\w.,-])(\d{3}[ \u00a0]?\d{3})(?![\w-]|[.,]\d)")
_ONLY_CODE = re.compile(r"\s*(\d{3})[ \u00a0]?(\d{3})\s*[.!]?\s*")
_NAMED_CODE = re.compile(
    r"(?i)\b(code|otp|pin|totp|kode|token)\b(\W{1,4}(?:is|ist|lautet)?\W{0,3})(\d[\d \u00a0-]{4,9}\d)"
)
_ACTIVATION = re.compile(r"(?i)\b([A-Z0-9]{2})-([A-Z0-9]{4})(?:-[A-Z0-9]{5}){4}-([A-Z0-9]{5})\b")
_RECOVERY = re.compile(r"(?i)(?<![\w-])[a-z0-9]{4,6}(?:-[a-z0-9]{4,6}){2,5}(?![\w-])")
_LONG_DIGITS = re.compile(r"\d[\d \u00a0]{3,}\d")


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
        return Redacted(message, _described(message))
    text = mask_activation_codes(message.text)
    if phase is Phase.STEPUP:
        return _at_step_up(message, text)
    if _ONLY_CODE.fullmatch(text) and not number_asked:
        return Redacted(replace(message, text=None, code=_digits(text)), MASK)
    masked = _RECOVERY.sub(MASK, _NAMED_CODE.sub(rf"\1\2{MASK}", text))
    return Redacted(replace(message, text=masked), masked)


def mask_activation_codes(text: str) -> str:
    """Keep only the product letters and the last block of any activation code."""
    return _ACTIVATION.sub(r"\1-****-*****-*****-*****-*****-\3", text)


def _at_step_up(message: Message, text: str) -> Redacted:
    found = _CODE.search(text)
    masked = _LONG_DIGITS.sub(MASK, _RECOVERY.sub(MASK, text))
    if found and len(text.split()) <= _SHORT:
        return Redacted(replace(message, text=None, code=_digits(found.group(1))), masked)
    return Redacted(replace(message, text=masked), masked)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _described(message: Message) -> str:
    if message.values is not None:
        return ", ".join(f"{name}: {mask_activation_codes(value)}" for name, value in message.values.items())
    return message.choice or ""
