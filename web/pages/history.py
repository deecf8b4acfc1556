"""The history of changes, and the receipt of each."""

from dataclasses import replace

from flask import Blueprint, Response, current_app, render_template, request

from assistant.domain.errors import Forbidden
from assistant.domain.lookups import ChangeByReference
from assistant.domain.page_lookups import ChangesBy
from assistant.domain.principals import Permission, Principal, may
from assistant.ports.conversations import Task
from web import exports, presenters, visitors
from web.current import application
from web.queries import page_number, words
from web.templating import wording_of
from web.wording import alphabetical

blueprint = Blueprint("history", __name__)
COMPLETE = "complete"
STATES = (COMPLETE, "open", "sent", "refused", "handoff", "cancelled")
_PHASES = {
    "open": {"collect", "confirm", "stepup", "parked"},
    "sent": {"committing", "unknown"},
    "refused": {"refused"},
    "handoff": {"handoff"},
    "cancelled": {"cancelled"},
}


@blueprint.get("/history")
def listing() -> str:
    """Show the changes by day, newest first; of what is not complete, the tasks of the user."""
    who, asked, state = _reader(), _asked(), _state()
    shown = application().licensing.look_up(who, asked) if state in {"", COMPLETE} else None
    if shown and not shown.items and shown.found:
        asked = replace(asked, offset=presenters.last_offset(shown.found))
        shown = application().licensing.look_up(who, asked)
    return render_template(
        "history.html",
        asked=asked,
        state=state,
        states=STATES,
        acts=_acts(),
        page=presenters.cut(shown.items, shown.found, asked.offset) if shown else None,
        days=presenters.by_day(shown.items) if shown else [],
        time_zone=shown.time_zone if shown else "UTC",
        tasks=_tasks(who, state),
        keep=_kept(),
        narrowed=bool(_kept()),
    )


@blueprint.get("/history.csv")
def export() -> Response:
    """Return the changes found as a CSV file."""
    who = _reader()
    rows = exports.change_rows(exports.every_change(who, _asked()), wording_of(current_app))
    return exports.csv_file("history", rows)


@blueprint.get("/receipts/<reference>")
def receipt(reference: str) -> str:
    """Show one change: who, what, when, before and after, and the policy it rests on."""
    item = application().licensing.look_up(_reader(), ChangeByReference(reference))
    return render_template("receipt.html", item=item, differences=presenters.differences(item))


def _asked() -> ChangesBy:
    offset = (page_number() - 1) * presenters.PAGE_SIZE
    return ChangesBy(None, words("customer"), words("act"), words("person"), offset, presenters.PAGE_SIZE)


def _state() -> str:
    state = request.args.get("state", "")
    return state if state in STATES else ""


def _kept() -> dict[str, str]:
    kept = {name: words(name) for name in ("customer", "act", "person")} | {"state": _state()}
    return {name: value for name, value in kept.items() if value}


def _tasks(who: Principal, state: str) -> list[Task]:
    if state == COMPLETE or not may(who, Permission.LICENCES_CHANGE):
        return []
    # without a state the list is of changes; what was sent and not answered is shown in any case, so that nobody sends it again
    phases = _PHASES[state or "sent"]
    return [task for task in application().conversations.tasks(who) if task["phase"] in phases]


def _acts() -> dict[str, str]:
    say = wording_of(current_app)
    named = {op: say.act(op) for op in say.get("acts.listed")}
    flows = {op: say.act(op) for op, told in say.get("flows").items() if "name" in told}
    return dict(sorted((flows | named).items(), key=lambda item: alphabetical(item[1])))


def _reader() -> Principal:
    who = visitors.signed_in()
    if not may(who, Permission.HISTORY_READ):
        raise Forbidden("This role has no history.")
    return who
