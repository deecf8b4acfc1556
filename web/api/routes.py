"""Every route of the API: its address, who may call it, and what answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from web.api import answers, batches, conversations, desk, flows, licensing, session, usage, what_ifs
from web.pages import health

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_DAY: Schema = {"type": "string", "format": "date"}
_NUMBER: Schema = {"type": "integer"}
_OBJECT: Schema = {"type": "object"}


@dataclass(frozen=True)
class Route:
    """One route; ``who`` is anyone, optional (a token is used if sent) or bearer; ``body`` and ``query`` are schemas.

    ``answer`` names the form of what a success returns, where the description states it.
    """

    method: str
    path: str
    who: str
    summary: str
    handler: Callable[..., Any]
    endpoint: str
    query: dict[str, Schema] = field(default_factory=dict)
    body: Schema | None = None
    success: int = 200
    answer: str | None = None


def _body(*required: str, **properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


_MESSAGE = _body(
    "id",
    id={"type": "string", "minLength": 1, "maxLength": 64},
    text={"type": "string", "maxLength": 4000},
    choice=_TEXT,
    values={
        "type": "object",
        "additionalProperties": _TEXT,
        "description": "Slots of the open task, as the schema Slots_FLOW of its flow names them",
    },
    code=_TEXT,
)
_AUDIENCE: Schema = {"type": "string", "enum": ["partner", "sales"]}

ROUTES: tuple[Route, ...] = (
    Route(
        "GET",
        "/answers",
        "optional",
        "Answer one question with stored text, or abstain",
        answers.ask,
        "answers",
        {"q": _TEXT, "as_of": _DAY, "audience": _AUDIENCE},
        answer="Answer",
    ),
    Route(
        "GET",
        "/suggestions",
        "optional",
        "Published questions for what was typed so far",
        answers.suggest,
        "suggestions",
        {"q": _TEXT},
    ),
    Route(
        "GET",
        "/entries/{entry_id}",
        "optional",
        "One published entry",
        answers.entry,
        "entry",
        answer="Entry",
    ),
    Route("GET", "/entries/{entry_id}/versions", "optional", "Its versions", answers.versions, "versions"),
    Route(
        "POST",
        "/session",
        "anyone",
        "Sign in, first step",
        session.begin,
        "session_begin",
        body=_body("username", "password", username=_TEXT, password=_TEXT, device=_TEXT),
    ),
    Route(
        "POST",
        "/session/second-factor",
        "anyone",
        "Sign in, second step",
        session.complete,
        "session_complete",
        body=_body("token", "code", token=_TEXT, code=_TEXT, device=_TEXT),
    ),
    Route("GET", "/session", "bearer", "Who is signed in", session.show, "session"),
    Route("DELETE", "/session", "bearer", "Sign out", session.end, "session_end", success=204),
    Route(
        "POST",
        "/conversations",
        "optional",
        "Open a conversation",
        conversations.open_one,
        "conversation_open",
        body=_body(),
        success=201,
    ),
    Route(
        "GET",
        "/conversations/{conversation_id}",
        "optional",
        "State and transcript of one's own conversation",
        conversations.show,
        "conversation",
    ),
    Route(
        "POST",
        "/conversations/{conversation_id}/messages",
        "optional",
        "Send a message; the same id gives the same reply",
        conversations.send,
        "message",
        body=_MESSAGE,
    ),
    Route(
        "GET",
        "/flows",
        "anyone",
        "The guided workflows, each with the slots that it asks for",
        flows.listing,
        "flows",
    ),
    Route("GET", "/tasks", "bearer", "One's own tasks", conversations.tasks, "tasks"),
    Route("GET", "/tasks/{task_id}", "bearer", "One of them", conversations.task, "task"),
    Route(
        "POST",
        "/licensing/look-up",
        "bearer",
        "Ask the licensing backend",
        licensing.look_up,
        "look_up",
        body=_OBJECT,
    ),
    Route(
        "POST",
        "/licensing/preview",
        "bearer",
        "Preview a change",
        licensing.preview,
        "preview",
        body=_OBJECT,
    ),
    Route(
        "POST",
        "/licensing/execute",
        "bearer",
        "Make a confirmed change, once for each capsule",
        licensing.execute,
        "execute",
        body=_body("capsule", capsule=_OBJECT, code=_TEXT, proof=_OBJECT),
    ),
    Route("GET", "/licensing/status/{key}", "bearer", "What became of a change", licensing.status, "status"),
    Route(
        "POST",
        "/licensing/withdraw",
        "bearer",
        "Settle a change that was sent and not answered",
        licensing.withdraw,
        "withdraw",
        body=_body("key", key=_TEXT),
    ),
    Route(
        "POST",
        "/licensing/batches",
        "bearer",
        "Keep changes as a batch, to be previewed and confirmed as one",
        batches.prepare,
        "batch_prepare",
        body=_body("rows", rows={"type": "array", "items": _OBJECT}),
    ),
    Route(
        "POST",
        "/licensing/batches/{batch_id}/go-on",
        "bearer",
        "Make the next changes of a confirmed batch",
        batches.go_on,
        "batch_go_on",
        body=_body(),
    ),
    Route(
        "POST",
        "/licensing/batches/{batch_id}/stop",
        "bearer",
        "Let a confirmed batch begin no further change",
        batches.stop,
        "batch_stop",
        body=_body(),
    ),
    Route(
        "POST",
        "/licensing/reveal",
        "bearer",
        "Show one activation code in full, which is recorded",
        licensing.reveal,
        "reveal",
        body=_body("customer_id", "licence_id", customer_id=_TEXT, licence_id=_TEXT),
    ),
    Route(
        "GET",
        "/customers",
        "bearer",
        "One's own customers",
        licensing.customers,
        "customers",
    ),
    Route("GET", "/customers/{customer_id}", "bearer", "One of them", licensing.customer, "customer"),
    Route(
        "GET",
        "/bands",
        "anyone",
        "The user bands of a number of seats, and of so many more or fewer",
        usage.bands,
        "bands",
        {"seats": _NUMBER, "change": _NUMBER},
        answer="Bands",
    ),
    Route(
        "POST",
        "/what-if",
        "optional",
        "What would follow from a change, reckoned with entered numbers; nothing is changed",
        what_ifs.reckon,
        "what_if",
        body=_body("op", **what_ifs.BODY),
        answer="WhatIf",
    ),
    Route(
        "GET",
        "/usage/{month}",
        "bearer",
        "One's own usage report of a month, written YYYY-MM; as CSV on demand",
        usage.month,
        "usage",
        {"format": {"type": "string", "enum": ["json", "csv"]}},
        answer="UsageReport",
    ),
    Route(
        "GET",
        "/history",
        "bearer",
        "One's own changes, newest first",
        licensing.history,
        "history",
        {"customer": _TEXT, "limit": {"type": "integer", "minimum": 1, "maximum": 500}},
    ),
    *(Route(**described) for described in desk.ROUTES),
    Route("GET", "/healthz", "anyone", "Is the process alive", health.alive, "healthz"),
    Route("GET", "/readyz", "anyone", "Can it answer", health.ready, "readyz"),
    Route("GET", "/metrics", "operator", "Figures for Prometheus", health.figures, "metrics"),
)
