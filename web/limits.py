"""How much one address and one user may ask for in a minute, by kind of request.

The counts are in the memory of this process, on purpose: in the database every suggestion would be a write that waits for
every other. With several processes the limits are therefore so many times as wide; they keep one caller from taking
the others' share and need not be exact. What guards secrets is counted in the database instead, see ``assistant.access``.
Requests from this machine itself are not counted: behind a proxy that the settings do not name everybody would share
one address.
"""

import math
import threading
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import ip_address
from time import monotonic

from flask import Flask, current_app, request

from assistant.domain.addresses import caller_of
from assistant.domain.errors import TooManyAttempts
from assistant.domain.identifiers import UserId
from web.current import application

_KEY = "assistant.limits"
_MINUTE = 60.0
_MOST_CALLERS = 20_000
SHARING = 5
"""How many users' share one address has: an office is seen as one."""

_QUESTIONS = (
    "chat.ask", "widget.ask", "chat.start", "api.answers", "api.message", "api.conversation_open", "api.what_if", "api.look_up", "api.preview",
)  # fmt: skip
_SIGN_IN = ("api.session_begin", "api.session_complete")
_FREE = frozenset({"static", "health.alive", "health.ready", "api.healthz", "api.readyz", ""})


class Shares:
    """Counts by caller: each may use up a minute's share at once, and gets it back evenly; memory is bounded."""

    def __init__(self, now: Callable[[], float] = monotonic, most_callers: int = _MOST_CALLERS) -> None:
        self._now = now
        self._most_callers = most_callers
        self._lock = threading.Lock()
        self._used_until: OrderedDict[tuple[str, str], float] = OrderedDict()

    def take(self, kind: str, caller: str, per_minute: int) -> float:
        """Take one of a caller's share and return 0, or take nothing and return the seconds until there is one."""
        now, key = self._now(), (kind, caller)
        with self._lock:
            until = max(self._used_until.get(key, now), now) + _MINUTE / per_minute
            if until - now > _MINUTE:
                return until - now - _MINUTE
            self._used_until[key] = until
            self._used_until.move_to_end(key)
            if len(self._used_until) > self._most_callers:
                self._used_until.popitem(last=False)
        return 0.0


def install(app: Flask) -> None:
    """Count every request by its address."""
    app.extensions[_KEY] = Shares()
    app.before_request(_count_address)


def count_user(user_id: UserId) -> None:
    """Count this request by who signed in. Raises TooManyAttempts."""
    if (kind := _kind()) and not _from_this_machine():
        _count(kind, f"user {user_id}", 1)


def _count_address() -> None:
    if (kind := _kind()) and not _from_this_machine():
        _count(kind, caller_of(request.remote_addr or ""), SHARING)


def _count(kind: str, caller: str, shares: int) -> None:
    shares_of_all: Shares = current_app.extensions[_KEY]
    per_minute = dict(application().settings.rate_limits)[kind] * shares
    if per_minute and (wait := shares_of_all.take(kind, caller, per_minute)):
        raise TooManyAttempts("Too many requests in a short time. Wait a moment.", max(math.ceil(wait), 1))


def _kind() -> str | None:
    endpoint = request.endpoint or ""
    if endpoint in _FREE:
        return None
    if endpoint in _QUESTIONS:
        return "questions"
    if endpoint.endswith("suggestions"):
        return "suggestions"
    if endpoint in _SIGN_IN or endpoint.startswith("sign_in."):
        return "sign-in"
    return "imports" if "import" in endpoint or endpoint.endswith("batch_prepare") else "other"


def _from_this_machine() -> bool:
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
