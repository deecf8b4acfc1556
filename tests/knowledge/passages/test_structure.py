"""Texts are read into pieces with exact places, whatever they hold."""

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.knowledge.passages.branching import branches_of
from assistant.knowledge.passages.selecting import examples, reasons, select
from assistant.knowledge.passages.structure import Shape, structure_of
from support.passages import LEXICON, MOVES, RULES, STEPS, STORES, a_question

_BITS = st.sampled_from(
    ["- ", "  - ", "1. ", "| a | b |", "| --- | --- |", "### Screen", "---", "**For x:** ", "For example, ", "because ", "Scenario 1:",
     "\n", "\n\n", "\r\n", "\r", "kettle ", "\t", "> ", "`", "\u2028", "\x00", "é"]
)  # fmt: skip
MARKDOWN = st.one_of(st.text(max_size=300), st.lists(_BITS, max_size=60).map("".join))


def pieces(text, shape):
    structure = structure_of(text)
    return [structure.whole(piece) for piece in structure.pieces if piece.shape is shape]


def test_items_carry_what_is_nested_in_them_and_know_their_own_words():
    structure = structure_of(MOVES)
    first = next(p for p in structure.pieces if p.shape is Shape.ITEM)

    assert structure.own(first) == "- **On-premises till:** the clerk types the new key."
    assert structure.whole(first).endswith("  - The old key ends at once.")


def test_rows_know_their_head_and_their_section():
    rows = structure_of(STEPS).rows()

    assert [(row.cells, row.header, row.heading) for row in rows] == [
        (("Iron pan", "new"), ("Article", "State"), "1. Choose"),
        (("Blue kettle", "kept"), ("Article", "State"), "1. Choose"),
    ]


def test_parts_between_dividing_lines_are_numbered():
    structure = structure_of("One.\n\n---\n\nTwo.\n\n---\n\nThree.")

    assert [(structure.whole(p), p.part) for p in structure.pieces] == [
        ("One.", 1),
        ("Two.", 2),
        ("Three.", 3),
    ]


def test_the_kind_of_line_end_changes_no_place():
    for end in ("\n", "\r\n", "\r"):
        text = STORES.replace("\n", end)

        assert pieces(text, Shape.ROW)[-1] == "| Iron pan | Oslo | Jens |"


def test_a_text_without_structure_is_one_paragraph():
    assert pieces("Just a sentence.", Shape.PARAGRAPH) == ["Just a sentence."]


@settings(max_examples=300)
@given(MARKDOWN)
def test_pieces_of_any_text_lie_within_it_in_order(text):
    found = structure_of(text).pieces

    assert [p.start for p in found] == sorted(p.start for p in found)
    assert all(0 <= p.start <= p.own_end <= p.end <= len(text) for p in found)


@settings(max_examples=300)
@given(MARKDOWN, st.sampled_from(["why kettle", "an example", "kettle screen", "for x", "a vs b", ""]))
def test_passages_of_any_text_are_exact_parts_of_it(text, asked):
    structure = structure_of(text)
    found = [*select(structure, a_question(asked), "", LEXICON), *reasons(structure), *examples(structure)]

    assert all(p.text == text[p.start : p.end] for p in found)
    assert len(branches_of(structure)) != 1


def test_a_hostile_text_has_no_more_pieces_than_lines():
    text = "- [a](" * 2000 + "\n" + "> " * 500 + "\n" + "| " * 3000 + "\n" + "**For " * 3000

    assert len(structure_of(text).pieces) <= text.count("\n") + 1


def test_the_pieces_that_name_a_reason_are_found_with_what_they_draw_on():
    found = reasons(structure_of(RULES))

    assert [p.text for p in found] == [
        "- No, because the chain buys and not the shop.",
        "- For example, a chain of 12 shops pays for 12.",
        "- Because of this a shop pays nothing.",
    ]
