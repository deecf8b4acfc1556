"""Finding headings, pages and questions in the lines of a document."""

import re

from assistant.knowledge.documents.fences import fenced
from assistant.knowledge.documents.model import Line, Page, Report, Section

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*))?$")
_UNDERLINE = re.compile(r" {0,3}(=+|-{3,})[ \t]*$")
_NOT_A_TITLE = re.compile(r"\s*(?:[-*+>#|=]|\d{1,9}[.)]|$)|\s{4}|.*\t")
_QUESTION_LEVEL = 2
_LONGEST_HEADING = 500
_ASKED = re.compile(r"(?:(?:q|question|frage)[:.][ ]+)?(\S.*\?)[ ]*$", re.IGNORECASE)
_ANSWERED = re.compile(r"(?:a|answer|antwort)[:.][ ]+", re.IGNORECASE)


def find_pages(lines: list[Line], report: Report) -> list[Page]:
    """Split the lines into pages at first-level headings and questions at second-level ones.

    Deeper headings are part of the text they stand in. A text without any such heading is searched for lines that
    end in a question mark, each with its answer below.
    """
    lines = _underlined_as_headings(lines)
    if not any(_level(text, code=inside) for (_, text), inside in _with_code(lines)):
        lines = _questions_as_headings(lines)
    pages = [Page("", lines[0][0] if lines else 1)]
    for (number, text), inside in _with_code(lines):
        level = _level(text, code=inside)
        title = (_HEADING.match(text) or [""] * 3)[2] or "" if level else ""
        if level == 1:
            pages.append(Page(title[:_LONGEST_HEADING], number))
        elif level == _QUESTION_LEVEL:
            pages[-1].questions.append(Section(level, title[:_LONGEST_HEADING], number))
        else:
            _lines_of(pages[-1]).append((number, text))
            continue
        if len(title) > _LONGEST_HEADING:
            report.warn(number, f"this heading was cut at {_LONGEST_HEADING} characters")
    return pages


def with_headings_escaped(text: str) -> tuple[str, list[str]]:
    """Return a text in which no line divides a document, and the lines that did, each now with a backslash before it."""
    done: list[Line] = []
    escaped: list[str] = []
    for (number, line), inside in _with_code(list(enumerate(text.split("\n"), 1))):
        if not inside and (_level(line, code=False) or _underlines(line, done)):
            escaped.append(line)
            done.append((number, f"\\{line.lstrip()}"))
        else:
            done.append((number, line))
    return "\n".join(line for _, line in done), escaped


def _lines_of(page: Page) -> list[Line]:
    return page.questions[-1].lines if page.questions else page.own


def _with_code(lines: list[Line]) -> list[tuple[Line, bool]]:
    return list(zip(lines, fenced([text for _, text in lines]), strict=True))


def _level(text: str, *, code: bool) -> int:
    """Return 1 or 2 for a heading that divides the document, else 0."""
    match = None if code else _HEADING.match(text)
    return len(match[1]) if match and len(match[1]) <= _QUESTION_LEVEL else 0


def _underlined_as_headings(lines: list[Line]) -> list[Line]:
    """Write headings underlined with ``===`` or ``---`` the other way; a line below a paragraph of two is none."""
    done: list[Line] = []
    for (number, text), inside in _with_code(lines):
        if not inside and _underlines(text, done):
            above = done[-1][1].strip()
            done[-1] = (done[-1][0], f"{'#' if text.strip()[0] == '=' else '##'} {above}")
        else:
            done.append((number, text))
    return done


def _underlines(text: str, before: list[Line]) -> bool:
    """Tell whether a line makes the one before it a heading."""
    if not before or not _UNDERLINE.match(text) or _NOT_A_TITLE.match(before[-1][1]):
        return False
    return len(before) < 2 or not before[-2][1].strip() or _level(before[-2][1], code=False) > 0  # noqa: PLR2004


def _questions_as_headings(lines: list[Line]) -> list[Line]:
    done: list[Line] = []
    for number, text in lines:
        after_gap = not done or not done[-1][1].strip()
        asked = _ASKED.match(text) if after_gap and len(text) <= _LONGEST_HEADING else None
        if asked:
            done.append((number, f"## {asked[1]}"))
        else:
            done.append((number, _ANSWERED.sub("", text, count=1) if _ANSWERED.match(text) else text))
    return done
