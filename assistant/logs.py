"""Log lines that machines can read: one JSON object a line, on standard error, without secrets.

Modules log through the standard library's ``logging``; this is the only place that decides what a line looks like.
"""

import logging
import re
import sys
from collections.abc import Callable, MutableMapping
from contextvars import ContextVar
from typing import Any, TextIO

import structlog

from assistant.domain.activation_codes import ACTIVATION_CODE
from assistant.domain.errors import InvalidInput
from assistant.domain.recovery_codes import RECOVERY_CODE

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_SECRET_NAMES = frozenset({"code", "password", "token", "secret", "recovery_code", "activation_code"})
_ONE_TIME_CODE = re.compile(r"(?<![\w.])\d{6}(?![\w.])")
_MASK = "******"


_request: ContextVar[Callable[[], str]] = ContextVar("request", default=str)


def name_requests(reference: Callable[[], str]) -> None:
    """Let ``request_id`` give the id under which the request in hand stands in the log; for whoever receives requests."""
    _request.set(reference)


def request_id() -> str:
    """Return the id of the request in hand, empty outside one."""
    return _request.get()()


def configure(level: str, stream: TextIO | None = None) -> None:
    """Send all log lines of this level and above to ``stream`` (standard error). Raises InvalidInput for another level."""
    if level not in LEVELS:
        raise InvalidInput("ASSISTANT_LOG_LEVEL", "must be one of " + ", ".join(LEVELS))
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.stdlib.ExtraAdder(),
            ],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                without_secrets,
                structlog.processors.JSONRenderer(ensure_ascii=True),
            ],
        )
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # it tells of every look at the database's migration
    logging.getLogger("alembic").setLevel(logging.WARNING)


def without_secrets(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Mask what is named like a secret and what looks like a one-time, a recovery or an activation code."""
    for name, value in event.items():
        if name in _SECRET_NAMES:
            event[name] = _MASK
        elif isinstance(value, str) and name != "timestamp":
            event[name] = _hidden(value)
    return event


def _hidden(text: str) -> str:
    for shape in (ACTIVATION_CODE, RECOVERY_CODE, _ONE_TIME_CODE):
        text = shape.sub(_MASK, text)
    return text
