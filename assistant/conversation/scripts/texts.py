"""The texts of a reply as scripts compare them."""

import re
from collections.abc import Iterator
from typing import Any

from assistant.ports.conversations import Block, Turn

_UNSEEN = frozenset({"type", "html", "why"})


def visible_text(turn: Turn) -> str:
    """Return everything the reply shows, as one text."""
    return "\n".join(_texts(turn["blocks"]))


def plain(text: str) -> str:
    """Return policy text without bold marks and with single spaces, in which form quotes are compared."""
    return re.sub(r"\s+", " ", text.replace("**", "")).strip()


def heading(text: str) -> str:
    """Return a heading in the form in which headings are compared."""
    return plain(text.replace("*", ""))


def answers(turn: Turn) -> list[Block]:
    """Return the blocks that hold policy text."""
    return [block for block in turn["blocks"] if block["type"] == "answer"]


def headings_cited(turn: Turn) -> list[str]:
    """Return the headings that the reply names as its sources: of answers, refusals, previews and receipts."""
    return list(dict.fromkeys(_cited(turn["blocks"])))


def option_labels(turn: Turn) -> list[str]:
    """Return the labels of everything that can be chosen in the reply."""
    return [
        option["label"]
        for block in turn["blocks"]
        for option in (*(block.get("options") or ()), *((block.get("input") or {}).get("options") or ()))
    ]


def _cited(blocks: list[Block]) -> Iterator[str]:
    for block in blocks:
        if block["type"] == "answer":
            yield block["source"]["heading"]
        yield from (cite["heading"] for cite in block.get("cites") or ())
        yield from _cited([{"type": "consequence", **part} for part in block.get("consequences") or ()])


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, item in value.items():
            if name not in _UNSEEN:
                yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
