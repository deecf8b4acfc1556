"""The columns that are added to a questionnaire."""

from collections.abc import Iterator, Mapping

from assistant.domain.entries import Answer, AnsweredEntry, AnswerKind
from assistant.knowledge.questionnaires.sheets import Book, Place, Row, Sheet, find_place

HEADS: Row = ("Answer", "Source", "Date", "Match", "Note", "Entry", "Why")
_WITHOUT_ANSWER = frozenset({AnswerKind.CHOOSE, AnswerKind.NONE, AnswerKind.WITHDRAWN})
_AGED = "The document is more than two years old; check whether it still holds."


def answered(book: Book, answers: Mapping[str, Answer]) -> Book:
    """Return the book with the added columns; sheets without questions stay as they are."""
    return Book(tuple(_answered_sheet(sheet, answers) for sheet in book.sheets), book.delimiter, book.marked)


def _answered_sheet(sheet: Sheet, answers: Mapping[str, Answer]) -> Sheet:
    place = find_place(sheet)
    if place is None:
        return sheet
    width = max(len(row) for row in sheet.rows)
    return Sheet(sheet.name, tuple(_answered_rows(sheet, place, width, answers)))


def _answered_rows(sheet: Sheet, place: Place, width: int, answers: Mapping[str, Answer]) -> Iterator[Row]:
    if place.head is None:
        yield (*[None] * width, *HEADS)
    for index, row in enumerate(sheet.rows):
        question = place.question(index, row)
        if index == place.head:
            yield (*row, *[None] * (width - len(row)), *HEADS)
        elif question:
            yield (*row, *[None] * (width - len(row)), *answer_cells(answers[question]))
        else:
            yield row


def is_answered(answer: Answer) -> bool:
    """Tell whether the answer has a text to show, and not only a choice or a reason."""
    return bool(answer.entries) and answer.kind not in _WITHOUT_ANSWER


def answer_cells(answer: Answer) -> Row:
    """Return the cells under the added heads.

    The first is the stored text, unchanged, or empty where there is no single answer; the note then says why.
    """
    entries = answer.entries
    sources = "\n".join(
        dict.fromkeys(f"{e.entry.source.document}, “{e.entry.source.heading}”" for e in entries)
    )
    dates = "\n".join(dict.fromkeys(e.entry.source.date for e in entries))
    ids = "\n".join(e.entry.id for e in entries)
    why = "\n".join(dict.fromkeys(filter(None, map(_why, entries))))
    if not is_answered(answer):
        return None, None, None, answer.kind.value, _reason(answer), ids or None, why or None
    text = "\n\n".join(e.entry.text for e in entries)
    note = _AGED if any(e.aged for e in entries) else None
    return text, sources, dates, answer.kind.value, note, ids, why or None


def _reason(answer: Answer) -> str:
    if answer.kind is AnswerKind.WITHDRAWN:
        return "This entry was withdrawn."
    if answer.entries:
        asked = "; ".join(e.entry.question for e in answer.entries)
        return f"Several entries could be meant; choose one: {asked}"
    told = ["The approved knowledge does not answer this."]
    if answer.missing:
        told.append("Nothing was found for: " + ", ".join(answer.missing) + ".")
    if answer.gap:
        told.append(f"Recorded as {answer.gap}.")
    if answer.nearest:
        told.append("It does say something about: " + "; ".join(e.question for e in answer.nearest))
    return " ".join(told)


def _why(answered_entry: AnsweredEntry) -> str:
    why = answered_entry.why
    told = [", ".join(why.matched)] if why.matched else []
    told += [f"{word} taken as {', '.join(terms)}" for word, terms in why.expanded.items()]
    told += [f"{typed} read as {known}" for typed, known in why.repaired.items()]
    return "; ".join(told)
