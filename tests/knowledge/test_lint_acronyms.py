import pytest

from support.knowledge import entries_of
from support.linting import answer, findings, page


@pytest.mark.parametrize(
    "text",
    ["Ask for the QKR form.", "Ask for a QKR.", "The xQR reports count.", "Set up 2QA first.", "Buy QKRs."],
)
def test_an_acronym_that_nobody_explains_is_told(text):
    assert [(line, code) for line, code, _ in answer(text)] == [(7, "undefined-acronym")]


@pytest.mark.parametrize(
    "text",
    [
        "Plug it into a USB port of the PC.",
        "The quality review board (QRB) decides. Ask the QRB.",
        "The QRB (quality review board) decides.",
        "Terms for government and academic buyers (GOV/ACAD) are in the list. GOV comes first.",
        "It is sold as QKR Advanced and as QKR 9.",
        "This is NOT possible, which is not a pity.",
        "See <https://example.com/QKR/ABC> for it.",
        "| Component | Place |\n| --- | --- |\n| Filter with QKR | hall |",
        "Component\tPlace\nFilter with QKR\thall",
        "Code `QKR` is typed as it stands.",
    ],
)
def test_what_is_explained_known_or_part_of_a_name_is_not_told(text):
    assert answer(text) == []


def test_an_acronym_is_told_once_in_a_file():
    assert len(answer("The QKR form.\n\nThe QKR form.")) == 1


def test_a_definition_explains_in_every_file_and_when_published():
    used = page(("Where is the till?", "Ask for the QKR form."))
    defining = "May, 2024\n\n# Definitions\n\n**QKR = quick return**\n"
    assert findings(used, defining) == []
    assert findings(used, published=tuple(entries_of(defining).values())) == []


def test_a_bracket_whose_words_do_not_spell_the_acronym_explains_nothing():
    assert len(answer("The big brown form (QKR) is needed.")) == 1


def test_an_alternate_may_use_any_acronym():
    text = page(("Where is the till?", "<!-- knowledge\nalternates:\n  - what of QKR\n-->\n\nIn the hall."))
    assert findings(text) == []
