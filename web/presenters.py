"""Turns the values of the ports into what the templates show; no wording is made here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from markupsafe import Markup

from assistant.ports.conversations import Block, ConversationView, Task, TranscriptTurn

if TYPE_CHECKING:
    from assistant.domain.lookups import HistoryItem
    from web.wording import Wording

ItemT = TypeVar("ItemT")

SHOWN_TURNS = 20
LONGEST_VIEW = 200
PAGE_SIZE = 50
_CARDS = frozenset({"prompt", "preview", "step_up", "choices"})
_OPEN_PHASES = frozenset({"collect", "confirm", "stepup"})
_WAITING_PHASES = _OPEN_PHASES | {"parked", "unknown", "committing"}


@dataclass(frozen=True)
class TurnView:
    """One message and its reply on the page; only a ``live`` turn has forms, the others are text."""

    number: int
    said: str
    at: str
    blocks: tuple[Block, ...]
    task: Task | None
    live: bool

    @property
    def has_card(self) -> bool:
        """Whether the reply asks for something."""
        return any(block["type"] in _CARDS for block in self.blocks)

    @property
    def open_task(self) -> Task | None:
        """The task whose card this turn is, with Back and Cancel."""
        task = self.task
        return task if self.live and task is not None and task["phase"] in _OPEN_PHASES else None

    def block(self, kind: str) -> Block | None:
        """Return the first block of a type, or None."""
        return next((b for b in self.blocks if b["type"] == kind), None)


def turns(view: ConversationView) -> list[TurnView]:
    """Return all turns of a conversation, oldest first; the newest is live."""
    transcript = view["transcript"]
    offered: dict[str, str] = {}
    shown = []
    for position, entry in enumerate(transcript, start=1):
        shown.append(_turn(position, entry, offered, live=position == len(transcript)))
        offered = _offered(entry["turn"]["blocks"])
    return shown


def _turn(position: int, entry: TranscriptTurn, offered: Mapping[str, str], *, live: bool) -> TurnView:
    turn = entry["turn"]
    # a pressed option is stored by its id; people read what stood on it
    said = offered.get(entry["said"], entry["said"])
    return TurnView(position, said, entry["at"], tuple(turn["blocks"]), turn["task"], live)


def _offered(blocks: Iterable[Block]) -> dict[str, str]:
    options = [o for b in blocks for o in b.get("options") or (b.get("input") or {}).get("options") or ()]
    return {option["id"]: option["label"] for option in options}


def changed(all_turns: Sequence[TurnView], message_id: str, view: ConversationView) -> list[TurnView]:
    """Return the turn that answers this message, after the one before it, whose card has become text."""
    at = next(
        (n for n, e in enumerate(view["transcript"]) if e["message_id"] == message_id), len(all_turns) - 1
    )
    return list(all_turns[max(at - 1, 0) : at + 1])


def announcement(turn: TurnView, wording: "Wording") -> str:
    """Return the one sentence that is read out for a reply: what it says and where it stands, never buttons."""
    return " ".join(filter(None, (_spoken(block, wording) for block in turn.blocks)))


def _spoken(block: Block, wording: "Wording") -> str:
    if block["type"] == "answer":
        source, passages = block["source"], block.get("passages")
        shown = " ".join(p["html"] for p in passages) if passages else block["html"]
        return wording(
            "answer.spoken_part" if passages else "answer.spoken",
            question=block["question"],
            text=Markup(shown).striptags(),  # noqa: S704 - tags are taken out, nothing is shown as HTML
            document=source["document"],
            month=wording.month(source["date"]),
        )
    if block["type"] == "preview":
        facts = "; ".join(f"{line['label']}: {line['value']}" for line in block["lines"])
        return wording("task.preview_spoken", facts=facts)
    return str(block.get("text") or "")


def waiting(tasks: Sequence[Task], current: str | None) -> list[Task]:
    """Return the unfinished tasks that are not the one in the conversation in hand."""
    return [task for task in tasks if task["phase"] in _WAITING_PHASES and task["conversation"] != current]


@dataclass(frozen=True)
class Page(Generic[ItemT]):
    """One page of a list; numbers start at 1."""

    items: Sequence[ItemT]
    number: int
    pages: int
    total: int


def page(items: Sequence[ItemT], number: int) -> Page[ItemT]:
    """Cut a list into pages of 50 and return one; a number out of range gives the nearest."""
    pages = max(1, -(-len(items) // PAGE_SIZE))
    number = min(max(number, 1), pages)
    start = (number - 1) * PAGE_SIZE
    return Page(items[start : start + PAGE_SIZE], number, pages, len(items))


def cut(items: Sequence[ItemT], found: int, offset: int) -> Page[ItemT]:
    """Return the page that begins at an offset of a list of which only this page was read."""
    return Page(items, offset // PAGE_SIZE + 1, max(1, -(-found // PAGE_SIZE)), found)


def last_offset(found: int) -> int:
    """Return where the last page of a list begins."""
    return max(found - 1, 0) // PAGE_SIZE * PAGE_SIZE


def by_day(items: "Sequence[HistoryItem]") -> "list[tuple[str, list[HistoryItem]]]":
    """Group changes, newest first, by their day in UTC."""
    return [
        (day, list(group)) for day, group in groupby(items, key=lambda item: item.when.date().isoformat())
    ]


def differences(item: "HistoryItem") -> list[tuple[str, Any, Any]]:
    """Return name, before and after of every value that a change touched."""
    names = list(dict.fromkeys([*item.before, *item.after]))
    return [(name, item.before.get(name), item.after.get(name)) for name in names]
