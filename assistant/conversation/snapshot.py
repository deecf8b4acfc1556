"""The stored form of a conversation's state: the fold of its events, kept so that a turn need not read the whole log."""

from dataclasses import asdict
from typing import Any

from assistant.conversation.desk_cases import DeskCase
from assistant.conversation.flow import SlotValue
from assistant.conversation.state import Phase, State, TaskState

KEPT_FINISHED = 5
"""Finished tasks kept in the state; older ones stay in the event log and in the list of tasks."""


def state_json(state: State) -> dict[str, Any]:
    """Return the state as JSON; closed tasks beyond the last few are left out, but for the one committed last."""
    ended = [t.id for t in state.tasks.values() if t.phase in {Phase.DONE, Phase.CANCELLED, Phase.REFUSED}]
    done = state.last_finished
    dropped = set(ended[:-KEPT_FINISHED]) - {done.id if done else None}
    return {
        "tasks": [_task_json(task) for task in state.tasks.values() if task.id not in dropped],
        "active": state.active,
        "committed": state.committed,
        "near": list(state.near),
        "asked": state.asked,
        "choices": [list(choice) for choice in state.choices],
        "choices_about": state.choices_about,
        "cases": [asdict(case) for case in state.cases.values()],
        "front": state.front,
        "unread": state.unread,
    }


def state_from_json(stored: dict[str, Any]) -> State:
    """Read a stored state; an empty one is that of a new conversation."""
    if not stored:
        return State()
    tasks = [_task_from_json(task) for task in stored["tasks"]]
    return State(
        tasks={task.id: task for task in tasks},
        active=stored["active"],
        committed=stored["committed"],
        near=tuple(stored["near"]),
        asked=stored.get("asked"),
        choices=tuple((option, label) for option, label in stored["choices"]),
        choices_about=stored["choices_about"],
        cases={case["id"]: DeskCase(**case) for case in stored.get("cases", ())},
        front=stored.get("front"),
        unread=stored.get("unread", False),
    )


def _task_json(task: TaskState) -> dict[str, Any]:
    return {
        **asdict(task),
        "phase": str(task.phase),
        "order": list(task.order),
        "automatic": sorted(task.automatic),
        "checking": list(task.checking) if task.checking else None,
        "wanted": list(task.wanted),
    }


def _task_from_json(stored: dict[str, Any]) -> TaskState:
    return TaskState(
        **{
            **stored,
            "phase": Phase(stored["phase"]),
            "slots": {name: SlotValue(**value) for name, value in stored["slots"].items()},
            "order": tuple(stored["order"]),
            "automatic": frozenset(stored["automatic"]),
            "wanted": tuple(stored.get("wanted", ())),
            "checking": (stored["checking"][0], stored["checking"][1]) if stored["checking"] else None,
        }
    )
