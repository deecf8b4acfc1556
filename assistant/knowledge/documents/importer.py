"""Reading one file as a document: its name, date and entries."""

import re
from dataclasses import dataclass

from assistant.domain.entries import EntryKind
from assistant.domain.errors import InvalidInput
from assistant.knowledge.documents.attributes import Attributes, check_date, front_matter, take_blocks
from assistant.knowledge.documents.cleaning import clean_heading
from assistant.knowledge.documents.definitions import only_definitions, term_of
from assistant.knowledge.documents.drafting import Drafting
from assistant.knowledge.documents.fences import fenced
from assistant.knowledge.documents.model import Document, Line, Page, Report, SourceFile
from assistant.knowledge.documents.reading import read_lines
from assistant.knowledge.documents.sections import find_pages
from assistant.knowledge.slugs import slug

_MONTHS = (
    "jan feb mar apr may jun jul aug sep oct nov dec".split(),
    "jan feb mär apr mai jun jul aug sep okt nov dez".split(),
)
_DATED = re.compile(
    r"\s{0,8}(?:(?:date|version|stand|as of|last updated)\b[:\s]{0,3})?(?:([^\W\d]{3,10})\.?,?\s{1,3}(\d{4})|(\d{4})-(\d{2}))\s*$",
    re.IGNORECASE,
)
_RULE = re.compile(r"\s*([-*_])(?:\s*\1){2,}\s*$")
_HEAD_LINES = 40
_LONGEST_NAME = 200


@dataclass(frozen=True)
class Naming:
    """What the caller says about a document; None leaves it to the file."""

    document: str | None = None
    date: str | None = None


def read_document(file: SourceFile, naming: Naming | None = None) -> Document:
    """Read a file as entries. What cannot be used is left out and told; the rest is kept.

    Raises InvalidInput when nothing can be made of the file, or when it has no date and none is given.
    """
    naming = naming or Naming()
    report = Report(file.name)
    lines = read_lines(file, report)
    stated, taken = front_matter(lines)
    numbered = list(enumerate(lines[taken:], start=taken + 1))
    rest, blocks = take_blocks(numbered, fenced(lines[taken:]), report)
    pages = find_pages(rest, report)
    name = _name(naming, stated, pages, file, report)
    date = _date(naming, stated, numbered, file)
    drafting = Drafting(name, date, stated.get("source-document") or name, blocks, report)
    _draft_pages(pages, drafting, blocks)
    if not drafting.drafts:
        why = "".join(f"; line {n.line}: {n.text}" for n in report.left_out[:1])
        raise InvalidInput(file.name, f"holds no question with an answer, definition or procedure{why}")
    return Document(name, date, tuple(drafting.drafts), tuple(report.left_out), tuple(report.warnings))


def _name(naming: Naming, stated: dict[str, str], pages: list[Page], file: SourceFile, report: Report) -> str:
    first = next((page for page in pages if page.title), None)
    title = clean_heading(first.line, first.title, Report(report.file)) if first else ""
    name = naming.document or stated.get("document") or title or file.name.rpartition(".")[0]
    return " ".join(name.split())[:_LONGEST_NAME]


def _date(naming: Naming, stated: dict[str, str], lines: list[Line], file: SourceFile) -> str:
    if naming.date:
        return check_date("date", naming.date)
    if stated.get("date"):
        return check_date("date", stated["date"])
    for _, text in lines[:_HEAD_LINES]:
        found = _dated(text)
        if found:
            return found
    raise InvalidInput("date", f"{file.name} does not say its date; give it as YYYY-MM")


def _dated(text: str) -> str | None:
    match = _DATED.match(text)
    if match and match[1]:
        month = match[1].lower()[:3]
        number = next((names.index(month) + 1 for names in _MONTHS if month in names), None)
        return f"{match[2]}-{number:02d}" if number else None
    if match and 1 <= int(match[4]) <= 12:  # noqa: PLR2004 - months
        return f"{match[3]}-{match[4]}"
    return None


def _draft_pages(pages: list[Page], drafting: Drafting, blocks: dict[int, Attributes]) -> None:
    """Draft the entries of all pages; pages of one title that hold text but no questions are one entry."""
    drawn: dict[str, list[Page]] = {}
    for page in pages:
        if not page.questions and page.title and _says_something(page.own):
            drawn.setdefault(slug(page.title), []).append(page)
    done: set[str] = set()
    for page in pages:
        key = slug(page.title)
        if page.questions or key not in drawn or not page.title:
            _leave_out_introduction(page, drafting)
            _draft_questions(page, drafting)
        elif key not in done:
            done.add(key)
            _draft_page(drawn[key], drafting, blocks)


def _says_something(lines: list[Line]) -> bool:
    return any(text.strip() and not _RULE.match(text) and not _dated(text) for _, text in lines)


def _leave_out_introduction(page: Page, drafting: Drafting) -> None:
    said = [(n, text) for n, text in page.own if _says_something([(n, text)])]
    if said:
        quoted = said[0][1].strip()[:60]
        drafting.report.leave_out(said[0][0], f"text that stands under no question: {quoted}")


def _draft_questions(page: Page, drafting: Drafting) -> None:
    for section in page.questions:
        kind_stated = "kind" in drafting.attributes_within(section.line, section.lines)
        if only_definitions(section.lines) and not kind_stated:
            drafting.add_definitions(section.title, section.line, section.lines)
        else:
            drafting.add(section.title, section.line, [section.lines], EntryKind.QUESTION)


def _draft_page(pages: list[Page], drafting: Drafting, blocks: dict[int, Attributes]) -> None:
    own = [line for page in pages for line in page.own]
    if any(term_of(text) for _, text in own) and not any("kind" in blocks.get(n, ()) for n, _ in own):
        drafting.add_definitions(pages[0].title, pages[0].line, own)
    else:
        kind = EntryKind.PROCEDURE if len(pages) > 1 else EntryKind.QUESTION
        drafting.add(pages[0].title, pages[0].line, [page.own for page in pages], kind)
