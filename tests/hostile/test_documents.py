"""Documents that are meant to harm whoever reads them: each is read or refused within little time and memory."""

import io
import zipfile
from pathlib import Path

import pytest

from assistant.knowledge.documents.importer import Naming, read_document
from assistant.knowledge.documents.reading import load
from assistant.knowledge.questionnaires.files import read_questionnaire
from assistant.knowledge.rendering import to_html
from support.confined import confined

_TYPES = "[Content_Types].xml"
_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ENTITIES = "<!DOCTYPE x [" + '<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(97 + n)} "{f"&{chr(96 + n)};" * 10}">' for n in range(1, 10)
) + "]>"  # fmt: skip
_OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
_REMOTE = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'


def archive(parts, method=zipfile.ZIP_DEFLATED):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return packed.getvalue()


def workbook(sheet="", *, strings="", extra=None, doctype="", name="xl/worksheets/sheet1.xml"):
    types = (
        f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_MAIN}"/></Types>'
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        _TYPES: types,
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_SPACE}" xmlns:r="{office}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        name: f'{doctype}<worksheet xmlns="{_SPACE}"><sheetData>{sheet}</sheetData></worksheet>',
    }
    if strings:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{_SPACE}">{strings}</sst>'
    return archive({**parts, **(extra or {})})


def cells(number, text="Question?"):
    return "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{text}</t></is></c></row>'
        for n in range(1, number + 1)
    )


def damaged(data, at):
    return data[:at] + b"\xff\x00\xff" + data[at + 3 :]


BOMB = archive({"a": b"\0" * 60_000_000})
MARKDOWN = {
    "nested quotes": "## Q?\n\n" + "> " * 20_000 + "x",
    "nested lists": "## Q?\n\n" + "\n".join("  " * n + "- x" for n in range(2_000)),
    "nested brackets": "## Q?\n\n" + "[" * 50_000,
    "nested emphasis": "## Q?\n\n" + "*a **b " * 20_000,
    "a table of many columns": "## Q?\n\n|" + "a|" * 20_000 + "\n|" + "-|" * 20_000 + "\n|" + "b|" * 20_000,
    "a table of many rows": "## Q?\n\n|a|b|\n|-|-|\n" + "|c|d|\n" * 10_000,
    "a fence without end": "## Q?\n\n" + "```" * 30_000,
    "links to references": "## Q?\n\n" + "".join(f"[a{n}]: b\n" for n in range(20_000)) + "[a1]" * 20_000,
    "one line of 4 MB": "## Q?\n\n" + "a" * 4_000_000,
    "a million lines": "## Q?\n\n" + "a\n" * 1_000_000,
    "a hundred thousand headings": "".join(f"## Q{n}?\n" for n in range(100_000)),
    "comments without end": "## Q?\n\n" + "<!--" * 50_000,
    "tags without end": "## Q?\n\n" + "<a href='" * 50_000,
    "entities": "## Q?\n\n" + "&amp;" * 200_000,
    "a knowledge block that nests": "## Q?\n\n<!-- knowledge\nalternates:\n" + "  - " * 5_000 + "\n-->",
    "a knowledge block of anchors": "## Q?\n\n<!-- knowledge\na: &a [1]\nb: &b [*a,*a]\n-->\n",
    "backslashes": "## Q?\n\n" + "\\" * 1_000_000,
    "backticks of growing length": "## Q?\n\n" + " ".join("`" * n for n in range(1, 800)),
    "autolinks": "## Q?\n\n" + "<http://" * 50_000,
    "control characters": "## Q?\n\n" + "".join(map(chr, range(1, 32))) * 20_000,
}
BYTES = {
    "an archive as a text": archive({"a": "b"}),
    "a bomb as a text": BOMB,
    "UTF-16 without an end": b"\xff\xfe## Q?\n\n".ljust(1_000_001, b"a"),
    "UTF-32": "## Q?\n\nA.".encode("utf-32"),
    "half of a letter": b"## Q?\n\n\xc3",
    "overlong forms": b"## Q?\n\n" + b"\xc0\xaf" * 50_000,
    "surrogates": b"## Q?\n\n" + b"\xed\xa0\x80" * 50_000,
    "zeros": b"\0" * 4_000_000,
    "every byte": bytes(range(256)) * 4_000,
    "UTF-7": b"## Q?\n\n+ADw-script+AD4-",
    "Shift JIS": "## Q?\n\nあ".encode("shift_jis") * 5_000,
    "a byte order mark each line": b"\xef\xbb\xbf## Q?\n" * 3_000,
}
OTHER_TYPES = {
    "faq.docx": archive({"word/document.xml": _OUTSIDE + "<x>&a;</x>"}),
    "faq.pptx": archive({"ppt/slides/slide1.xml": _ENTITIES + "<x>&j;</x>"}),
    "faq.zip": archive({"../../etc/cron.d/x": "x", "/etc/passwd": "x"}),
    "faq.html": b"<script>" * 10_000,
    "faq.md.zip": BOMB,
    "../../etc/passwd.rtf": b"{\\rtf" * 1_000,
}
TABLES = {
    "a bomb.xlsx": BOMB,
    "a bomb in a sheet.xlsx": workbook("<row>" + " " * 60_000_000 + "</row>"),
    "many parts.xlsx": workbook(extra={f"xl/x{n}.xml": "<a/>" for n in range(3_000)}),
    "entities.xlsx": workbook("<row><c><v>&j;</v></c></row>", doctype=_ENTITIES),
    "a file of the machine.xlsx": workbook("<row><c><v>&a;</v></c></row>", doctype=_OUTSIDE),
    "a remote type.xlsx": workbook("<row/>", doctype=_REMOTE),
    "a path upwards.xlsx": workbook(cells(3), extra={"../../../etc/cron.d/x": "x"}),
    "an absolute path.xlsx": workbook(cells(3), extra={"/etc/passwd": "x"}),
    "no types.xlsx": archive({"xl/workbook.xml": "<a/>"}),
    "an empty archive.xlsx": archive({}),
    "not well formed.xlsx": workbook("<row><c>"),
    "damaged.xlsx": damaged(workbook(cells(50)), 200),
    "cut off.xlsx": workbook(cells(500))[:900],
    "a hundred thousand rows.xlsx": workbook(cells(100_000)),
    "a cell far out.xlsx": workbook(
        '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>Q?</t></is></c></row>'
    ),
    "a row without number.xlsx": workbook('<row r="-1"><c r="A-1"><v>1</v></c></row>'),
    "a huge number.xlsx": workbook("<row><c><v>" + "9" * 100_000 + "</v></c></row>"),
    "deep.xlsx": workbook("<row>" + "<c>" * 20_000 + "</c>" * 20_000 + "</row>"),
    "a formula.xlsx": workbook('<row r="1"><c r="A1"><f>cmd|x!A0</f><v>1</v></c></row>'),
    "strings without end.xlsx": workbook(
        '<row><c t="s"><v>9999999999</v></c></row>', strings="<si><t>a</t></si>"
    ),
    "a link outside.xlsx": workbook(cells(2), extra={"xl/externalLinks/externalLink1.xml": "<a/>"}),
    "macros.xlsx": workbook(cells(2), extra={"xl/vbaProject.bin": b"x"}),
    "text.xlsx": b"Question?\n" * 10,
    "a million cells.csv": b"a,b,c,d,e,f,g,h,i,j\n" * 100_000,
    "one line.csv": b"a," * 2_000_000,
    "quotes.csv": b'"' * 1_000_001,
    "a quote without end.csv": b'Question?\n"' + b"a\n" * 500_000,
    "zeros.csv": b"\0" * 1_000_000,
    "UTF-16.csv": ("Question?\r\n" * 1_000).encode("utf-16"),
    "only separators.csv": b";,\t|" * 200_000,
    "formulas.csv": b"Question?\n" + b"=cmd|' /C calc'!A0\n" * 1_000,
}


def _import(path):
    document = read_document(load(path), Naming("D", "2025-01"))
    for draft in document.drafts[:50]:
        to_html(draft.entry.text)


CASES = {
    **{f"{name}.md": text.encode() for name, text in MARKDOWN.items()},
    **{f"{name}.txt": data for name, data in BYTES.items()},
    **OTHER_TYPES,
}


def test_there_are_enough_of_them():
    assert len(CASES) + len(TABLES) >= 58


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_document_is_read_or_refused(tmp_path, name):
    path = tmp_path / name.replace("/", "_")
    path.write_bytes(CASES[name])

    outcome = confined(lambda: _import(path), (path,))

    assert outcome.partition(":")[0] in {"done", "refused"}, outcome
    assert str(tmp_path) not in outcome
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("name", TABLES)
def test_a_hostile_table_is_read_or_refused(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(TABLES[name])

    outcome = confined(lambda: read_questionnaire(path), (path,))

    assert outcome.partition(":")[0] in {"done", "refused"}, outcome
    assert "root:" not in outcome
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_what_confines_them_notices_a_touched_file_and_a_fault(tmp_path):
    assert confined(lambda: (tmp_path / "x").write_text("x")).startswith("touched")
    assert confined(lambda: Path("/etc/passwd").read_bytes()).startswith("touched")
    assert confined(lambda: 1 / 0).startswith("fault")
    assert "MemoryError" in confined(lambda: bytearray(400 * 1024 * 1024))
