"""Lines of a file of changes: every fault at once by row and column, and otherwise the actions of the flows they name."""

from datetime import date

import pytest

from assistant.conversation.bulk.lines import COLUMNS, Known, Reader, lines_of
from assistant.conversation.wording import read_wording
from assistant.domain.actions import ChangeRenewal, ChangeSeats, ChangeTerm, Crossgrade
from assistant.domain.batches import CustomerPlans
from assistant.domain.errors import InvalidInput
from assistant.domain.lookups import PlanChoice
from assistant.workflows import all_flows

HEADS = tuple(COLUMNS.values())
MONTHLY = PlanChoice("wf", "WF Services Monthly Rolling", ("monthly",), "S-1", 25)
ANNUAL = PlanChoice("wfa", "WF Services Annual", (), "S-2", 40)
CUSTOMERS = (CustomerPlans("C-1", "Contoso", (MONTHLY,)), CustomerPlans("C-2", "Lucerne", (MONTHLY, ANNUAL)))
XDR = PlanChoice("xdr", "WF Services XDR")
OPS = ("seats", "crossgrade", "assign", "term", "renewal", "suspend", "resume", "cancel")
KNOWN = Known(dict.fromkeys(OPS, CUSTOMERS), {"crossgrade": (XDR,), "assign": (XDR,)})
READER = Reader({flow.id: flow for flow in all_flows()}, KNOWN, read_wording(), date(2026, 3, 15))


def read(*rows, heads=HEADS):
    return READER.read(lines_of([heads, *rows]))


def actions(*rows):
    found, faults = read(*rows)
    assert faults == ()
    return [row.action for row in found]


def test_lines_become_the_actions_of_their_flows():
    assert actions(
        ("seats", "Contoso", "", 30),
        ("Seats", "contoso ", "", "+5"),
        ("crossgrade", "Contoso", "", "", "WF Services XDR"),
        ("crossgrade", "Lucerne", "WF Services Annual", "", "WF Services XDR"),
        ("renewal", "Lucerne", "WF Services Annual", "", "", "off"),
        ("term", "Lucerne", "monthly", "", "", "", "2026-12-31"),
    ) == [
        ChangeSeats("C-1", "S-1", 30),
        ChangeSeats("C-1", "S-1", 30),
        Crossgrade("C-1", "xdr", 25),
        Crossgrade("C-2", "xdr", 40),
        ChangeRenewal("C-2", "S-2", 0),
        ChangeTerm("C-2", "S-1", date(2026, 12, 31)),
    ]


def test_all_faults_are_told_at_once_by_row_and_column():
    _rows, faults = read(
        ("seats", "Contoso", "", 30),
        ("fly", "Contoso"),
        (),
        ("seats", "Nobody", "", 5),
        ("seats", "Lucerne", "", 5),
        ("seats", "Contoso", "", "many"),
        ("term", "Contoso", "Other plan", "", "", "", "the day after"),
    )

    assert [(fault.row, fault.column) for fault in faults] == [
        (3, "Change"),
        (5, "Customer"),
        (6, "Plan"),
        (7, "Seats"),
        (8, "Plan"),
        (8, "Expires"),
    ]
    assert all(fault.text for fault in faults)


def test_columns_may_come_in_any_order_and_be_left_away():
    rows, faults = read(("Contoso", "30", "seats"), heads=("customer", "SEATS", "Change"))

    assert faults == ()
    assert rows[0].action == ChangeSeats("C-1", "S-1", 30)


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ([], "empty"),
        ([("Change", "Customer", "Colour"), ("seats", "Contoso", "red")], "Colour"),
        ([("Change", "Change", "Customer"), ("seats", "x", "y")], "twice"),
        ([("Customer",), ("Contoso",)], "lacks the column Change"),
        ([HEADS], "1 to 20,000 rows"),
        ([HEADS, *[("seats", "Contoso")] * 20_001], "it has 20,001"),
    ],
)
def test_a_table_that_is_none_is_refused(table, told):
    with pytest.raises(InvalidInput, match=told):
        lines_of(table)


def test_a_cell_that_a_spreadsheet_would_reckon_with_is_read_as_it_was_meant():
    rows, faults = read(("seats", "Contoso", "", "'+5"), ("seats", "=1+1", "", 5.0))

    assert rows[0].action == ChangeSeats("C-1", "S-1", 30)
    assert [fault.column for fault in faults] == ["Customer"]
