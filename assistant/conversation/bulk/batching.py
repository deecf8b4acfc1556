"""Batches in the conversation: made ready for the preview, followed after the confirmation, and stopped."""

from dataclasses import replace

from assistant.conversation import events as e
from assistant.conversation.bulk.rows import rows_of
from assistant.conversation.bulk.wording import what_changes
from assistant.conversation.draft import Draft
from assistant.conversation.effects import Steps, go_on, look_up, prepare, preview, stop
from assistant.conversation.slots import text_of
from assistant.conversation.state import State, TaskState, apply
from assistant.domain.batches import MOST_SHOWN, BatchById, BatchItems, BatchView, PlansOfAll
from assistant.domain.bulk import BulkRow
from assistant.domain.change_many import ChangeMany
from assistant.domain.identifiers import BatchId
from assistant.domain.principals import Permission, may
from assistant.ports.conversations import Block

SHOWN = 20
"""How many items stand in a preview; the page of the batch shows them all."""


@apply.register
def _(event: e.ItemsMade, state: State) -> State:
    counted = replace(state, committed=state.committed + event.more)
    made = replace(counted.tasks[event.task], made=counted.tasks[event.task].made + event.more)
    return replace(counted, tasks={**counted.tasks, event.task: made})


def make_ready(draft: Draft) -> Steps[bool]:
    """Keep what the open task asks for as a batch, unless it is kept already; tell whether there is anything in it."""
    task = draft.current
    if "batch" in task.slots:
        return True
    op = text_of(task.slots, "what") or ""
    known = yield from look_up(PlansOfAll("seats" if op in {"assign", "crossgrade"} else op))
    rows = rows_of(draft.context.flows[op], task.slots, known)
    if rows and "possible" in task.slots:
        rows = yield from _only_possible(rows)
    if not rows:
        return False
    batch_id = yield from prepare(rows)
    draft.emit(e.SlotFilled(task.id, "batch", batch_id, str(len(rows)), automatic=True))
    return True


def items_of(draft: Draft) -> Steps[list[Block]]:
    """Return the first items of the open task's batch in words, each with what it would do or why it is left out."""
    batch_id = BatchId(str(draft.current.slots["batch"].value))
    found = yield from look_up(BatchItems(batch_id, limit=SHOWN))
    say = draft.say
    return [
        {
            "row": item.row,
            "customer": item.customer,
            "outcome": item.outcome,
            "before": item.before,
            "after": item.after,
            "text": say.refusal(item.refusal) if item.refusal else what_changes(item.values, say),
        }
        for item in found
    ]


def follow(draft: Draft, task: TaskState) -> Steps[None]:
    """Make the next changes of a confirmed batch, and say how far it is."""
    batch_id = batch_of(task)
    if batch_id is None:
        return
    if may(draft.context.principal, Permission.LICENCES_CHANGE):
        view = yield from go_on(batch_id)
    else:
        view = yield from look_up(BatchById(batch_id))
    _tell(draft, task, view)


def stop_running(draft: Draft) -> Steps[bool]:
    """Stop the batch that was confirmed last, if no task is open and it is still running; tell whether it was.

    Other changes may have been made since.
    """
    finished = (task for task in reversed(draft.state.tasks.values()) if batch_of(task))
    task = next(finished, None)
    batch_id = batch_of(task)
    if task is None or batch_id is None or draft.task is not None:
        return False
    view = yield from look_up(BatchById(batch_id))
    if not view.waiting:
        return False
    _tell(draft, task, (yield from stop(batch_id)))
    return True


def batch_of(task: TaskState | None) -> BatchId | None:
    """Return the batch that a finished task confirmed, if it was one."""
    batch = task.slots.get("batch") if task and task.receipt else None
    return BatchId(str(batch.value)) if batch else None


def _tell(draft: Draft, task: TaskState, view: BatchView) -> None:
    if view.done > task.made:
        draft.emit(e.ItemsMade(task.id, view.done - task.made))
    draft.shown = task.id
    far: dict[str, str | int | None] = {
        "done": view.done,
        "left": view.left,
        "rows": view.rows,
        "batch": view.id,
    }
    if view.waiting:
        draft.notice("batch_going", waiting=view.waiting, **far)
    elif view.stopped:
        draft.notice("batch_stopped", stopped=view.stopped, **far)
    else:
        draft.notice("batch_done", **far)


def _only_possible(rows: tuple[BulkRow, ...]) -> Steps[tuple[BulkRow, ...]]:
    """Return those of the rows that can be made as things are, asking the backend about all of them."""
    batch_id = yield from prepare(rows)
    yield from preview(ChangeMany(batch_id))
    possible: set[int] = set()
    for offset in range(0, len(rows), MOST_SHOWN):
        found = yield from look_up(BatchItems(batch_id, offset, MOST_SHOWN))
        possible.update(item.row for item in found if item.outcome == "possible")
    return tuple(row for row in rows if row.row in possible)
