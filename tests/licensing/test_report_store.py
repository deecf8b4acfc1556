"""Reports in rows: whole, in order, and never over what somebody else stored."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assistant.domain.errors import Conflict
from assistant.domain.reports import ReportState, ReviewKind
from support.reports import MONTH, a_line, a_report


@pytest.fixture
def report(backend):
    lines = [
        a_line(9, 5, comment="Ten left", customer="Zoë"),
        a_line(7, moved=2, customer="Adatum", number=2),
    ]
    return replace(
        a_report(*lines, state=ReportState.UNDER_REVIEW, review=ReviewKind.MANUAL),
        partner_id=backend.loaded["Northwind"].id,
        submitted_at=datetime(2026, 3, 3, 1, 2, 3, 4, tzinfo=UTC),
    )


def save(backend, before, after):
    with backend.storage.writing() as unit:
        unit.reports.save(before, after)
        unit.commit()


def stored(backend, report):
    with backend.storage.reading() as unit:
        return unit.reports.get(report.partner_id, report.month)


def test_a_report_comes_back_as_it_went(backend, report):
    save(backend, report, report)

    assert stored(backend, report) == replace(report, version=1)
    assert stored(backend, replace(report, month=MONTH.next)) is None
    assert stored(backend, replace(report, partner_id=backend.loaded["Southridge"].id)) is None


def test_a_report_may_have_no_lines(backend, report):
    save(backend, report, replace(report, lines=()))

    assert stored(backend, report).lines == ()


def test_each_step_is_a_version_and_lines_follow(backend, report):
    save(backend, report, report)
    first = stored(backend, report)
    save(backend, first, replace(first, state=ReportState.REJECTED, reason="Why?"))
    second = stored(backend, report)
    save(backend, second, replace(second, lines=second.lines[:1]))

    assert (second.version, second.reason, second.lines) == (2, "Why?", report.lines)
    assert (stored(backend, report).version, stored(backend, report).lines) == (3, report.lines[:1])


@pytest.mark.parametrize("steps", [1, 2])
def test_what_somebody_else_stored_meanwhile_is_not_overwritten(backend, report, steps):
    read = report
    for _ in range(steps):
        read = stored(backend, report) or report
        save(backend, read, replace(read, reason=f"step {read.version}"))

    with pytest.raises(Conflict):
        save(backend, read, replace(read, state=ReportState.COMPLETED))
    assert stored(backend, report).version == steps
