"""The list of tasks, and one task with its live card, on any device of its owner."""

from flask import Blueprint, render_template

from assistant.domain.errors import NotFound
from assistant.domain.identifiers import ConversationId, TaskId
from assistant.domain.lookups import HistoryItem
from assistant.domain.page_lookups import ChangesBy
from assistant.domain.principals import Principal
from assistant.ports.conversations import Task
from web import presenters, visitors
from web.current import application
from web.pages import cases

blueprint = Blueprint("tasks", __name__)
UNANSWERED = frozenset({"committing", "unknown"})


@blueprint.get("/tasks")
def listing() -> str:
    """Show all tasks of this user, newest first."""
    tasks = application().conversations.tasks(visitors.signed_in())
    return render_template("tasks.html", desk_answers=cases.answers_waiting(), tasks=tasks)


@blueprint.get("/tasks/<task_id>")
def show(task_id: str) -> str:
    """Show one task: its card where it waits for a reply, else how it stands or ended."""
    who = visitors.signed_in()
    task = application().conversations.task(who, TaskId(task_id))
    unanswered = task["phase"] in UNANSWERED
    made = _made(who, task) if unanswered else None
    turn = _newest_turn(task)
    return render_template("task.html", task=task, turn=turn, made=made, following=unanswered and not made)


def _made(who: Principal, task: Task) -> HistoryItem | None:
    """Return the newest change that the user made with this preview, which an answer that got lost would have told of."""
    page = application().licensing.look_up(who, ChangesBy(person=who.name))
    return next((item for item in page.items if _is_of(item, task)), None)


def _is_of(item: HistoryItem, task: Task) -> bool:
    return task["flow"] in {item.op, item.kind} and item.capsule_hash.startswith(task["short_hash"] or "?")


def _newest_turn(task: Task) -> presenters.TurnView | None:
    who = visitors.signed_in()
    try:
        view = application().conversations.view(who, ConversationId(task["conversation"]))
    except NotFound:
        return None
    about = [turn for turn in presenters.turns(view) if turn.task and turn.task["id"] == task["id"]]
    return about[-1] if about else None
