from contextlib import suppress

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assistant.domain.errors import InvalidInput
from assistant.knowledge.documents.cleaning import clean
from assistant.knowledge.documents.exporter import write_document
from assistant.knowledge.documents.importer import Naming, read_document
from assistant.knowledge.documents.model import Report
from assistant.knowledge.documents.reading import LARGEST_FILE, load
from assistant.knowledge.rendering import to_html
from support.knowledge import entries_of, read, source
from support.work import calls_made

SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=150)
MARKUP = st.lists(
    st.sampled_from(
        ["## ", "# ", "Q?", "a", "\n", "\n\n", "\t", "- ", "  ", "```", "~~~", "**", " = ", "<b>", "<", ">", "<!--", "-->",
         "<!-- knowledge\n", "id: x", "|", "---", "===", "\\", "é", "\x00", "1. ", "> ", "alternates:\n  - z\n"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@given(st.binary(max_size=400), st.sampled_from(["a.md", "a.txt"]))
@example(b"\x00" * 100, "a.md")
@example(b"\xff\xfe\x00", "a.md")
@SLOW
def test_any_bytes_are_read_or_refused_in_one_sentence(data, name):
    drafts = ()
    with suppress(InvalidInput):
        drafts = read_document(source(data, name), Naming("D", "2025-01")).drafts
    assert all(draft.entry.text and draft.entry.question for draft in drafts)


@given(MARKUP)
@example("## Q?\n\n```\n## in\n")
@example("## Q?\n\n<!<b>-- x\n")
@example("## Q?\n\n<!-- open\n")
@example("## Q? ##\n\na\tb\nc\td\te\n")
@example("Q?\n<b>## ")
@example("## Q?\n\n<b># x\n<i>## y\n")
@example("## Q?\n\nA\n<b>---\n\nB\n<b>===\n")
@example("## Q?\n\nA\n<b>\nB\n---\n")
@example("## Q?\n\na\tb\n---\n")
@SLOW
def test_what_is_exported_is_imported_the_same(text):
    try:
        first = read_document(source(text), Naming("D", "2025-01"))
    except InvalidInput:
        return
    entries = [draft.entry for draft in first.drafts]
    again = read_document(source(write_document("D", "2025-01", entries)))
    forget_line = [
        (e.id, e.kind, e.question, e.text, e.source.heading, e.aliases, e.alternates) for e in entries
    ]
    back = [d.entry for d in again.drafts]
    assert [
        (e.id, e.kind, e.question, e.text, e.source.heading, e.aliases, e.alternates) for e in back
    ] == forget_line


@given(MARKUP)
@example("\t-->-->-->")
@SLOW
def test_cleaning_clean_text_changes_nothing(text):
    once = clean(list(enumerate(text.split("\n"), 1)), Report("f"))
    assert clean(list(enumerate(once.split("\n"), 1)), Report("f")) == once


@given(MARKUP)
@SLOW
def test_rendered_text_never_holds_a_tag_that_was_not_allowed(text):
    html = to_html(text + "<script>x</script>[x](javascript:y)![i](http://a.example/i.png)")
    assert "<script" not in html
    assert "javascript:y)" in html or "javascript" not in html
    assert "<img" not in html


@pytest.mark.parametrize("name", ["faq.docx", "faq.pdf", "faq", "faq.md.exe"])
def test_another_type_is_refused_with_the_accepted_ones(name):
    with pytest.raises(InvalidInput, match=r"\.md, \.markdown, \.txt"):
        read_document(source("## Q?\n\nA.\n", name), Naming("D", "2025-01"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \n\n ", "empty"),
        (b"\x00\x01\x02\x03" * 50, "control"),
        (bytes(range(128, 256)) * 3 + b"\x00", "encoding"),
        (b"x" * (LARGEST_FILE + 1), "too large"),
        (b"Just prose.\n", "no question"),
        (b"# Title\n\n## Only a heading?\n", "no question"),
    ],
)
def test_a_broken_file_is_refused_with_what_is_wrong(data, said):
    with pytest.raises(InvalidInput, match=said):
        read_document(source(data), Naming("D", "2025-01"))


def test_a_large_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "big.md"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    with pytest.raises(InvalidInput, match="at most 5 MB"):
        load(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    (tmp_path / "folder.md").mkdir()
    for name in ("none.md", "folder.md"):
        with pytest.raises(InvalidInput, match="cannot be read"):
            load(tmp_path / name)


def test_ten_thousand_headings_give_five_thousand_entries_and_one_notice():
    document = read("".join(f"## Question {n}?\n\nAnswer {n}.\n\n" for n in range(10_000)))
    assert len(document.drafts) == 5000
    assert [n.text for n in document.left_out] == ["this and what follows: a file may hold 5000 entries"]


def test_a_stray_null_byte_is_removed_with_a_warning():
    document = read("## Q?\n\nA\x00B.\n")
    assert document.drafts[0].entry.text == "AB."
    assert "1 control character(s) removed" in document.warnings[0].text


def test_lists_nested_without_end_are_drawn_in_and_still_shown():
    lines = "\n".join("  " * depth + f"- level {depth}" for depth in range(100))
    document = read(f"## Q?\n\n{lines}\n\n{'- ' * 300}x\n")
    html = to_html(document.drafts[0].entry.text)
    assert "level 99" in html
    assert any("nested deeper" in n.text for n in document.warnings)


@pytest.mark.parametrize(
    "piece", ["[", "![", "<", "*a ", "`", "<b", "--", "WF-AAAA-", "a=b**", "\tx", "| ", "(", "see slide "]
)
def test_a_run_of_one_mark_costs_in_proportion_to_its_length(piece):
    def show(size):
        for entry in entries_of("## Q?\n\n" + piece * (size // len(piece)) + "\n").values():
            assert to_html(entry.text)

    show(100)
    short, long = calls_made(lambda: show(3_000)), calls_made(lambda: show(12_000))
    assert long < short * 6
