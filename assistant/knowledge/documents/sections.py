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
        match = None if inside else _UNDERLINE.match(text)
        above = done[-1][1] if done else ""
        alone = len(done) < 2 or not done[-2][1].strip() or _level(done[-2][1], code=False)  # noqa: PLR2004
        if match and alone and not _NOT_A_TITLE.match(above):
            done[-1] = (done[-1][0], f"{'#' if match[1][0] == '=' else '##'} {above.strip()}")
        else:
            done.append((number, text))
    return done


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
