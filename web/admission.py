"""Who is let in when there is more to do than can be done: a queue that does not empty takes nobody new.

So many requests run at once as there are database connections kept open; others wait their turn. A burst is served in
full, however long it is. When somebody has been waiting all through the last second, more comes in than goes out: then
whoever comes is told at once to come again, instead of waiting for longer and longer.
"""

import threading
from collections.abc import Callable
from http import HTTPStatus
from time import monotonic

from flask import Flask, Response, current_app, g, request

_KEY = "assistant.admission"
SLOTS = 16
"""How many requests run at once in one process."""
_STANDING_SECONDS = 1.0
_PATIENCE_SECONDS = 20.0
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_FREE = frozenset({"static", "health.alive", "health.figures", "api.healthz", "api.metrics"})


class Admission:
    """Lets in ``slots`` at once, and others as those leave."""

    def __init__(self, slots: int = SLOTS, now: Callable[[], float] = monotonic) -> None:
        self._slots = threading.BoundedSemaphore(slots)
        self._now = now
        self._lock = threading.Lock()
        self._waiting = 0
        self._waited_since = 0.0

    def enter(self) -> bool:
        """Wait for a slot; False means that there will be none soon."""
        if self._slots.acquire(blocking=False):
            return True
        with self._lock:
            now = self._now()
            if self._waiting and now - self._waited_since > _STANDING_SECONDS:
                return False
            if not self._waiting:
                self._waited_since = now
            self._waiting += 1
        try:
            return self._slots.acquire(timeout=_PATIENCE_SECONDS)
        finally:
            with self._lock:
                self._waiting -= 1

    def leave(self) -> None:
        """Give the slot back."""
        self._slots.release()


def install(app: Flask) -> None:
    """Let every request through the queue, except for files and for whoever watches the process."""
    app.extensions[_KEY] = Admission()
    app.before_request(_enter)
    app.teardown_request(_leave)


def _enter() -> Response | None:
    if request.endpoint in _FREE:
        return None
    if request.method not in _READING:
        # whoever sends slowly may keep a thread waiting, but none of the few slots
        request.get_data(parse_form_data=True)
    admission: Admission = current_app.extensions[_KEY]
    if admission.enter():
        g.admission = admission
        return None
    # said without a page: a page asks the database who is looking at it
    return Response(
        '{"type": "about:blank", "title": "Service Unavailable", "status": 503, "code": "busy",'
        ' "detail": "There is more to do than can be done now. Try again in a moment."}\n',
        HTTPStatus.SERVICE_UNAVAILABLE,
        {"Retry-After": "1"},
        mimetype="application/problem+json",
    )


def _leave(_error: BaseException | None) -> None:
    if admission := g.pop("admission", None):
        admission.leave()
