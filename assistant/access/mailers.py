"""Two ways to send letters: into a folder, for demos and tests, and to a mail server by SMTP."""

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

from assistant.ports.mail import Letter, LetterNotSent

_SECONDS = 10.0


@dataclass(frozen=True)
class MailServer:
    """Where letters are handed over; ``secure`` upgrades the connection with STARTTLS before anything is said."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    secure: bool = True


class FolderMailer:
    """Writes each letter to a file of its own, which a mail program can open."""

    def __init__(self, folder: Path, sender: str) -> None:
        self._folder = folder
        self._sender = sender

    def send(self, letter: Letter) -> None:
        """Write one letter, readable for this user of the machine only."""
        path = self._folder / f"{letter.id}.eml"
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.touch(mode=0o600)
            path.write_bytes(_message(letter, self._sender).as_bytes())
        except OSError as error:
            raise LetterNotSent(f"folder: {error.strerror}") from error


class SmtpMailer:
    """Sends each letter over a connection of its own."""

    def __init__(self, server: MailServer, seconds: float = _SECONDS) -> None:
        self._server = server
        self._seconds = seconds

    def send(self, letter: Letter) -> None:
        """Send one letter."""
        server = self._server
        try:
            with smtplib.SMTP(server.host, server.port, timeout=self._seconds) as connection:
                if server.secure:
                    connection.starttls(context=ssl.create_default_context())
                if server.user:
                    connection.login(server.user, server.password)
                connection.send_message(_message(letter, server.sender))
        except (OSError, smtplib.SMTPException) as error:
            raise LetterNotSent(type(error).__name__) from error


def _message(letter: Letter, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, letter.address, letter.subject
    message["Message-ID"] = f"<{letter.id}@{sender.rpartition('@')[2] or 'localhost'}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    return message
