"""A reply in the contract's form, whoever caused it."""

from collections.abc import Mapping
from typing import Any

from assistant.conversation.draft import Draft
from assistant.conversation.flow import Flow
from assistant.conversation.replies import open_tasks, task_json
from assistant.conversation.state import TaskState
from assistant.ports.conversations import Turn


def turn_form(draft: Draft, conversation: str, message_id: str) -> Turn:
    """Return what a turn replies: its blocks, the task it is about with what that asks, and the tasks that are not over."""
    blocks, state, say = draft.blocks(), draft.state, draft.say
    current = state.task or (state.tasks.get(draft.shown) if draft.shown else None)
    task = task_json(current, conversation, say) if current else None
    if task is not None and blocks:
        task["asks"] = _asked(blocks[-1])
    return {
        "conversation": conversation,
        "message_id": message_id,
        "blocks": blocks,
        "task": task,
        "tasks": [task_json(t, conversation, say) for t in open_tasks(state)],
        "abstain": str(draft.abstain) if draft.abstain else None,
        "writes": state.writes,
    }


def asked_slot(turn: Turn, task: TaskState, flows: Mapping[str, Flow]) -> str | None:
    """Return the slot of this task that a reply asks for, None where it asks for something else or of another task."""
    shown = turn["task"]
    asks = shown["asks"] if shown is not None and shown["id"] == task.id else None
    named = {slot.name for slot in flows[task.flow].slots} if task.flow in flows else set()
    return asks if asks in named else None


def _asked(block: dict[str, Any]) -> str | None:
    kinds = {"prompt": block.get("slot"), "step_up": "code", "choices": "choice"}
    return kinds.get(block["type"])
