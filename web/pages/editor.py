"""The editor of one entry: every field with its faults beside it, a question to try, the real card, and saving."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from assistant.domain.editing import EntryForm, FieldDiff, Looked, Tried
from assistant.domain.entries import Audience, Head
from assistant.domain.errors import Conflict, Forbidden, InvalidInput
from assistant.domain.identifiers import EntryId
from assistant.domain.principals import Permission, may
from assistant.ports.wire.entries import entry_json
from web import visitors
from web.current import application
from web.pages.knowledge import quicker, seen
from web.queries import words

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

blueprint = Blueprint("editor", __name__)

_LONGEST_GAP = 20
_REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY
_ACTS = ("preview", "try", "draft", "propose")


@dataclass(frozen=True)
class Shown:
    """What the page tells beside the fields: what is wrong, who was quicker, what the entry would be, what a try found."""

    fault: str | None = None
    field: str = ""
    conflict: str | None = None
    diffs: tuple[FieldDiff, ...] = ()
    looked: Looked | None = None
    tried: Tried | None = None


@blueprint.get("/knowledge/entries/new")
def new() -> str:
    """Show an empty editor, or one with the question of somebody who got no answer."""
    if not may(visitors.signed_in(), Permission.KNOWLEDGE_EDIT):
        raise Forbidden("This role keeps no entries.")
    question = words("question")
    blank = EntryForm(question=question, audience=tuple(audience.value for audience in Audience))
    return _page(None, blank, None)


@blueprint.post("/knowledge/entries/new")
def create() -> "Response | tuple[str, int]":
    """Look at a new entry, try it, or save it."""
    return _done(None)


@blueprint.get("/knowledge/entries/<entry_id>/edit")
def edit(entry_id: str) -> str:
    """Show the newest version in the fields."""
    who = visitors.signed_in()
    form, head = application().editors.entries.form(who, EntryId(entry_id))
    return _page(head.entry.id, form, head)


@blueprint.post("/knowledge/entries/<entry_id>/edit")
def change(entry_id: str) -> "Response | tuple[str, int]":
    """Look at what was typed, try it, or save it as a new version."""
    return _done(EntryId(entry_id))


def _done(entry_id: EntryId | None) -> "Response | tuple[str, int]":
    who, desk, form = visitors.signed_in(), application().editors.entries, typed()
    wanted = request.form.get("act", "")
    if wanted not in _ACTS:
        raise InvalidInput("act", "must be one of " + ", ".join(_ACTS))
    head = desk.form(who, entry_id)[1] if entry_id else None
    try:
        if wanted == "preview":
            return _page(entry_id, form, head, Shown(looked=desk.look(who, entry_id, form))), HTTPStatus.OK
        if wanted == "try":
            question = request.form.get("try", "")
            return _page(
                entry_id, form, head, Shown(tried=desk.try_question(who, entry_id, form, question))
            ), HTTPStatus.OK
        saved = desk.save(who, entry_id, seen(), form, propose=wanted == "propose")
    except InvalidInput as error:
        return _page(entry_id, form, head, Shown(fault=error.message, field=error.field)), _REFUSED
    except Conflict as error:
        return _conflict(entry_id, form, head, error), HTTPStatus.CONFLICT
    return redirect(url_for("knowledge.show", entry_id=saved.id), HTTPStatus.SEE_OTHER)


def _conflict(entry_id: EntryId | None, form: EntryForm, head: Head | None, error: Conflict) -> str:
    who, desk = visitors.signed_in(), application().editors.entries
    diffs = desk.against(who, entry_id, form) if entry_id else ()
    return _page(entry_id, form, head, Shown(conflict=quicker(error), diffs=diffs))


def typed() -> EntryForm:
    """Return what stands in the fields."""
    form = request.form
    return EntryForm(
        question=form.get("question", ""),
        text=form.get("text", ""),
        document=form.get("document", ""),
        heading=form.get("heading", ""),
        date=form.get("date", ""),
        alternates=form.get("alternates", ""),
        related=form.get("related", ""),
        audience=tuple(form.getlist("audience")),
        topic=form.get("topic", ""),
        workflow=form.get("workflow", ""),
        reviewed=form.get("reviewed", ""),
    )


def _page(entry_id: EntryId | None, form: EntryForm, head: Head | None, shown: Shown | None = None) -> str:
    shown = shown or Shown()
    version = head.entry.version if head else 0
    if request.method == "POST" and not shown.conflict:
        # what was begun from stays what it was, or a save would go over what somebody else saved meanwhile
        version = seen()
    return render_template(
        "knowledge_edit.html",
        entry_id=entry_id,
        form=form,
        head=head,
        version=version,
        shown=shown,
        card=entry_json(shown.looked.card) if shown.looked else None,
        flows=application().conversations.titles(),
        audiences=[audience.value for audience in Audience],
        gap=request.values.get("gap", "")[:_LONGEST_GAP],
        try_question=request.form.get("try", ""),
    )
