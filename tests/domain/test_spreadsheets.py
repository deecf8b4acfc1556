"""CSV that a spreadsheet can open without running anything."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.spreadsheets import csv_text, defused, is_risky

CELLS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])) | st.integers() | st.none()


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=4))
def test_what_is_written_is_read_back_but_for_what_was_defused(rows):
    read = list(csv.reader(io.StringIO(csv_text(rows), newline=""), strict=True))

    assert read == [
        ["" if cell is None else defused(cell) if isinstance(cell, str) else str(cell) for cell in row]
        for row in rows
    ]


@given(st.lists(st.text(min_size=1), min_size=2, max_size=4))
def test_no_text_starts_a_formula(cells):
    assert not any(is_risky(defused(cell)) for cell in cells)


def test_lines_end_as_spreadsheets_expect_and_nothing_is_an_empty_cell():
    assert csv_text([["a", None, 1], ["=b", "c,d", -2]]) == 'a,,1\r\n\'=b,"c,d",-2\r\n'
