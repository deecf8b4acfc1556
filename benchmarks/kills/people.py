"""People who make changes in conversation while servers die under them, and remember what they were told."""

import itertools
import random
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx2
import pyotp

from benchmarks.installations import customer_name, password_of, secret_of

_PATIENCE = 90
_MOST_SAID = 300
_OVER = {"done", "refused", "cancelled"}


@dataclass
class Told:
    """What one person was told: references of receipts by what was asked for, and what was not true."""

    trials: list[str] = field(default_factory=list)
    seats: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    conversations: int = 0
    retries: int = 0
    unknown: int = 0

    @property
    def receipts(self) -> int:
        """How many changes were acknowledged."""
        return len(self.trials) + len(self.seats)


class Person:
    """One partner's administrator with a customer of their own, whom nobody else changes.

    Every message comes after a while of up to ``pause`` seconds, as people think.
    """

    def __init__(self, number: int, addresses: list[str], chance: random.Random, pause: float = 0.2) -> None:
        self.username, self.customer = f"user{number}", customer_name(number)
        self.secret = secret_of(number)
        self.told = Told()
        self._addresses, self._chance, self._pause = addresses, chance, pause
        self._client = httpx2.Client(timeout=20)
        self._numbers = itertools.count(1)
        self._last_step = 0
        self._headers: dict[str, str] = {}

    def sign_in(self) -> None:
        """Open a session; it outlives the servers.

        A code whose answer was lost is spent, as it must be: then signing in begins anew.
        """
        password = {"username": self.username, "password": password_of(self.username)}
        while not self._headers:
            begun = self._post("/session", password)
            answer = {"token": begun["token"], "code": self._code()}
            opened = self._through("POST", "/session/second-factor", answer, also=httpx2.codes.UNAUTHORIZED)
            if "access_token" in opened:
                self._headers = {"Authorization": f"Bearer {opened['access_token']}"}

    @property
    def signed_in(self) -> bool:
        """Whether this person has a session."""
        return bool(self._headers)

    def open(self) -> str:
        """Open a conversation and return its path."""
        return f"/conversations/{self._post('/conversations', {})['id']}"

    def converse(self) -> None:
        """Make one change in a conversation of its own, from the first word to the receipt."""
        trial = not self.told.trials
        where = self.open()
        opening = (
            "start a trial of Email Security Standard for {} with 5 seats"
            if trial
            else "{} needs 1 more seat"
        )
        turn = self.say(where, text=opening.format(self.customer))
        for _ in range(30):
            task = turn["task"]
            phase = task["phase"] if task else None
            if phase in _OVER:
                break
            self._check(where, phase)
            if phase == "stepup":
                turn = self.say(where, code=self._code())
            elif phase in {"committing", "unknown"}:
                self.told.unknown += 1
                turn = self.say(where, text="did it work?")
            elif phase == "confirm":
                turn = self.say(where, text="yes")
            elif task and task["asks"] == "plan":
                turn = self.say(where, text="WF Services Monthly Rolling")
            else:
                turn = self.say(where, text="back")
        self.told.conversations += 1
        receipts = [block["reference"] for block in turn["blocks"] if block["type"] == "receipt"]
        if len(receipts) != 1:
            self.told.wrong.append(
                f"{self.username} was not led to one receipt but to {turn['task']}"[:_MOST_SAID]
            )
        (self.told.trials if trial else self.told.seats).extend(receipts)

    def found(self) -> dict[str, Any]:
        """Return this person's customer as the installation has it now."""
        customers = self.get("/customers")["customers"]
        own = next(item for item in customers if item["name"] == self.customer)
        return dict(self.get(f"/customers/{own['id']}"))

    def say(self, where: str, **content: str) -> dict[str, Any]:
        """Send one message to the conversation at a path and return the turn."""
        time.sleep(self._chance.uniform(0, self._pause))
        return self._post(f"{where}/messages", {"id": f"m-{next(self._numbers)}", **content})

    def _check(self, where: str, phase: str | None) -> None:
        """Between two messages a task is where its user was told, whatever died meanwhile."""
        if self._chance.choice((True, False)):
            return
        time.sleep(self._chance.uniform(0, 0.5))
        now = self.get(where)["task"]
        if (now["phase"] if now else None) != phase:
            self.told.wrong.append(f"{self.username} was told {phase}, and it is {now}")

    def _code(self) -> str:
        """Return a code that was not used before; three are alive at a time."""
        while True:
            step = int(time.time()) // 30
            wanted = max(self._last_step + 1, step - 1)
            if wanted <= step + 1:
                self._last_step = wanted
                return str(pyotp.TOTP(self.secret).at(datetime.fromtimestamp(wanted * 30, UTC)))
            time.sleep(1)

    def get(self, path: str) -> dict[str, Any]:
        """Return what is at a path of the API."""
        return self._through("GET", path, None)

    def _post(self, path: str, body: dict[str, str]) -> dict[str, Any]:
        return self._through("POST", path, body)

    def _through(
        self, method: str, path: str, body: dict[str, str] | None, also: int = httpx2.codes.OK
    ) -> dict[str, Any]:
        """Send to one node or another until one answers; what is sent again is the same request.

        The status ``also`` is as good an answer as success. Raises RuntimeError for any other, and without an answer.
        """
        ends = time.monotonic() + _PATIENCE
        while time.monotonic() < ends:
            address = self._chance.choice(self._addresses)
            try:
                answer = self._client.request(
                    method, f"{address}/api/v1{path}", json=body, headers=self._headers
                )
            except httpx2.TransportError:
                self.told.retries += 1
                time.sleep(0.05)
                continue
            if answer.is_success or answer.status_code == also:
                return dict(answer.json())
            if answer.status_code not in {409, 503}:
                self.told.wrong.append(f"{method} {path}: {answer.status_code} {answer.text[:300]}")
                raise RuntimeError(self.told.wrong[-1])
            self.told.retries += 1
            time.sleep(0.1)
        raise RuntimeError(f"{method} {path} had no answer for {_PATIENCE} seconds")
