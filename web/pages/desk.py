"""The vendor's licensing desk: its list of cases, one case with all that was handed over, and what can be done with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from assistant.domain.errors import Conflict, InvalidInput
from assistant.domain.identifiers import HandOffId
from assistant.ports.hand_offs import HandOffs, Shown, StepPreview, StepTaken
from web import presenters, visitors
from web.current import application
from web.queries import page_number, words

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from assistant.domain.principals import Principal

blueprint = Blueprint("desk", __name__)

_VALUE = "value."
_LONGEST_VERSION = 9


@dataclass(frozen=True)
class Fault:
    """What is wrong with an act that was not done: the act, the field, what is allowed, and what was typed."""

    act: str
    field: str
    text: str
    typed: Mapping[str, str]


@blueprint.get("/desk")
def listing() -> str:
    """Show the cases: open, one's own, or closed, filtered by words and kind of task."""
    which, typed, flow = words("state") or "open", words("q"), words("flow")
    found = application().hand_offs.listed(visitors.signed_in(), Shown(which, typed, flow or None))
    return render_template(
        "desk.html",
        page=presenters.page(found, page_number()),
        which=which,
        typed=typed,
        flow=flow,
    )


@blueprint.get("/desk/<case_id>")
def show(case_id: str) -> str:
    """Show one case whole, with a form for each thing that can be done with it now."""
    return _page(case_id)


@blueprint.post("/desk/<case_id>")
def act(case_id: str) -> "Response | tuple[str, int]":
    """Do one thing with a case, and show it as it then is; what was typed stays where it was not acceptable."""
    who, name = visitors.signed_in(), request.form.get("act", "")
    if name not in _ACTS and name != "preview_step":
        raise InvalidInput("act", "must be one of " + ", ".join([*_ACTS, "preview_step"]))
    try:
        if name == "preview_step":
            return _previewed(case_id), HTTPStatus.OK
        _ACTS[name](application().hand_offs, who, HandOffId(case_id))
    except InvalidInput as error:
        return _page(case_id, _fault(name, error.field, error.message)), HTTPStatus.UNPROCESSABLE_ENTITY
    except Conflict as error:
        return _page(case_id, _fault(name, "case", error.message)), HTTPStatus.CONFLICT
    return redirect(url_for("desk.show", case_id=case_id), HTTPStatus.SEE_OTHER)


def _page(case_id: str, fault: Fault | None = None, step: StepPreview | None = None) -> str:
    who, reference = visitors.signed_in(), HandOffId(case_id)
    case = application().hand_offs.show(who, reference)
    steps = application().desk_steps.possible(who, reference) if "complete" in case["can"] else []
    return render_template(
        "desk_case.html", case=case, fault=fault, steps=steps, step=step, typed=request.form
    )


def _previewed(case_id: str) -> str:
    form = request.form
    step = application().desk_steps.preview(
        visitors.signed_in(), HandOffId(case_id), form.get("migration", ""), form.get("evidence", "")
    )
    return _page(case_id, step=step)


def _fault(act: str, field: str, text: str) -> Fault:
    return Fault(act, field.removeprefix("values."), text, dict(request.form))


def _seen() -> int:
    raw = request.form.get("version", "")
    if not (raw.isascii() and raw.isdecimal() and len(raw) <= _LONGEST_VERSION):
        raise InvalidInput("version", "must be the version that the page was made for")
    return int(raw)


def _text() -> str:
    return request.form.get("text", "")


def _changed_values() -> dict[str, str]:
    """Return the slots whose value was changed on the form: the others were only shown."""
    fields = {
        name.removeprefix(_VALUE): value.strip()
        for name, value in request.form.items()
        if name.startswith(_VALUE)
    }
    return {n: v for n, v in fields.items() if v and v != request.form.get(f"was.{n}", "")}


def _step() -> StepTaken:
    form = request.form
    return StepTaken(
        migration=form.get("migration", ""),
        evidence=form.get("evidence", ""),
        hash=form.get("hash", ""),
        code=form.get("code", ""),
        text=form.get("text", ""),
    )


_Act = Callable[[HandOffs, "Principal", HandOffId], object]
_ACTS: dict[str, _Act] = {
    "claim": lambda desk, who, case: desk.claim(who, case),
    "release": lambda desk, who, case: desk.release(who, case, _seen()),
    "message": lambda desk, who, case: desk.write(who, case, _seen(), _text()),
    "correct": lambda desk, who, case: desk.correct(who, case, _seen(), _changed_values()),
    "return": lambda desk, who, case: desk.give_back(who, case, _seen(), _text()),
    "complete": lambda desk, who, case: desk.complete(
        who, case, _seen(), _text(), request.form.get("outside")
    ),
    "step": lambda _desk, who, case: application().desk_steps.complete(who, case, _seen(), _step()),
    "close": lambda desk, who, case: desk.close(who, case, _seen(), _text()),
}
