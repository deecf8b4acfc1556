"""The outbox: letters are stored with what they tell of, in one transaction, and sent afterwards.

So a mail server that is away neither stops nor undoes anything, and no letter tells of what did not happen.
"""

import json
import logging
import threading
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files

from assistant.access.keys import Vault
from assistant.domain.accounts import User
from assistant.domain.errors import AssistantError
from assistant.ports.clock import Clock, Ids
from assistant.ports.mail import Letter, LetterNotSent, Mailer
from assistant.ports.storage import Storage
from assistant.ports.storage.identity import IdentityUnit
from assistant.ports.storage.identity_links import StoredLetter

_log = logging.getLogger("assistant.mail")
_AT_ONCE = 50
_HELD_FOR = timedelta(minutes=5)
"""For so long nobody else tries a letter that somebody took: longer than any mail server is waited for."""
_MOST_TRIES = 10
_LONGEST_PAUSE = timedelta(hours=1)
_KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True)
class PostOffice:
    """What is needed to send: the mailer, the public address of the pages, and how to go on after storing a letter.

    ``in_background`` runs the sending; a folder needs none, a mail server is never waited for in a request.
    """

    mailer: Mailer
    base_url: str
    in_background: Callable[[Callable[[], object]], None] | None = None


class Outbox:
    """Stores letters and sends them."""

    def __init__(
        self, storage: Storage[IdentityUnit], clock: Clock, ids: Ids, vault: Vault, office: PostOffice
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._ids = ids
        self._vault = vault
        self._office = office
        self._waiting = threading.Event()

    def put(self, unit: IdentityUnit, kind: str, user: User, now: datetime, **values: object) -> None:
        """Store a letter to a user in the caller's transaction; a user without an address gets none."""
        if user.email:
            self.put_to(unit, kind, user.email, user, now, **values)

    def put_to(
        self, unit: IdentityUnit, kind: str, recipient: str, user: User, now: datetime, **values: object
    ) -> None:
        """Store a letter to an address; one to nowhere costs the same and is never sent."""
        words = {
            "name": user.principal.name,
            "username": user.username,
            "when": _moment(now),
            "account": self.address_of("/account"),
        }
        letter_id = self._ids.new("ML")
        written = json.dumps(_written(kind, {**words, **values}))
        sealed = self._vault.seal(written, _owner(letter_id))
        unit.letters.add(StoredLetter(letter_id, recipient, kind, sealed, now))
        self._waiting.set()

    def address_of(self, path: str) -> str:
        """Return the public address of a page."""
        return self._office.base_url.rstrip("/") + path

    def nudge(self) -> None:
        """Send what was stored; call it after the commit. Whatever is wrong with the mail is logged and tried again."""
        if not self._waiting.is_set():
            return
        if self._office.in_background:
            self._office.in_background(self._try)
        else:
            self._try()

    def deliver(self) -> Mapping[str, int]:
        """Send all letters that are due and return how many were ``sent`` and ``failed``."""
        self._waiting.clear()
        counted = {"sent": 0, "failed": 0}
        while taken := self._take():
            for letter in taken:
                counted["sent" if self._sent(letter) else "failed"] += 1
        return counted

    def reseal(self, unit: IdentityUnit) -> None:
        """Seal what waits with the newest key."""
        for letter in unit.letters.unsent():
            if not self._vault.is_current(letter.sealed):
                text = self._vault.open(letter.sealed, _owner(letter.id))
                unit.letters.reseal(letter.id, letter.sealed, self._vault.seal(text, _owner(letter.id)))

    def _try(self) -> None:
        try:
            self.deliver()
        except AssistantError as error:
            _log.warning("letters wait: %s", error.message)

    def _take(self) -> tuple[StoredLetter, ...]:
        now = self._clock.now()
        with self._storage.writing() as unit:
            taken = unit.letters.take(now, now + _HELD_FOR, _AT_ONCE)
            unit.letters.forget_before(now - _KEPT_FOR)
            unit.commit()
        return taken

    def _sent(self, stored: StoredLetter) -> bool:
        fault = self._fault_of(stored) if stored.address else None
        now = self._clock.now()
        with self._storage.writing() as unit:
            if fault is None:
                unit.letters.sent(stored.id, now)
            else:
                unit.letters.failed(stored.id, fault, next_try(stored.tries, now))
            unit.commit()
        if fault:
            _log.warning("letter %s (%s) was not sent: %s", stored.id, stored.kind, fault)
        return fault is None

    def _fault_of(self, stored: StoredLetter) -> str | None:
        written = json.loads(self._vault.open(stored.sealed, _owner(stored.id)))
        try:
            self._office.mailer.send(Letter(stored.id, stored.address, written["subject"], written["text"]))
        except LetterNotSent as error:
            return str(error)[:200]
        return None


def next_try(tries: int, now: datetime) -> datetime | None:
    """Return when a letter is tried again after so many earlier tries: later each time; None gives it up."""
    pause = min(timedelta(minutes=2 ** min(tries, _MOST_TRIES)), _LONGEST_PAUSE)
    return now + pause if tries + 1 < _MOST_TRIES else None


def run_in_thread(work: Callable[[], object]) -> None:
    """Do the work beside the request; a process that ends leaves it to the next one."""
    threading.Thread(target=work, name="outbox", daemon=True).start()


def until(instant: datetime) -> str:
    """Write the end of a link's life as people read it."""
    return _moment(instant)


def _written(kind: str, values: Mapping[str, object]) -> dict[str, str]:
    letter = _catalogue()[kind]
    shown = {name: " ".join(str(value).split()) for name, value in values.items()}
    return {
        "subject": letter["subject"].format(**shown),
        "text": letter["text"].strip().format(**shown) + "\n",
    }


@cache
def _catalogue() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files(__package__).joinpath("letters/en.toml").read_text(encoding="utf-8"))


def _owner(letter_id: str) -> str:
    return f"letter:{letter_id}"


def _moment(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
