import pytest

from support.knowledge import entries_of
from support.linting import answer, codes, findings, page


@pytest.mark.parametrize(
    "text",
    [
        "It is shown there (see Slide 8-10).",
        "See page 4.",
        "Siehe Folie 3.",
        "See above.",
        "Details: see below.",
        "As mentioned before, it stands there.",
        "Wie oben erwähnt steht sie dort.",
        "It is on the next slide.",
        "Please see section 3 for it.",
        "Use the following website and ask.",
        "To ask, click here.",
        "Read [the steps](#no-such-heading).",
        "Read [the steps](steps.md).",
    ],
)
def test_a_reference_without_a_target_is_told(text):
    assert [(line, code) for line, code, _ in answer(text)] == [(7, "dangling-reference")]


@pytest.mark.parametrize(
    "text",
    [
        "Use the following website:\n\n<https://example.com>",
        "To ask, [click here](https://example.com/ask).",
        "Which of the two cases below applies depends on that.",
        "We see two pages and ten sections.",
        "Read [the same](#where-do-the-tills-stand).",
        "Read [the same](where-do-the-tills-stand).",
        "Write to [us](mailto:desk@example.com).",
        "The table shows it.",
    ],
)
def test_a_reference_that_leads_somewhere_is_not_told(text):
    assert answer(text) == []


def test_an_unknown_related_id_is_told_in_the_line_that_names_it():
    block = "<!-- knowledge\ntopic: Tills\nrelated: where-is-the-door, gone\n-->\n\nIn the hall."
    text = page(("Where is the till?", block), ("Where is the door?", "In front."))
    assert findings(text) == [(9, "dangling-reference", "related: there is no entry gone")]


def test_a_related_id_may_be_an_alias_another_file_or_published():
    text = page(("Where is the till?", "<!-- knowledge\nrelated: old-door\n-->\n\nIn the hall."))
    door = page(("Where is the door?", "<!-- knowledge\naliases: old-door\n-->\n\nIn front."))
    assert codes(text) == [(8, "dangling-reference")]
    assert codes(text, door) == []
    assert codes(text, published=tuple(entries_of(door).values())) == []
