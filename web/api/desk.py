"""The vendor's licensing desk for programs: the list of cases, one case whole, and each act on it; and the forms of all that.

Every act but claiming names the version of the case it was decided on, and is refused as a conflict where the case has changed.
"""

from typing import Any

from flask import request

from assistant.domain.errors import InvalidInput
from assistant.domain.identifiers import HandOffId
from assistant.ports.hand_offs import DeskStep, HandOffView, ListedHandOff, Shown, StepPreview, StepTaken
from assistant.ports.wire.fields import Fields
from web import queries, visitors
from web.api.bodies import body
from web.current import application

Schema = dict[str, Any]

_LONGEST_TEXT = 4000
_LONGEST_VALUE = 1000
_LONGEST_OUTSIDE = 100
_LISTS = ("open", "mine", "closed")

_STRING: Schema = {"type": "string"}
_VERSION: Schema = {"type": "integer", "minimum": 1, "description": "The version the act was decided on"}
_TEXT: Schema = {"type": "string", "minLength": 1, "maxLength": _LONGEST_TEXT}


def _body(*required: str, **properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def listed() -> dict[str, list[ListedHandOff]]:
    """List the cases that are open, one's own, or closed."""
    queries.only("state", "q", "flow")
    which = request.args.get("state", "open")
    shown = Shown(which, queries.words("q"), queries.words("flow") or None)
    return {"cases": application().hand_offs.listed(visitors.bearer(), shown)}


def show(case_id: str) -> HandOffView:
    """Show one case whole."""
    return application().hand_offs.show(visitors.bearer(), HandOffId(case_id))


def claim(case_id: str) -> HandOffView:
    """Take an open case."""
    who = visitors.bearer()
    body().done()
    return application().hand_offs.claim(who, HandOffId(case_id))


def release(case_id: str) -> HandOffView:
    """Give a claimed case back to the list."""
    who, fields = visitors.bearer(), body()
    seen = _seen(fields)
    fields.done()
    return application().hand_offs.release(who, HandOffId(case_id), seen)


def write(case_id: str) -> HandOffView:
    """Write to the partner."""
    who, fields = visitors.bearer(), body()
    seen, text = _seen(fields), fields.text("text", limit=_LONGEST_TEXT)
    fields.done()
    return application().hand_offs.write(who, HandOffId(case_id), seen, text)


def correct(case_id: str) -> HandOffView:
    """Fill slots as the partner would."""
    who, fields = visitors.bearer(), body()
    seen, values = _seen(fields), _values(fields)
    fields.done()
    return application().hand_offs.correct(who, HandOffId(case_id), seen, values)


def give_back(case_id: str) -> HandOffView:
    """Let the partner go on with the task."""
    who, fields = visitors.bearer(), body()
    seen, text = _seen(fields), fields.optional_text("text", limit=_LONGEST_TEXT)
    fields.done()
    return application().hand_offs.give_back(who, HandOffId(case_id), seen, text or "")


def complete(case_id: str) -> HandOffView:
    """Say what was done."""
    who, fields = visitors.bearer(), body()
    seen, text = _seen(fields), fields.text("text", limit=_LONGEST_TEXT)
    outside = fields.optional_text("outside", limit=_LONGEST_OUTSIDE)
    fields.done()
    return application().hand_offs.complete(who, HandOffId(case_id), seen, text, outside)


def steps(case_id: str) -> dict[str, list[DeskStep]]:
    """List the migrations of the case's customer that wait for the desk."""
    queries.only()
    return {"steps": application().desk_steps.possible(visitors.bearer(), HandOffId(case_id))}


def preview_step(case_id: str) -> StepPreview:
    """Show what recording the step would do."""
    who, fields = visitors.bearer(), body()
    migration, evidence = fields.text("migration"), fields.text("evidence", limit=_LONGEST_VALUE)
    fields.done()
    return application().desk_steps.preview(who, HandOffId(case_id), migration, evidence)


def take_step(case_id: str) -> HandOffView:
    """Record the step that was shown, and complete the case under its reference."""
    who, fields = visitors.bearer(), body()
    seen = _seen(fields)
    taken = StepTaken(
        migration=fields.text("migration"),
        evidence=fields.text("evidence", limit=_LONGEST_VALUE),
        hash=fields.text("hash"),
        code=fields.text("code", limit=_LONGEST_OUTSIDE),
        text=fields.text("text", limit=_LONGEST_TEXT),
    )
    fields.done()
    return application().desk_steps.complete(who, HandOffId(case_id), seen, taken)


def close(case_id: str) -> HandOffView:
    """End a case without doing it."""
    who, fields = visitors.bearer(), body()
    seen, text = _seen(fields), fields.text("text", limit=_LONGEST_TEXT)
    fields.done()
    return application().hand_offs.close(who, HandOffId(case_id), seen, text)


def _seen(fields: Fields) -> int:
    return fields.number("version", lowest=1)


def _values(fields: Fields) -> dict[str, str]:
    values = fields.named("values")
    for name, value in values.items():
        if isinstance(value, bool) or not isinstance(value, str | int) or len(str(value)) > _LONGEST_VALUE:
            raise InvalidInput(f"values.{name[:100]}", "must be a text or a whole number")
    return {name: str(value) for name, value in values.items()}


def _act(path: str, summary: str, handler: Any, required: tuple[str, ...], **properties: Schema) -> Schema:
    return {
        "method": "POST",
        "path": f"/desk/cases/{{case_id}}/{path}",
        "who": "bearer",
        "summary": summary,
        "handler": handler,
        "endpoint": f"desk_{path}",
        "body": _body(*required, **properties),
        "answer": "Case",
    }


ROUTES: tuple[dict[str, Any], ...] = (
    {
        "method": "GET",
        "path": "/desk/cases",
        "who": "bearer",
        "summary": "The licensing desk's cases",
        "handler": listed,
        "endpoint": "desk_cases",
        "query": {"state": {"type": "string", "enum": list(_LISTS)}, "q": _STRING, "flow": _STRING},
        "answer": "CaseList",
    },
    {
        "method": "GET",
        "path": "/desk/cases/{case_id}",
        "who": "bearer",
        "summary": "One of them whole",
        "handler": show,
        "endpoint": "desk_case",
        "answer": "Case",
    },
    _act("claim", "Take an open case; one of several operators gets it", claim, ()),
    _act("release", "Give a claimed case back to the list", release, ("version",), version=_VERSION),
    _act("messages", "Write to the partner", write, ("version", "text"), version=_VERSION, text=_TEXT),
    _act(
        "corrections",
        "Fill slots as the partner would",
        correct,
        ("version", "values"),
        version=_VERSION,
        values={"type": "object", "additionalProperties": {"type": ["string", "integer"]}},
    ),
    _act(
        "return",
        "Let the partner go on with the task",
        give_back,
        ("version",),
        version=_VERSION,
        text={**_TEXT, "type": ["string", "null"]},
    ),
    _act(
        "complete",
        "Say what was done, with the reference on the vendor's own system",
        complete,
        ("version", "text"),
        version=_VERSION,
        text=_TEXT,
        outside={"type": ["string", "null"], "minLength": 1, "maxLength": _LONGEST_OUTSIDE},
    ),
    {
        "method": "GET",
        "path": "/desk/cases/{case_id}/steps",
        "who": "bearer",
        "summary": "Migrations of the case's customer that wait for the desk",
        "handler": steps,
        "endpoint": "desk_steps",
        "answer": "CaseSteps",
    },
    _act(
        "preview-step",
        "Show what recording the desk's step of a migration would do",
        preview_step,
        ("migration", "evidence"),
        migration=_STRING,
        evidence={**_TEXT, "maxLength": _LONGEST_VALUE},
    )
    | {"answer": "CaseStepPreview"},
    _act(
        "step",
        "Record the step that was shown, with the operator's own code, and complete the case under its reference",
        take_step,
        ("version", "migration", "evidence", "hash", "code", "text"),
        version=_VERSION,
        migration=_STRING,
        evidence={**_TEXT, "maxLength": _LONGEST_VALUE},
        hash={**_STRING, "pattern": "^[0-9a-f]{64}$"},
        code=_STRING,
        text=_TEXT,
    ),
    _act("close", "End a case without doing it, with the reason", close, ("version", "text"), version=_VERSION, text=_TEXT),
)  # fmt: skip
"""The desk's routes, as the fields of the table of all routes."""
