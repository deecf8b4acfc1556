"""Runbooks: a flow written out for paper, as Markdown or HTML, from its description alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from assistant.conversation import vocabulary
from assistant.conversation.folding import fold
from assistant.conversation.wording import Wording
from assistant.ports.conversations import FlowDescription, SlotDescription


@dataclass(frozen=True)
class Part:
    """One part of a runbook: a heading, and paragraphs or numbered steps."""

    heading: str
    lines: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Runbook:
    """A flow written out: its title and its parts, as plain text."""

    title: str
    parts: tuple[Part, ...]


def runbook(flow: FlowDescription, wording: Wording) -> Runbook:
    """Write a flow out."""
    say = wording.say
    check = [
        say("runbook.preview"),
        say("runbook.assent", confirm=flow["confirm"]),
        say("runbook.code"),
        say("runbook.receipt", done=flow["done"]),
    ]
    parts = (
        Part(say("runbook.about"), (say(f"runbook.risk.{flow['risk']}"), say("runbook.who"))),
        Part(say("runbook.asked"), tuple(_asked(s, wording) for s in flow["slots"]), numbered=True),
        Part(say("runbook.then"), tuple(check), numbered=True),
        Part(say("runbook.afterwards"), (flow["next"],)),
        Part(say("runbook.say"), tuple(_whole(flow["phrases"])[:_PHRASES])),
        Part(say("runbook.sources"), tuple(dict.fromkeys((*flow["entries"], flow["who"])))),
    )
    return Runbook(flow["title"], parts)


def as_markdown(book: Runbook) -> str:
    """Return a runbook as Markdown."""
    return "\n".join([f"# {book.title}", "", *_markdown(book.parts)]).rstrip() + "\n"


def as_html(book: Runbook) -> str:
    """Return a runbook as a fragment of HTML without links or styles."""
    return "\n".join([f"<h1>{escape(book.title)}</h1>", *_html(book.parts)]) + "\n"


_PHRASES = 5
_UNFINISHED = vocabulary.words("text.unfinished")


def _whole(phrases: Iterable[str]) -> list[str]:
    """Return the phrases that can be said as they are: not those that a name has to follow."""
    return [phrase for phrase in phrases if fold(phrase).rpartition(" ")[2] not in _UNFINISHED]


def _asked(slot: SlotDescription, wording: Wording) -> str:
    notes = [slot["hint"], slot["source"] or ""]
    if slot["maximum"] is not None:
        notes.append(wording.say("runbook.bounds", minimum=slot["minimum"], maximum=slot["maximum"]))
    if slot["longest"] is not None:
        notes.append(wording.say("runbook.longest", longest=slot["longest"]))
    if slot["options"]:
        notes.append(wording.say("runbook.options", options=", ".join(slot["options"])))
    if slot["optional"]:
        notes.append(wording.say("runbook.optional"))
    if slot["conditional"]:
        notes.append(wording.say("runbook.conditional"))
    return " ".join([f"{slot['label']}: {slot['ask']}", *filter(None, notes)])


def _markdown(parts: Iterable[Part]) -> Iterator[str]:
    for part in parts:
        yield f"## {part.heading}"
        yield ""
        yield from (f"{n}. {line}" if part.numbered else f"- {line}" for n, line in enumerate(part.lines, 1))
        yield ""


def _html(parts: Iterable[Part]) -> Iterator[str]:
    for part in parts:
        tag = "ol" if part.numbered else "ul"
        yield f"<h2>{escape(part.heading)}</h2>"
        yield f"<{tag}>"
        yield from (f"<li>{escape(line)}</li>" for line in part.lines)
        yield f"</{tag}>"
