"""Sending letters."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Letter:
    """One letter in plain text; ``id`` is the same at every try, so that a receiver can tell a repeated one."""

    id: str
    address: str
    subject: str
    text: str


class LetterNotSent(Exception):
    """A letter could not be handed over; the message says why in a few words and holds nothing of the letter."""


class Mailer(Protocol):
    """Hands letters over to whatever delivers them."""

    def send(self, letter: Letter) -> None:
        """Send one letter. Raises LetterNotSent."""
