"""What must hold after every turn of every conversation, whatever a script asks to check."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from assistant.conversation.state import Phase
from assistant.domain.activation_codes import ACTIVATION_CODE
from assistant.ports.conversations import ConversationView, Turn


def broken_by_turn(turn: Turn, approved_text: Callable[[str, int], str | None]) -> Iterator[str]:
    """Yield what is wrong with a reply.

    That is an answer without source or different from the approved version, or a collecting task that does not end with
    its open prompt exactly once. ``approved_text`` returns the stored text of an entry's version, or None.
    """
    for block in turn["blocks"]:
        if block["type"] != "answer":
            continue
        if not all(block["source"].get(part) for part in ("document", "heading", "date")):
            yield f"answer {block['id']} has no full source"
        if approved_text(block["id"], block["version"]) != block["text"]:
            yield f"answer {block['id']} is not the approved version byte for byte"
    task = turn["task"]
    if task and task["phase"] == Phase.COLLECT:
        prompts = [n for n, block in enumerate(turn["blocks"]) if block["type"] in {"prompt", "choices"}]
        if prompts != [len(turn["blocks"]) - 1]:
            yield "the collecting task does not end with its open prompt exactly once"


_STAGES = ("", "Previewed", "Assented", "CodeOffered", "CommitStarted", "Committed")
_OVER = frozenset(
    {
        "PreviewVoided",
        "SlotFilled",
        "SlotCleared",
        "TaskParked",
        "TaskCancelled",
        "TaskRefused",
        "CommitAbsent",
        "HandedOff",
    }
)


def broken_by_log(events: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield every write that lacks a preview, an assent or an accepted code for the same hash, in this order."""
    reached: dict[str, tuple[str, str | None]] = {}
    for event in events:
        kind, task = event["kind"], event.get("task", "")
        stage, capsule = reached.get(task, ("", None))
        follows = kind in _STAGES and _STAGES.index(kind) == _STAGES.index(stage) + 1
        if kind == "Previewed":
            reached[task] = (kind, event["capsule_hash"])
        elif kind in _OVER:
            reached[task] = ("", None)
        elif kind == "CodeRefused":
            reached[task] = ("Assented", capsule)
        elif follows and _hash_in(event) in {None, capsule}:
            reached[task] = (kind, capsule)
        elif kind == "CommitStarted":
            yield f"a change of task {task} was sent without preview, assent and code"
        elif kind == "Committed":
            yield f"the write of task {task} is not the one confirmed"


def _hash_in(event: dict[str, Any]) -> str | None:
    found: str | None = event.get("receipt", event).get("capsule_hash")
    return found


def broken_by_transcript(view: ConversationView, codes: Iterable[str]) -> Iterator[str]:
    """Yield every one-time code that was sent, and every full activation code, found in the stored transcript."""
    text = repr(view)
    for code in codes:
        if code in text:
            yield "a one-time code is in the stored transcript"
    if ACTIVATION_CODE.search(text):
        yield "a full activation code is in the stored transcript"
