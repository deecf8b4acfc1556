"""The editors' entries: the list, one entry with its versions, and what can be done with it but writing."""

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for

from assistant.domain.editing import EntriesBy, EntryAtDesk, FieldDiff, ListedEntry, Show
from assistant.domain.entries import Audience
from assistant.domain.errors import Conflict, InvalidInput
from assistant.domain.identifiers import EntryId
from web import exports, presenters, visitors
from web.current import application
from web.queries import page_number, words
from web.templating import wording_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.wrappers import Response as Answer

blueprint = Blueprint("knowledge", __name__)

AGES = (12, 24, 36)
"""Months of the document date after which the list can be cut."""
_ACTS = ("propose", "retire", "restore")
_LONGEST_VERSION = 9
_REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY


@blueprint.get("/knowledge")
def home() -> "Answer":
    """Lead to the entries."""
    visitors.signed_in()
    return redirect(url_for("knowledge.listing"))


@blueprint.get("/knowledge/entries")
def listing() -> str:
    """Show the entries at the desk, 50 a page."""
    who, by = visitors.signed_in(), _wanted()
    found = application().editors.entries.listed(who, by)
    return render_template(
        "knowledge_entries.html",
        page=presenters.page(found.entries, page_number()),
        by=by,
        documents=[(name, name) for name in found.documents],
        shows=[show.value for show in Show],
        audiences=[audience.value for audience in Audience],
        ages=list(zip(map(str, AGES), wording_of(current_app).get("knowledge.ages"), strict=True)),
        keep=_kept(by),
        narrowed=by != EntriesBy(),
    )


@blueprint.get("/knowledge/entries.csv")
def export() -> Response:
    """Return all entries that were found as a file."""
    who = visitors.signed_in()
    found = application().editors.entries.listed(who, _wanted())
    return exports.csv_file("entries", _rows(found.entries))


@blueprint.get("/knowledge/entries/<entry_id>")
def show(entry_id: str) -> str:
    """Show one entry: its newest text, all versions, two of them compared, and what was done with it."""
    return _page(entry_id)


@blueprint.post("/knowledge/entries/<entry_id>")
def act(entry_id: str) -> "Answer | tuple[str, int]":
    """Put a draft forward, retire the entry, or bring it back."""
    who, desk, form = visitors.signed_in(), application().editors.entries, request.form
    wanted, known = form.get("act", ""), EntryId(entry_id)
    if wanted not in _ACTS:
        raise InvalidInput("act", "must be one of " + ", ".join(_ACTS))
    try:
        if wanted == "propose":
            desk.propose(who, known, seen())
        elif wanted == "retire":
            desk.retire(who, known, seen(), EntryId(form.get("successor", "").strip()) or None)
        else:
            desk.restore(who, known, seen())
    except InvalidInput as error:
        return _page(entry_id, error.message, error.field), _REFUSED
    except Conflict as error:
        return _page(entry_id, quicker(error), "versions"), HTTPStatus.CONFLICT
    return redirect(url_for("knowledge.show", entry_id=entry_id), HTTPStatus.SEE_OTHER)


def seen() -> int:
    """Return the version that the page was made for. Raises InvalidInput."""
    raw = request.form.get("version", "")
    if not (raw.isascii() and raw.isdecimal() and len(raw) <= _LONGEST_VERSION):
        raise InvalidInput("version", "must be the version that the page was made for")
    return int(raw)


def quicker(error: Conflict) -> str:
    """Say who saved which version meanwhile."""
    person = error.params.get("person") or wording_of(current_app)("knowledge.somebody")
    return wording_of(current_app)(
        "knowledge.quicker", person=person, version=error.params.get("version", "")
    )


def _wanted() -> EntriesBy:
    shown, older, audience = words("show"), words("older"), words("audience")
    return EntriesBy(
        words=words("q"),
        show=Show(shown) if shown in set(Show) else Show.CURRENT,
        older_than=int(older) if older in {str(age) for age in AGES} else None,
        audience=audience if audience in set(Audience) else "",
        document=words("document"),
    )


def _kept(by: EntriesBy) -> dict[str, object]:
    kept = {
        "q": by.words,
        "show": by.show.value,
        "older": by.older_than,
        "audience": by.audience,
        "document": by.document,
    }
    return {name: value for name, value in kept.items() if value}


def _page(entry_id: str, fault: str | None = None, field: str = "") -> str:
    who, desk = visitors.signed_in(), application().editors.entries
    shown = desk.show(who, EntryId(entry_id))
    pair = _pair(shown)
    diffs: tuple[FieldDiff, ...] = desk.compared(who, shown.head.entry.id, *pair) if pair else ()
    return render_template(
        "knowledge_entry.html",
        shown=shown,
        pair=pair,
        diffs=diffs,
        fault=fault,
        field=field,
        typed=request.form,
    )


def _pair(shown: EntryAtDesk) -> tuple[int, int] | None:
    """Return the two versions to compare: those asked for, else the newest and the one in force or before it."""
    known = [version.entry.version for version in shown.versions]
    asked = [request.args.get(name, "") for name in ("old", "new")]
    if all(raw.isascii() and raw.isdecimal() and len(raw) <= _LONGEST_VERSION for raw in asked):
        old, new = map(int, asked)
        return (old, new) if old in known and new in known else None
    if len(known) < 2:  # noqa: PLR2004 - a pair
        return None
    held = shown.in_force
    return (held if held in known[1:] else known[1]), known[0]


def _rows(entries: tuple[ListedEntry, ...]) -> "Iterator[exports.Row]":
    say = wording_of(current_app)
    yield say.get("knowledge.csv")
    for listed in entries:
        entry = listed.head.entry
        yield (
            entry.id,
            entry.question,
            entry.source.document,
            entry.source.date,
            entry.version,
            listed.in_force,
            entry.reviewed,
            listed.asked,
            say(f"knowledge.shows.{listed.stands}"),
        )
