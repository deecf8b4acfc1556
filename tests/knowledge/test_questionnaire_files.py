"""Questionnaires as files: what is read, what is refused, and that nothing written becomes a formula."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.errors import InvalidInput
from assistant.domain.spreadsheets import defused, is_risky
from assistant.knowledge.documents.model import SourceFile
from assistant.knowledge.questionnaires.files import read_questionnaire, write_questionnaire
from assistant.knowledge.questionnaires.sheets import Book
from assistant.knowledge.questionnaires.xlsx_files import read_xlsx, write_xlsx
from support.questionnaires import csv_book, csv_round, csv_rows, filled, opened, sheet, with_part, workbook

RISKY = [
    "=1+1",
    "+A1",
    "-A1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "\u00a0=1",
    "\u200b=1",
    "\uff1d1",
    "\uff0b1+1",
    "\uff20A",
    "- Yes",
]
BROKEN_SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1" t="s"><v>999</v></c></row></sheetData></worksheet>'
)
HARMLESS = ["a=b", "1-1", "'=1", "", "-5", "+3,5", "Yes", "(=1)"]


@pytest.mark.parametrize("text", RISKY)
def test_a_text_that_could_become_a_formula_gets_an_apostrophe_in_csv(text):
    assert defused(text) == f"'{text}"
    assert csv_rows(csv_round(f'Question\n"{text}"\n'))[1] == [f"'{text}"]


@pytest.mark.parametrize("text", HARMLESS)
def test_another_text_stays_as_it_is(text):
    assert defused(text) == text


@pytest.mark.parametrize("text", RISKY)
def test_a_text_stays_a_text_in_a_workbook(text):
    cell = opened(write_xlsx(Book((sheet(["Question"], [text]),)))).active["A2"]
    assert (cell.data_type, cell.value.strip(), cell.quotePrefix) == ("s", text.strip(), True)


@given(st.text(max_size=30))
def test_no_text_is_risky_once_it_is_defused(text):
    assert not is_risky(defused(text))
    assert defused(text).removeprefix("'") in {text, text.removeprefix("'")}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_and_kept(delimiter):
    book = csv_book(f'No{delimiter}Question\n1{delimiter}"A, b; c?"\n2{delimiter}D?\n')
    assert book.sheets[0].rows == (("No", "Question"), ("1", "A, b; c?"), ("2", "D?"))
    assert book.delimiter == delimiter


def test_a_single_column_needs_no_delimiter():
    assert csv_book("Question\nMay I, or may I not?\nWho; when?\n").sheets[0].rows[1] == (
        "May I, or may I not?",
    )


def test_lines_within_a_cell_are_kept():
    assert csv_book('Question,x\r\n"A\nB?",1\r\n').sheets[0].rows[1] == ("A\nB?", "1")


def test_the_byte_order_mark_is_kept_and_not_made_up():
    assert csv_round("\ufeffQuestion\nA?\n".encode()).startswith(b"\xef\xbb\xbf")
    assert not csv_round("Question\nA?\n").startswith(b"\xef\xbb\xbf")


def test_another_encoding_is_guessed_and_written_so_that_a_spreadsheet_program_sees_it():
    text = "Frage;Bemerkung\nDürfen Kassen später geöffnet werden?;für Köln und Zürich\n"
    for encoding in ("cp1252", "utf-16"):
        written = csv_round(text.encode(encoding))
        assert written.startswith(b"\xef\xbb\xbf")
        assert csv_rows(written, ";")[1][0] == "Dürfen Kassen später geöffnet werden?"


def test_a_workbook_is_read_sheet_by_sheet_with_its_values():
    book = read_xlsx(SourceFile("q.xlsx", workbook(One=[["Question"], ["A?"], [7]], Two=[["x", None, 1.5]])))
    assert [s.name for s in book.sheets] == ["One", "Two"]
    assert book.sheets[0].rows == (("Question",), ("A?",), (7,))
    assert book.sheets[1].rows == (("x", None, 1.5),)


def test_the_exact_text_stands_in_a_workbook_and_its_heads_are_bold():
    worksheet = opened(write_xlsx(Book((sheet(*filled(["Question"], ["A?"])),)))).active
    assert worksheet["B2"].value == "- Tills may be moved.\n  - Not on Sundays."
    assert worksheet["B1"].font.bold
    assert not worksheet["B2"].font.bold


def test_a_text_longer_than_a_cell_is_left_out_with_a_note():
    rows = filled(["Question"], ["A?"])
    long = (*rows[1][:1], "x" * 32_768, *rows[1][2:])
    worksheet = opened(write_xlsx(Book((sheet(rows[0], long),)))).active
    assert worksheet["B2"].value is None
    assert "longer than a cell" in worksheet["F2"].value


def test_control_characters_and_names_that_a_workbook_cannot_hold_do_no_harm():
    data = write_xlsx(Book((sheet(["a\x00b"], name="a/b:c" * 20), sheet(["x"], name="[]"))))
    assert opened(data).worksheets[0]["A1"].value == "ab"
    assert len(opened(data).sheetnames[0]) <= 31


@pytest.mark.parametrize(
    ("part", "content", "told"),
    [
        ("xl/vbaProject.bin", b"x", "macros"),
        ("[Content_Types].xml", b'<Types><Override ContentType="a.macroEnabled.b"/></Types>', "macros"),
        ("xl/huge.xml", b"<a>" + b" " * 30_000_000 + b"</a>", "unpacks to far more"),
        ("xl/sharedStrings.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "document type"),
        (
            "xl/sharedStrings.xml",
            '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'.encode("utf-16"),
            "document type",
        ),
        ("xl/workbook.xml", b"<workbook>", "not well-formed"),
        ("xl/worksheets/sheet1.xml", BROKEN_SHEET, "cannot be read"),
    ],
)
def test_a_hostile_or_damaged_workbook_is_refused(part, content, told):
    data = with_part(workbook(One=[["Question"], ["A?"]]), part, content)
    with pytest.raises(InvalidInput, match=told):
        read_xlsx(SourceFile("q.xlsx", data))


@pytest.mark.parametrize("data", [b"PK\x03\x04 nonsense", b"\xd0\xcf\x11\xe0 encrypted", b"Question\nA?\n"])
def test_what_is_no_workbook_is_refused(data):
    with pytest.raises(InvalidInput, match="not an XLSX workbook"):
        read_xlsx(SourceFile("q.xlsx", data))


@pytest.mark.parametrize("name", ["q.xlsm", "q.xls", "q.txt", "q"])
def test_another_type_is_refused_for_reading_and_writing(tmp_path, name):
    (tmp_path / name).write_bytes(b"Question\nA?\n")
    with pytest.raises(InvalidInput, match=r"must end in \.csv or \.xlsx"):
        read_questionnaire(tmp_path / name)
    with pytest.raises(InvalidInput, match=r"must end in \.csv or \.xlsx"):
        write_questionnaire(Book((sheet(["Question"], ["A?"]),)), tmp_path / name, force=True)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xef\xbb\xbf",
        b"a\0b,c\n",
        b'Question\n"' + b"x" * 140_000 + b'"\n',
        b"\xff\xfe\x00",
        b"," * 300 + b"x\n",
    ],
    ids=["empty", "mark", "null", "long cell", "half", "wide"],
)
def test_a_bad_csv_file_is_refused_or_read_without_a_fault(tmp_path, data):
    path = tmp_path / "q.csv"
    path.write_bytes(data)
    assert _read_or_refused(lambda _: read_questionnaire(path), data)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    assert _read_or_refused(csv_book, data)
    assert _read_or_refused(lambda d: read_xlsx(SourceFile("q.xlsx", d)), data)


def _read_or_refused(read, data):
    """Return the sheets that were read, or why they were not."""
    try:
        return read(data).sheets
    except InvalidInput as refused:
        return refused.message


def test_a_missing_file_or_folder_is_told(tmp_path):
    with pytest.raises(InvalidInput, match="cannot be read"):
        read_questionnaire(tmp_path / "q.csv")
    with pytest.raises(InvalidInput, match="cannot be written"):
        write_questionnaire(Book((sheet(["Question"]),)), tmp_path / "none" / "q.csv", force=False)


def test_a_file_is_overwritten_only_by_force_and_nothing_else_is_left(tmp_path):
    path = tmp_path / "out.csv"
    path.write_text("mine", encoding="utf-8")
    book = Book((sheet(["Question"], ["A?"]),), marked=False)
    with pytest.raises(InvalidInput, match="exists already"):
        write_questionnaire(book, path, force=False)
    assert path.read_text(encoding="utf-8") == "mine"
    write_questionnaire(book, path, force=True)
    assert path.read_bytes() == b"Question\r\nA?\r\n"
    assert [p.name for p in tmp_path.iterdir()] == ["out.csv"]


def test_a_csv_file_takes_the_one_sheet_with_questions(tmp_path):
    figures, asked = sheet([1, 2], name="Figures"), sheet(["Question"], ["A?"])
    write_questionnaire(Book((figures, asked)), tmp_path / "out.csv", force=False)
    assert csv_rows((tmp_path / "out.csv").read_bytes()) == [["Question"], ["A?"]]
    with pytest.raises(InvalidInput, match="2 sheets have questions"):
        write_questionnaire(Book((asked, asked)), tmp_path / "two.csv", force=False)
