"""The checks together: what is clean stays silent, and what is odd is told with its line."""

import pytest

from assistant.domain.errors import InvalidInput
from assistant.knowledge.desk import default_files
from assistant.knowledge.linting.linter import lint
from support.knowledge import source
from support.linting import CLEAN, codes, findings, page

MESSY = """# Partner handbook

May, 2024

## Is the billing of the licenses according to size or to total volume?

- It goes by the total, see page 4.

## What does Grace Period means?

- Reports are due after 12 month.

## Are trail versions available?

- Partners get trials of max. 10 seats.
- Own use goes over the QKR offering.

## Do we support the cloud directory?

- No, it is on the roadmap.

## Is a second factor supported?

- Yes, in every console.

## How many seats may a trial version have?

- Trial versions may have up to 15 seats.

## Is a second factor supported there?

- No, not in any.

## How is a plan assigned?

<!-- knowledge
related: no-such-entry
-->

- As mentioned before, with this code: ZZ-DEMO-ABCD1-EFGH2-JKLM3-NPQR4-STUV5
"""


def test_a_clean_file_has_no_finding():
    assert findings(CLEAN) == []


def test_the_default_knowledge_has_no_finding():
    assert lint(default_files()) == ()


def test_every_oddity_of_a_messy_file_is_told_with_its_line():
    assert codes(MESSY) == [
        (5, "odd-spelling"),
        (7, "dangling-reference"),
        (9, "odd-spelling"),
        (11, "odd-spelling"),
        (13, "odd-spelling"),
        (16, "undefined-acronym"),
        (20, "ageing-statement"),
        (28, "conflicting-figures"),
        (30, "contradiction"),
        (37, "dangling-reference"),
        (40, "dangling-reference"),
        (40, "secret"),
    ]


def test_every_finding_says_what_to_do():
    assert all(f.hint for f in lint([source(MESSY)]))


def test_an_import_notice_stays_a_finding():
    assert codes(page(("Where is the till?", "It is in the <b>hall</b>."))) == [(7, "html")]
    twice = page(("Where is the till?", "In the hall."), ("Where is the till?", "At the door."))
    assert (9, "repeated-heading") in codes(twice)


def test_lines_are_those_of_the_file_with_its_front_matter():
    front = "---\ndocument: Handbook\ndate: 2024-05\n---\n"
    assert codes(front + "## Where is the till?\n\nIt is in the hall today.\n") == [(7, "ageing-statement")]


def test_parts_of_one_procedure_are_told_in_their_own_lines():
    text = "# Steps\n\nOpen it.\n\n# Steps\n\nClose it soon.\n"
    assert codes("May, 2024\n\n" + text) == [(9, "ageing-statement")]


def test_findings_come_by_file_and_line():
    first, second = page(("A head?", "Soon it opens.")), page(("Another head?", "Soon it closes."))
    found = lint([source(second, "b.md"), source(first, "a.md")])
    assert [f.file for f in found] == ["a.md", "b.md"]


def test_a_file_that_cannot_be_read_is_refused():
    with pytest.raises(InvalidInput):
        lint([source("", "empty.md")])


@pytest.mark.parametrize(
    "line",
    [
        "a" * 39_000,
        "A" * 39_000,
        "if " * 13_000,
        "today if " * 4_000,
        "](" * 19_000,
        "a@b." * 9_000,
        "does x " * 5_000,
        "(AB " * 9_000,
        "`" * 39_000,
    ],
    ids=lambda line: line[:9],
)
def test_a_hostile_line_is_checked_to_its_end(line):
    told = codes(page(("Where is the till?", f"{line}\n\nIt is in the hall today.")))
    assert (9, "ageing-statement") in told
