"""One test for each quirk that real documents have."""

import pytest

from assistant.domain.entries import EntryKind
from assistant.domain.errors import InvalidInput
from assistant.knowledge.documents.importer import Naming, read_document
from support.knowledge import FAQ, entries_of, read, source

CODE = "WF-DEMO-AAA1B-CCCCC-DDDDD-EEEEE-FFFFF"


def texts(notices):
    return [(notice.line, notice.text) for notice in notices]


def test_repeated_page_titles_are_noise_and_second_level_headings_are_questions():
    document = read("# Guide\n\n# FAQ\n\n## **Is it blue?**\n\nYes.\n\n# FAQ\n\n## Two things\n\nBoth.\n")
    assert [d.entry.question for d in document.drafts] == ["Is it blue?", "Two things"]
    assert document.left_out == ()


def test_name_and_date_come_from_the_file():
    document = read_document(source(FAQ))
    assert (document.name, document.date) == ("Handbook", "2025-03")


def test_name_and_date_given_by_the_caller_win():
    document = read_document(source(FAQ), Naming("Other", "2024-01"))
    assert (document.name, document.date) == ("Other", "2024-01")
    assert {d.entry.source.document for d in document.drafts} == {"Other"}


@pytest.mark.parametrize("line", ["May, 2020", "2020-05", "Mai 2020", "Version: May 2020", "Date: 2020-05"])
def test_a_line_that_is_a_date_gives_the_date(line):
    assert read_document(source(f"# T\n\n{line}\n\n## Q?\n\nA.\n")).date == "2020-05"


def test_a_file_without_a_date_is_refused_with_what_to_give():
    with pytest.raises(InvalidInput, match="YYYY-MM"):
        read_document(source("## Q?\n\nA.\n"))


@pytest.mark.parametrize("date", ["2020", "2020-13", "05/2020", "2020-05-01"])
def test_a_date_in_another_form_is_refused(date):
    with pytest.raises(InvalidInput, match="YYYY-MM"):
        read("## Q?\n\nA.\n", date=date)


def test_the_id_is_the_slug_of_the_heading_as_written():
    assert list(entries_of("## **Are Trail Versions (GOV/ACAD) for us?**\n\nYes.\n")) == [
        "are-trail-versions-gov-acad-for-us"
    ]


def test_nested_bullets_keep_their_shape_and_spelling():
    text = "- One\n  - Two, there own\n    - Three\n- Four"
    assert entries_of(f"## Q?\n\n{text}\n\n\n\n")["q"].text == text


def test_html_tags_go_and_what_stands_between_them_stays():
    document = read(
        '## Q?\n\nThe 15<sup>th</sup> <input type="checkbox"> <span style="a">x</span> a < b <https://a.example>\n'
    )
    assert document.drafts[0].entry.text == "The 15th  x a < b <https://a.example>"
    assert texts(document.warnings) == [(3, "HTML removed: <sup>, <input>, <span>")]


def test_a_tag_made_by_removing_a_tag_goes_too():
    assert "<" not in entries_of("## Q?\n\n<scr<b>ipt>x</scr</b>ipt> <<b>b>y\n")["q"].text.replace("&lt;", "")


def test_a_comment_goes_even_over_several_lines():
    assert entries_of("## Q?\n\nA <!-- not\nfor\nyou --> B\n")["q"].text == "A  B"


def test_definitions_become_glossary_entries():
    entries = entries_of(
        "# Definitions\n\n**LMP = Long Map**\n\n**Worry-Free (WF) Services = Cloud**\n\n**Worry-Free (WF) = Here**\n"
    )
    assert list(entries) == ["definition-lmp", "definition-worry-free-services", "definition-worry-free"]
    assert {e.kind for e in entries.values()} == {EntryKind.DEFINITION}
    assert entries["definition-worry-free"].text == "**Worry-Free (WF) = Here**"
    assert entries["definition-worry-free"].source.heading == "Definitions"


def test_a_top_level_heading_that_recurs_with_text_is_one_procedure():
    entries = entries_of("# T\n\n# Way\n\nFirst.\n\n# Way\n\n### Inner\n\nSecond.\n\n# Way\n\nThird.\n")
    assert list(entries) == ["way"]
    assert entries["way"].kind is EntryKind.PROCEDURE
    assert entries["way"].text == "First.\n\n---\n\n### Inner\n\nSecond.\n\n---\n\nThird."


def test_tab_separated_lines_become_a_table_of_the_entry_they_stand_in():
    document = read("## Q?\n\n- Yes\n\nPart\tPlace\tBy\nMail\tOslo\nWeb|App\tRome\tHand\n\t\tAll\n\nEnd\n")
    table = "| Part | Place | By |\n| --- | --- | --- |\n| Mail | Oslo |  |\n| Web\\|App | Rome | Hand |\n|  |  | All |"
    assert document.drafts[0].entry.text == f"- Yes\n\n{table}\n\nEnd"
    assert texts(document.warnings) == [(6, "this table row has 2 cells, its head has 3")]


def test_a_single_line_with_tabs_is_no_table():
    assert entries_of("## Q?\n\na\tb\n")["q"].text == "a    b"


@pytest.mark.parametrize(
    "code",
    [
        CODE,
        CODE.replace("-", "–"),
        CODE.replace("-CCCCC", "-**CCCCC**"),
        CODE.lower().replace("ccccc", "c2ccc"),
        CODE.replace("-", " "),
    ],
)
def test_an_activation_code_keeps_only_its_first_and_last_block(code):
    document = read(f"## Key {code}?\n\nUse {code} now\n")
    kept = repr(document)
    assert "DEMO" not in kept.upper().replace("'", "")
    assert "-•••••-" in document.drafts[0].entry.text
    assert document.drafts[0].entry.text.upper().endswith("-FFFFF NOW")
    assert (3, "an activation code was masked; only its first and last block are kept") in texts(
        document.warnings
    )


def test_words_in_capitals_are_no_activation_code():
    text = "IT MUST STAND TRUE FOR EVERY OTHER SHOP, AS 2021 2022 2023 2024 2025 2026 2027"
    assert entries_of(f"## Q?\n\n{text}\n")["q"].text == text


def test_words_joined_by_hyphens_are_no_activation_code():
    text = "state-of-the-art work-from-home-once-every-other-month"
    assert entries_of(f"## Q?\n\n{text}\n")["q"].text == text


def test_a_reference_to_a_slide_is_told_with_its_line():
    document = read("## Q?\n\nYes.\n\n- See Slide 8-10\n")
    assert texts(document.warnings) == [
        (5, "refers to something that is not part of this text: - See Slide 8-10")
    ]


def test_what_is_left_out_is_told_with_its_line():
    document = read("# T\n\n# P\n\nHello there\n\n## Q?\n\nA.\n\n## Empty?\n\n## Q?\n\nB.\n\n## **\n\nC.\n")
    assert texts(document.left_out) == [
        (5, "text that stands under no question: Hello there"),
        (11, "Empty?: nothing stands under this heading"),
        (13, "Q?: stands in line 7 already"),
        (17, "a heading without words"),
    ]


def test_headings_inside_fenced_code_are_text():
    assert list(entries_of("## Q?\n\n```\n## not one\n```\n")) == ["q"]


def test_underlined_headings_count():
    assert list(entries_of("Title\n=====\n\nIs it so?\n---------\n\nYes.\n")) == ["is-it-so"]


def test_plain_text_with_questions_is_read():
    entries = entries_of("Intro\n\nQ: Is it so?\nA: Yes.\n\nWhy?\n\nBecause.\n", name="faq.txt")
    assert {i: e.text for i, e in entries.items()} == {"is-it-so": "Yes.", "why": "Because."}


def test_another_encoding_is_read_with_a_warning():
    text = "## Für wen?\n\nFür alle Händler und Größen, natürlich auch für Schüler.\n"
    document = read_document(source(text.encode("cp1252")), Naming(None, "2025-03"))
    assert "Händler" in document.drafts[0].entry.text
    assert "not UTF-8" in document.warnings[0].text


def test_a_byte_order_mark_is_no_text():
    assert list(entries_of(b"\xef\xbb\xbf## Q?\r\n\r\nA.\r\n")) == ["q"]


def test_attributes_are_read_and_wrong_ones_told():
    document = read(
        "## Q?\n\n<!-- knowledge\nid: other\naliases: a-b, C D\nalternates:\n  - how so\naudience: sales\n"
        "workflow: trial\nsource-heading: Old?\ncolour: red\n-->\n\nA.\n"
    )
    entry = document.drafts[0].entry
    assert (entry.id, entry.aliases, entry.alternates, entry.workflow) == (
        "other",
        ("a-b",),
        ("how so",),
        "trial",
    )
    assert entry.audience == ("sales",)
    assert entry.source.heading == "Old?"
    assert entry.text == "A."
    assert [line for line, _ in texts(document.warnings)] == [5, 11]
