from dataclasses import replace

import pytest

from assistant.domain.entries import AnswerKind, Audience
from support.matching import WordEncoder, chosen, definition, edition, entry

ENTRIES = (
    entry("moving", "May tills be moved?", "Yes, at night, with the cable."),
    entry("schools", "Are tills cheaper for schools?", "Schools and universities pay half."),
    entry("door", "Who opens the door of the shop?", "The first one who comes."),
    entry("margin", "What is the margin of resellers?", "A third.", audience=(Audience.SALES,)),
    entry("paper", "Which paper fits the printer?", "Thermal paper."),
    definition("POS", "Point Of Sale"),
)
PREVIOUS = "Are tills cheaper for schools?"


@pytest.fixture(scope="module", params=["words", "model"])
def asked(request):
    return edition(*ENTRIES, encoder=WordEncoder() if request.param == "model" else None).match


def test_a_question_of_its_own_is_answered_without_regard_to_the_one_before(asked):
    match = asked("Who opens the door of the shop?", near=("schools",), previous=PREVIOUS)
    assert (match.kind, chosen(match)) == (AnswerKind.EXACT, ["door"])


@pytest.mark.parametrize("typed", ["And for universities?", "what about universities", "und universities?"])
def test_a_question_that_goes_on_is_read_together_with_the_one_before(asked, typed):
    match = asked(typed, near=("schools",), previous=PREVIOUS)
    assert chosen(match)[0] == "schools"
    assert match.kind is not AnswerKind.EXACT


@pytest.mark.parametrize("typed", ["and then?", "and that one?", "what about them?"])
def test_pointing_back_without_a_word_that_tells_gives_the_last_entry_again(asked, typed):
    match = asked(typed, near=("paper",), previous="Which paper fits the printer?")
    assert (match.kind, chosen(match)) == (AnswerKind.CLOSEST, ["paper"])


@pytest.mark.parametrize("typed", ["and elephants?", "does that hold for giraffes in Norway?"])
def test_a_word_that_the_last_entry_does_not_hold_is_not_answered_from_it(asked, typed):
    assert asked(typed, near=("schools",), previous=PREVIOUS).kind is AnswerKind.NONE


def test_an_entry_that_is_not_matched_can_have_answered_before(asked):
    match = asked("and for universities?", near=("elsewhere",), previous=PREVIOUS)
    assert chosen(match) == chosen(asked("and for universities?"))


def test_another_topic_leaves_the_last_answer(asked):
    assert chosen(asked("and which paper fits?", near=("schools",), previous=PREVIOUS)) == ["paper"]


def test_a_follow_up_that_is_a_question_of_an_entry_is_that_entry_where_nothing_was_said_before(asked):
    follow_up = edition(*ENTRIES, entry("that", "And that?")).match
    assert chosen(follow_up("And that?")) == ["that"]
    assert chosen(follow_up("And that?", near=("paper",), previous="Which paper fits the printer?")) == [
        "paper"
    ]


def test_without_the_question_before_the_last_entry_is_still_near(asked):
    assert chosen(asked("and for universities?", near=("schools",)))[0] == "schools"


def test_entries_of_another_audience_are_neither_found_nor_ranked(asked):
    for text in ("What is the margin of resellers?", "margin resellers", "margin"):
        match = asked(text, Audience.PARTNER)
        assert "margin" not in [ranked.entry.id for ranked in match.ranking]
        assert chosen(asked(text, Audience.SALES)) == ["margin"]


def test_an_entry_of_another_audience_is_not_answered_again(asked):
    match = asked(
        "and then?", Audience.PARTNER, near=("margin",), previous="What is the margin of resellers?"
    )
    assert "margin" not in chosen(match)


@pytest.mark.parametrize("typed", ["POS", "what is POS?", "what does point of sale mean", "was heisst POS"])
def test_a_definition_is_found_by_both_of_its_forms(asked, typed):
    assert chosen(asked(typed))[0] == "def-pos"


def test_a_question_that_only_has_a_defined_term_in_it_is_not_the_definition(asked):
    assert "def-pos" not in chosen(asked("Who opens the door of the POS?"))


def test_a_definition_is_held_back_only_where_its_term_is_said():
    till = replace(definition("Till", "the drawer with the money"), alternates=("money drawer",))
    question = entry("open", "Who opens the till?", "The clerk.")
    shop = edition(till, question)

    def evidence(text):
        return next(s.evidence for s in shop.match(text).ranking if s.entry.id == "def-till")

    assert evidence("a rusty drawer with money") > evidence("a rusty till with money")


def test_an_id_is_a_question_for_its_entry(asked):
    assert (asked("paper").kind, chosen(asked("paper"))) == (AnswerKind.EXACT, ["paper"])


@pytest.mark.parametrize("typed", ["", "?!", "hello", "the of and", "\u4f60\u597d"])
def test_a_text_that_asks_nothing_is_not_answered(asked, typed):
    assert asked(typed).kind is AnswerKind.NONE


def test_a_repaired_word_is_told_with_what_was_meant(asked):
    best = asked("which papr fits the printer").chosen[0]
    assert (best.entry.id, best.why.repaired) == ("paper", {"papr": "paper"})


def test_entries_of_one_question_are_a_choice_word_for_word_and_each_is_found_for_its_audience():
    one = entry("one", "May tills be moved?", "Yes.")
    other = entry("other", "May tills be moved?", "No.", audience=(Audience.SALES,))
    match = edition(one, other).match
    assert match("May tills be moved?").kind is AnswerKind.CHOOSE
    assert chosen(match("may tills be moved", Audience.SALES)) == ["one", "other"]
    assert match("may tills be moved", Audience.PARTNER).kind is AnswerKind.EXACT
    assert chosen(match("may tills be moved", Audience.PARTNER)) == ["one"]


def test_two_entries_asked_for_in_the_same_words_otherwise_ordered_are_a_choice():
    one = entry("one", "Painting the door of the shop?", "First.")
    other = entry("other", "The shop, the door, painting it?", "Second.")
    match = edition(one, other, *ENTRIES).match("the door of the shop, painting")
    assert (match.kind, sorted(chosen(match))) == (AnswerKind.CHOOSE, ["one", "other"])


@pytest.mark.parametrize("encoder", [None, WordEncoder()], ids=["words", "model"])
def test_an_entry_related_to_the_last_answer_is_tried_before_the_others(encoder):
    tills = replace(entry("tills", "How are tills sold?", "One by one."), related=("z-paint",))
    paints = [entry(name, "Who paints it?", f"The {name} painter.") for name in ("a-paint", "z-paint")]
    match = edition(tills, *paints, *ENTRIES, encoder=encoder).match
    found = match("and who paints those?", near=("tills",), previous="How are tills sold?")
    ranked = [scored.entry.id for scored in found.ranking]
    assert ranked.index("z-paint") < ranked.index("a-paint")


def test_a_question_of_one_entry_goes_before_another_way_to_ask_for_another():
    one = entry("one", "Who opens?", alternates=["May tills be moved?"])
    match = edition(one, entry("two", "May tills be moved?")).match("May tills be moved?")
    assert (match.kind, chosen(match)) == (AnswerKind.EXACT, ["two"])
