"""Files of changes: upload, check page by page, confirm with one code, follow to the end, and keep the result."""

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, Response, redirect, render_template, request, url_for

from assistant.conversation.bulk.lines import COLUMNS
from assistant.domain.accounts import CodeVerdict
from assistant.domain.bulk import BULK_OPS, MOST_ROWS
from assistant.domain.errors import Forbidden, InvalidInput, QuoteOutdated
from assistant.domain.identifiers import BatchId
from assistant.domain.principals import Permission, Principal, may
from assistant.domain.refusals import Refusal
from web import exports, presenters, visitors
from web.current import application
from web.pages.sign_in import explained, status_of
from web.queries import page_number

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as Answer

    from assistant.conversation.bulk.desk import BatchDesk
    from assistant.conversation.bulk.lines import Fault

blueprint = Blueprint("bulk", __name__)

LARGEST_FILE = 4 * 1024 * 1024
"""The most bytes of a file of changes, which is more than the longest list needs."""
_FAULTS_SHOWN = 200
_REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY
_EXAMPLES = (
    ("seats", "Contoso", "WF Services Monthly Rolling", "+10", "", "", "", "", ""),
    ("crossgrade", "Lucerne", "WF Services Monthly Rolling", "", "WF Services XDR", "", "", "", ""),
    ("renewal", "Tailspin", "", "", "", 12, "", "", ""),
)


def allow_larger_files() -> None:
    """Let the two addresses that take lists take more than a form holds."""
    if request.method == "POST" and request.path in {"/bulk", "/api/v1/batches", "/api/v1/licensing/batches"}:
        request.max_content_length = LARGEST_FILE


@blueprint.get("/bulk")
def form() -> str:
    """Show the form for a file, what it has to hold, and the newest batches."""
    return _form_page(_changer())


@blueprint.post("/bulk")
def upload() -> "Answer | tuple[str, int]":
    """Read a file; what is wrong with it is told line by line, all at once, and then nothing is kept."""
    who = _changer()
    try:
        rows, faults = _desk().read(who, _table())
        if faults:
            return _form_page(who, faults=faults), _REFUSED
        batch_id = _desk().prepare(who, rows)
    except InvalidInput as error:
        return _form_page(who, fault=f"{error.field}: {error.message}"), _REFUSED
    return redirect(url_for("bulk.show", batch_id=batch_id), HTTPStatus.SEE_OTHER)


@blueprint.get("/bulk/template.<ending>")
def template(ending: str) -> Response:
    """Return a file with the heads and an example of each kind of line."""
    _changer()
    return _file("changes", ending, [tuple(COLUMNS.values()), *_EXAMPLES])


@blueprint.get("/bulk/<batch_id>")
def show(batch_id: str) -> str:
    """Show a batch: before it is confirmed what it would do, afterwards how far it is; showing it goes on with it."""
    return _batch_page(_reader(), BatchId(batch_id))


@blueprint.post("/bulk/<batch_id>/confirm")
def confirm(batch_id: str) -> "Answer | tuple[str, int]":
    """Confirm the batch as it was shown, with a code."""
    who, code = _changer(), request.form.get("code", "").strip()
    try:
        outcome = _desk().confirm(who, BatchId(batch_id), request.form.get("hash", ""), code)
    except QuoteOutdated as error:
        return _batch_page(who, BatchId(batch_id), error.message), HTTPStatus.CONFLICT
    if isinstance(outcome, CodeVerdict):
        return _batch_page(who, BatchId(batch_id), explained(outcome)), status_of(outcome)
    if isinstance(outcome, Refusal):
        return _batch_page(who, BatchId(batch_id), _desk().refusal_words(outcome)), HTTPStatus.CONFLICT
    return redirect(url_for("bulk.show", batch_id=batch_id), HTTPStatus.SEE_OTHER)


@blueprint.post("/bulk/<batch_id>/stop")
def stop(batch_id: str) -> "Answer":
    """Let the batch begin no further change."""
    who = _changer()
    _desk().stop(who, BatchId(batch_id))
    return redirect(url_for("bulk.show", batch_id=batch_id), HTTPStatus.SEE_OTHER)


@blueprint.get("/bulk/<batch_id>/result.<ending>")
def result(batch_id: str, ending: str) -> Response:
    """Return what became of each row as a file."""
    who = _reader()
    return _file(f"result-{batch_id}", ending, list(_desk().result(who, BatchId(batch_id))))


def _form_page(who: Principal, fault: str | None = None, faults: "tuple[Fault, ...]" = ()) -> str:
    return render_template(
        "bulk.html",
        fault=fault,
        faults=faults[:_FAULTS_SHOWN],
        count=len(faults),
        columns=COLUMNS,
        ops=BULK_OPS,
        most=MOST_ROWS,
        batches=_desk().newest(who),
    )


def _batch_page(who: Principal, batch_id: BatchId, fault: str | None = None) -> str:
    desk, number = _desk(), page_number()
    view = desk.far(who, batch_id)
    capsule = None
    if view.state == "prepared" and number == 1:
        # only the first page asks for a yes, so only it is worked out anew
        capsule = desk.preview(who, batch_id)
    offset = (number - 1) * presenters.PAGE_SIZE
    items = desk.items(who, batch_id, offset, presenters.PAGE_SIZE)
    return render_template(
        "batch.html",
        view=view,
        fault=fault,
        preview=None if capsule is None or isinstance(capsule, Refusal) else desk.preview_words(capsule),
        refusal=desk.refusal_words(capsule) if isinstance(capsule, Refusal) else None,
        page=presenters.cut(items, view.rows, offset),
        may_change=may(who, Permission.LICENCES_CHANGE),
    )


def _table() -> list[tuple[str | int | float | bool | None, ...]]:
    file = request.files.get("file")
    if file is None or not file.filename:
        raise InvalidInput("file", "is missing; choose a CSV file or a workbook")
    with file.stream:
        data = file.read()
    return list(application().read_table(file.filename, data, MOST_ROWS))


def _file(name: str, ending: str, rows: list[exports.Row]) -> Response:
    if ending == "csv":
        return exports.csv_file(name, rows)
    if ending != "xlsx":
        raise InvalidInput("address", "must end in .csv or .xlsx")
    headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return Response(application().workbook(name[:31], rows), mimetype=kind, headers=headers)


def _desk() -> "BatchDesk":
    return application().conversations.batch_desk()


def _reader() -> Principal:
    who = visitors.signed_in()
    if not may(who, Permission.CUSTOMERS_READ):
        raise Forbidden("This role has no customers.")
    return who


def _changer() -> Principal:
    who = visitors.signed_in()
    if not may(who, Permission.LICENCES_CHANGE):
        raise Forbidden("Your role does not change licences. Ask a partner administrator of your company.")
    return who
