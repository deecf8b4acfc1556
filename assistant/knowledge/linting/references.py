"""References that lead nowhere once an answer stands alone: slides, "see above", links and ids without a target."""

import re
from collections.abc import Iterable, Sequence

from assistant.knowledge.catalogue import EntrySet
from assistant.knowledge.documents.model import Line
from assistant.knowledge.linting.copies import Copies, Copy, Finding, Passage
from assistant.knowledge.slugs import slug

CODE = "dangling-reference"
_PLACE = r"(?:slides?|pages?|folien?|seiten?|sections?|abschnitte?|chapters?|kapitel|appendix|anhang|figures?|abbildung|tables?|tabelle)"
_ELSEWHERE = re.compile(
    rf"\b(?:see|siehe|vgl\.?|on|auf)\s(?:also\s|auch\s|the\s|die\s)?{_PLACE}\s(?:\d{{1,4}}(?:\s?[-–]\s?\d{{1,4}})?|[A-Z]\b)"
    r"|\b(?:see|siehe)\s(?:also\s|auch\s)?(?:above|below|previous|next|overleaf|oben|unten|vorherige|nächste)\b"
    r"|\bas\s(?:was\s)?(?:mentioned|described|shown|explained|said|stated|noted|discussed)\s(?:above|before|below|earlier|previously|already)\b"
    r"|\bwie\s(?:bereits\s|schon\s)?(?:oben|vorher|zuvor|bereits|unten)\s(?:erwähnt|beschrieben|gezeigt|erklärt|gesagt)\b"
    r"|\b(?:previous|next|vorherige\w?|nächste\w?)\s(?:slides?|pages?|sections?|chapters?|folien?|seiten?|kapitel)\b",
    re.IGNORECASE,
)
_PROMISED = re.compile(
    r"\b(?:the\s)?(?:following|folgende[nrms]?)\s(?:web\s?sites?|links?|web\s?pages?|address|url|webseiten?|adresse)\b"
    r"|\b(?:click|klicken\ssie)\s(?:here|hier)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://|www\.|mailto:|\]\(\S|[\w.+-]{1,64}@[\w-]{1,100}\.\w")
_LINK = re.compile(r"\]\(<?([^)\s>]{1,500})>?(?:\s[^)]{0,200})?\)")
_OUTWARD = re.compile(r"(?:[a-z][a-z0-9+.-]{1,20}:|//|www\.)", re.IGNORECASE)
_BLOCK_LINES = 400
_HEADING = re.compile(r" {0,3}#{1,6}\s+(.*)")


def findings(copies: Copies) -> tuple[Finding, ...]:
    """Return references whose target is not part of the text, links to no entry or heading, and unknown related ids."""
    known = EntrySet(copies.entries)
    found: list[Finding] = []
    for copy in copies.files:
        anchors = {slug(match[1]) for _, text in copy.lines if (match := _HEADING.match(text))}
        for passage in copy.passages:
            found += _worded(passage)
            found += _links(passage, known, frozenset(anchors))
            found += _related(copy, passage, known)
    return tuple(found)


def _worded(passage: Passage) -> Iterable[Finding]:
    for index, (number, text) in enumerate(passage.lines):
        match = _ELSEWHERE.search(text)
        if match:
            hint = "say it here, or name the entry to read on under related"
            yield Finding(passage.file, number, CODE, f'"{match[0]}" points outside this answer', hint)
        promised = _PROMISED.search(text)
        if promised and not any(_ADDRESS.search(later) for _, later in passage.lines[index:]):
            hint = "write the address where it is announced"
            yield Finding(passage.file, number, CODE, f'"{promised[0]}", and no address follows', hint)


def _links(passage: Passage, known: EntrySet, anchors: frozenset[str]) -> Iterable[Finding]:
    for number, text in passage.lines:
        for target in _LINK.findall(text):
            if _OUTWARD.match(target) or _leads_somewhere(target, known, anchors):
                continue
            hint = "link to an entry's id or a full address"
            yield Finding(passage.file, number, CODE, f"the link to {target} leads nowhere", hint)


def _leads_somewhere(target: str, known: EntrySet, anchors: frozenset[str]) -> bool:
    name = target.removeprefix("#")
    return known.find(name) is not None or (target.startswith("#") and slug(name) in anchors)


def _related(copy: Copy, passage: Passage, known: EntrySet) -> Iterable[Finding]:
    for entry_id in passage.entry.related:
        if known.find(entry_id) is None:
            line = _line_naming(entry_id, copy.lines, passage.heading)
            hint = "correct the id, or import the entry it means together with this file"
            yield Finding(passage.file, line, CODE, f"related: there is no entry {entry_id}", hint)


def _line_naming(entry_id: str, lines: Sequence[Line], heading: Line) -> int:
    """Return the line of the attribute that names an id, at or after a heading."""
    whole = re.compile(rf"\s{{0,8}}(?:related:|- ).*?(?<![a-z0-9-]){re.escape(entry_id)}(?![a-z0-9-])")
    near = lines[heading[0] - 1 : heading[0] + _BLOCK_LINES]
    return next((number for number, text in near if whole.match(text)), heading[0])
