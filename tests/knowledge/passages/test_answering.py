"""Answers of the service point at their passages; follow-ups stay within the last answer and leave no gap."""

from datetime import date

import pytest

from assistant.domain.entries import AnswerKind, Audience
from assistant.domain.follow_ups import Aspect
from support.knowledge import KnowledgeWorld, ids
from support.passages import MOVES, RULES, STORES, texts

DOCUMENT = f"""# Handbook

March, 2025

## How are tills moved to another shop?

{MOVES}
## Do shops get discounts?

{RULES}
## Where are goods kept?

{STORES}
# Definitions

**POS = Point Of Sale**

**Till = The box with the money**
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    made = KnowledgeWorld(tmp_path_factory.mktemp("passages"))
    made.publish(DOCUMENT)
    yield made.service
    made.close()


def near(service, question):
    return tuple(a.entry.id for a in service.ask(question).entries)


def test_passages_are_parts_of_the_stored_text(service):
    (answered,) = service.ask("where is the iron pan kept").entries

    assert texts(answered.passages) == ["| Iron pan | Oslo | Jens |"]
    assert all(answered.entry.text[p.start : p.end] == p.text for p in answered.passages)


def test_an_exact_question_gets_the_exact_text_without_parts(service):
    answer = service.ask("How are tills moved to another shop?")

    assert (answer.kind, answer.entries[0].passages) == (AnswerKind.EXACT, ())


def test_a_question_that_leaves_the_case_open_gets_all_cases(service):
    answer = service.ask("moving tills to other shops")

    assert answer.kind is AnswerKind.BRANCHES
    assert [p.label for p in answer.entries[0].passages] == ["On-premises till", "Till in the cloud"]


def test_a_misspelt_word_names_a_row_all_the_same(service):
    (answered,) = service.ask("where is the blue ketle kept").entries

    assert len(answered.passages) == 2


@pytest.mark.parametrize(
    ("said", "aspect"),
    [("why?", Aspect.REASON), ("an example?", Aspect.EXAMPLE), ("the sixth one", Aspect.PLACE)],
)
def test_what_the_last_answer_does_not_hold_is_said_and_leaves_no_gap(service, said, aspect):
    asked = near(service, "Where are goods kept?")
    answer = service.ask(said, near=asked, previous="Where are goods kept?")

    assert (answer.kind, answer.gap) == (AnswerKind.NONE, None)
    assert answer.aspect is aspect


def test_the_reason_is_that_of_the_last_answer(service):
    answer = service.ask("why?", near=near(service, "Do shops get discounts?"))

    assert (answer.kind, answer.aspect) == (AnswerKind.CLOSEST, Aspect.REASON)
    assert answer.entries[0].passages[0].text.startswith("- No, because the chain buys")


def test_a_short_question_of_its_own_drops_the_context(service):
    assert ids(service.ask("POS", near=near(service, "Where are goods kept?"))) == ["definition-pos"]


def test_a_follow_up_without_context_is_an_ordinary_question(service):
    assert service.ask("the cloud one").aspect is None


def test_entries_that_the_audience_may_not_see_are_no_context(service):
    unseen = service.ask("why?", near=("no-such-entry",))

    assert (unseen.kind, unseen.aspect) == (AnswerKind.NONE, None)


def test_a_text_of_another_day_is_answered_whole(service):
    asked = near(service, "Do shops get discounts?")
    answer = service.ask("why?", near=asked, as_of=date(2025, 6, 1))

    assert answer.aspect is None


def test_after_a_definition_another_term_asks_for_its_definition(service):
    asked = near(service, "what is POS")

    assert ids(service.ask("and the till?", near=asked, previous="what is POS")) == ["definition-till"]


def test_two_terms_are_compared_by_both_definitions(service):
    answer = service.ask("difference between a till and POS")

    assert (answer.kind, ids(answer)) == (AnswerKind.CLOSEST, ["definition-till", "definition-pos"])


def test_a_comparison_with_something_unknown_names_it_and_records_it(service):
    answer = service.ask("POS vs Zorblatt Max")

    assert (answer.kind, answer.missing) == (AnswerKind.NONE, ("Zorblatt Max",))
    assert answer.gap is not None


def test_a_comparison_with_something_that_is_known_but_not_defined_is_matched_as_usual(service):
    assert service.ask("POS vs iron pan", audience=Audience.SALES).missing != ("iron pan",)
