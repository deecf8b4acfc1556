"""From the lines of a section to the stored text of an entry.

The stored text is the section's Markdown source, normalised as follows and in no other way:

1. line ends are LF, the text is in NFC, a no-break space is a space, spaces at line ends and empty lines at both
   ends are gone, and several empty lines in a row are one;
2. HTML tags and comments outside fenced code are removed, what stands between the tags stays (``15<sup>th</sup>``
   becomes ``15th``); addresses in angle brackets stay;
3. activation codes keep only their first and last block;
4. two or more lines of tab-separated cells become a Markdown table, the first of them its head, short rows padded;
5. lists nested deeper than eight levels are drawn in to the eighth, a fence that is never closed is escaped, and so is
   a line that the steps above have made a heading of the document.

Words, spelling, order, list shape and emphasis are those of the document. Normalising normalised text changes nothing.
"""

import re

from assistant.knowledge.documents.fences import fenced, is_fence
from assistant.knowledge.documents.html_tags import without_tags
from assistant.knowledge.documents.model import Line, Report
from assistant.knowledge.documents.sections import with_headings_escaped
from assistant.knowledge.documents.tables import as_tables
from assistant.knowledge.masking import mask_codes

_SLIDE = re.compile(
    r"\b(?:see|siehe)\s{1,3}(?:slides?|pages?|folien?|seiten?|appendix|chapter)\s{1,3}\d", re.IGNORECASE
)
_EMPTY_RUN = re.compile(r"\n{3,}")
_DEEPEST = 8
_INDENT = 4
_MARKERS = re.compile(rf"[ ]*(?:(?:[-*+>]|\d{{1,9}}[.)])[ ]*){{{_DEEPEST + 1},}}")


def clean(lines: list[Line], report: Report) -> str:
    """Return the stored text of these lines; what is changed or doubtful is told with its line number."""
    code = fenced([text for _, text in lines])
    cleaned = [
        (number, text.rstrip() if inside else _clean_line(number, text, report))
        for (number, text), inside in zip(lines, code, strict=True)
    ]
    masked = [(number, _mask(number, text, report)) for number, text in cleaned]
    text, escaped = with_headings_escaped(tidy("\n".join(as_tables(masked, code, report))))
    for line in escaped:
        report.warn(lines[0][0], f"a line that had become a heading was escaped: {line.strip()[:80]}")
    return text


def tidy(text: str) -> str:
    """Remove empty lines at both ends and runs of them, and spaces at line ends."""
    lines = (line.rstrip() for line in text.split("\n"))
    return _EMPTY_RUN.sub("\n\n", "\n".join(lines)).strip("\n")


def clean_heading(number: int, title: str, report: Report) -> str:
    """Return a heading as one would read it: no emphasis or comment marks, tags, closing hashes or double spaces."""
    plain, _ = without_tags(_mask(number, title, report))
    while True:
        plainer = " ".join(re.sub(r"\*\*|__|<!--|-->", "", plain).split())
        plainer = re.sub(r"(?:^|\s)#+$", "", plainer).strip()
        if plainer == plain:
            return plainer
        plain = plainer


def _clean_line(number: int, text: str, report: Report) -> str:
    plain, removed = without_tags(text)
    if removed:
        report.warn(number, "HTML removed: " + ", ".join(f"<{name}>" for name in removed))
    slide = _SLIDE.search(plain)
    if slide:
        report.warn(number, f"refers to something that is not part of this text: {plain.strip()[:120]}")
    if is_fence(plain):
        plain = _escape_fence(plain)
        report.warn(number, "a code fence that is never closed was escaped")
    return _drawn_in(number, plain, report)


def _escape_fence(text: str) -> str:
    bare = text.lstrip(" ")
    return f"{' ' * (len(text) - len(bare))}\\{bare}"


def _drawn_in(number: int, text: str, report: Report) -> str:
    # tabs become spaces later, except between cells, so that depth is measured as if they were
    spaced = text.replace("\t", " " * _INDENT)
    bare = spaced.lstrip(" ")
    indent = len(spaced) - len(bare)
    if indent > _DEEPEST * _INDENT:
        report.warn(number, f"nested deeper than {_DEEPEST} levels; drawn in")
        text = spaced = " " * (_DEEPEST * _INDENT) + bare
    markers = _MARKERS.match(spaced)
    if markers:
        report.warn(number, f"nested deeper than {_DEEPEST} levels in one line; its list marks were escaped")
        text = f"\\{bare}"
    return text


def _mask(number: int, text: str, report: Report) -> str:
    masked, found = mask_codes(text)
    if found:
        report.warn(number, "an activation code was masked; only its first and last block are kept")
    return masked
