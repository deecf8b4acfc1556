from datetime import UTC, date, datetime

import pytest
from sqlalchemy.event import listen

from assistant.domain.entries import Abstention, AnswerKind, Audience
from assistant.domain.errors import NotFound
from assistant.domain.library import is_aged
from support.knowledge import FAQ, KnowledgeWorld, ids
from support.work import calls_made

SUPPORT = "who-gives-first-line-help"
RUNTIME = "does-the-runtime-change-when-tills-are-added"


@pytest.fixture(scope="module")
def default(tmp_path_factory):
    made = KnowledgeWorld(tmp_path_factory.mktemp("default"))
    made.desk.publish_default()
    yield made
    made.close()


def test_the_question_of_an_entry_is_answered_exactly_with_the_stored_text(world):
    answer = world.service.ask("  who GIVES first line help")
    assert (answer.kind, answer.abstain, ids(answer)) == (AnswerKind.EXACT, None, [SUPPORT])
    stored = next(e for e in world.desk.published() if e.id == SUPPORT)
    assert answer.entries[0].entry == stored


def test_an_id_or_alias_is_answered_exactly(world):
    assert ids(world.service.ask(RUNTIME)) == [RUNTIME]


def test_other_words_of_the_same_meaning_find_the_closest_entry(world):
    answer = world.service.ask("are demo versions available")
    assert ids(answer) == ["are-trial-versions-available"]
    answer = world.service.ask("termination of the contract")
    assert ids(answer) == ["can-a-contract-be-cancelled"]
    assert "termination" in answer.entries[0].why.expanded


def test_a_misspelt_word_is_repaired_and_told(world):
    answer = world.service.ask("compatible printrs")
    assert ids(answer) == ["which-printers-are-compatible"]
    assert answer.entries[0].why.repaired == {"printrs": "printers"}


def test_a_word_with_another_first_letter_is_never_taken_for_a_known_one(world):
    assert world.service.ask("incompatible sprinters").kind is AnswerKind.NONE


def test_a_glossary_term_is_answered_by_its_short_and_its_long_form(world):
    for question in ("what is POS?", "POS", "what does point of sale mean", "Was heisst POS?"):
        assert ids(world.service.ask(question)) == ["definition-pos"]
    assert ids(world.service.ask("what is a till")) == ["definition-till"]


def test_several_close_entries_are_offered_as_a_choice(empty):
    empty.publish(
        "# T\n\n2025-01\n\n## Is blue paint washable?\n\nYes.\n\n## Is green paint washable?\n\nNo.\n"
    )
    answer = empty.service.ask("washable paint")
    assert (answer.kind, answer.abstain) == (AnswerKind.CHOOSE, Abstention.AMBIGUOUS)
    assert sorted(ids(answer)) == ["is-blue-paint-washable", "is-green-paint-washable"]


def test_what_nothing_states_is_not_answered_and_recorded_as_a_gap(world):
    answer = world.service.ask("which trial versions have a guarantee of origin", asker="anna")
    assert (answer.kind, answer.abstain, answer.entries) == (AnswerKind.NONE, Abstention.NOT_IN_POLICY, ())
    assert answer.gap == "Q-0001"
    assert "guarantee" in answer.missing
    assert "are-trial-versions-available" in [e.id for e in answer.nearest]


def test_the_same_gap_is_counted_and_another_gets_the_next_number(world):
    for asker in ("anna", "anna", "ben"):
        assert world.service.ask("Where is the elephant?", asker=asker).gap == "Q-0001"
    assert world.service.ask("Where is the giraffe?").gap == "Q-0002"
    gap = world.desk.gaps()[0]
    assert (gap.question, gap.count, gap.askers) == ("Where is the elephant?", 3, 2)


def test_secrets_and_addresses_are_not_recorded(world):
    world.service.ask("elephant 123456 WF-DEMO-AAA1B-CCCCC-DDDDD-EEEEE-FFFFF a@b.example")
    recorded = world.desk.gaps()[0]
    assert recorded.question == "elephant [number] WF-••••-•••••-•••••-•••••-•••••-FFFFF [address]"
    assert recorded.missing == ("elephant", "wf", "fffff")


@pytest.mark.parametrize(
    "code",
    [
        "K7QM-ABCD-EFGH-JKMN",
        "k7qm abcd efgh jkmn",
        "K7QMABCDEFGHJKMN",
        "ABCD-EFGH-JKMN-PQRS",
        "that k7qm abcd efgh jkmn",
    ],
)
def test_a_recovery_code_in_a_question_is_not_recorded(world, code):
    world.service.ask(f"elephant {code}")
    recorded = world.desk.gaps()[0]
    assert (recorded.question, recorded.missing) == ("elephant [code]", ("elephant",))


def test_a_follow_up_is_tried_within_the_last_answer(world):
    question = "may shops call engineers directly then?"
    assert ids(world.service.ask(question, near=(SUPPORT,))) == [SUPPORT]
    assert ids(world.service.ask("does that extend it?", near=(RUNTIME,))) == [RUNTIME]


def test_a_new_question_after_an_answer_is_not_pressed_into_it(world):
    assert world.service.ask("and the colour of engineers?", near=(SUPPORT,)).kind is AnswerKind.NONE
    assert ids(world.service.ask("and are trials available?", near=(SUPPORT,))) == [
        "are-trial-versions-available"
    ]


def test_a_retired_entry_asked_by_its_id_is_withdrawn(world):
    world.publish("# N\n\n2025-04\n\n## Only this?\n\nYes.\n", replace=True)
    answer = world.service.ask(SUPPORT)
    assert (answer.kind, answer.abstain, answer.entries) == (AnswerKind.WITHDRAWN, Abstention.WITHDRAWN, ())


def test_the_text_in_force_on_a_day_is_that_of_the_document_of_then(world):
    newer = FAQ.replace("March, 2025", "June, 2025").replace("blue badge", "red badge")
    world.publish(newer)
    ask = world.service.ask
    asked = "Which printers are compatible?"
    assert "red" in ask(asked, as_of=date(2025, 6, 1)).entries[0].entry.text
    assert "blue" in ask(asked, as_of=date(2025, 5, 31)).entries[0].entry.text
    before = ask(asked, as_of=date(2025, 2, 28))
    assert (before.kind, before.gap) == (AnswerKind.NONE, None)


@pytest.mark.parametrize(
    ("document", "today", "aged"),
    [
        ("2020-05", date(2022, 5, 1), False),
        ("2020-05", date(2022, 5, 2), True),
        ("2020-05", date(2022, 4, 30), False),
        ("2020-05-20", date(2022, 5, 20), False),
        ("2020-05-20", date(2022, 5, 21), True),
        ("2030-01", date(2022, 5, 1), False),
    ],
)
def test_a_document_is_aged_after_two_years_and_not_before(document, today, aged):
    assert is_aged(document, today) is aged


def test_age_goes_by_the_clock(world):
    assert not world.service.ask(SUPPORT).entries[0].aged
    world.clock.instant = datetime(2028, 1, 1, tzinfo=UTC)
    assert world.service.ask(SUPPORT).entries[0].aged


def test_an_entry_for_sales_is_not_answered_to_partners(empty):
    empty.publish(
        "# T\n\n2025-01\n\n## What is the margin?\n\n<!-- knowledge\naudience: sales\n-->\n\nTen.\n"
    )
    assert empty.service.ask("What is the margin?").kind is AnswerKind.NONE
    assert empty.service.ask("what-is-the-margin").kind is AnswerKind.NONE
    assert ids(empty.service.ask("What is the margin?", audience=Audience.SALES)) == ["what-is-the-margin"]
    assert empty.service.suggest("margin") == ()


@pytest.mark.parametrize(
    "question",
    ["", " ", "\x00\x00", "the of and", "?" * 50, "🦆🦆", "x" * 10_000_000, "(" * 1000, "\ud800"],
    ids=["empty", "space", "null", "stop words", "marks", "emoji", "10 MB", "brackets", "surrogate"],
)
def test_a_question_that_says_nothing_is_an_abstention(world, question):
    answer = world.service.ask(question)
    assert (answer.kind, answer.entries) == (AnswerKind.NONE, ())


def test_a_giant_question_costs_no_more_than_a_long_one(world):
    world.service.ask("warm up")
    long = calls_made(lambda: world.service.ask("upfront " * 100 + "one"))
    giant = calls_made(lambda: world.service.ask("upfront " * 1_000_000 + "two"))
    assert giant < long * 1.5


def test_a_question_that_was_asked_before_costs_one_look_at_what_is_in_force(world):
    question = "are demo versions available"
    world.service.ask(question)
    statements = []
    listen(world.database.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    assert ids(world.service.ask(question)) == ["are-trial-versions-available"]
    assert [statement.split()[0] for statement in statements if statement != "BEGIN"] == ["SELECT"]


@pytest.mark.parametrize(
    "question", ["*", "id:*", "question:[a TO z]", "trial~2 OR *:*", "NOT elephant", "%' OR 1=1 --"]
)
def test_query_syntax_is_only_words(world, question):
    assert world.service.ask(question).kind is AnswerKind.NONE


def test_at_most_six_suggestions_those_that_start_so_first(default):
    found = default.service.suggest("which")
    assert 1 <= len(found) <= 6
    assert found[0].question.startswith("Which")
    assert default.service.suggest("  ") == ()


def test_an_unknown_entry_is_not_found(world):
    for look_up in (world.service.entry, world.service.versions):
        with pytest.raises(NotFound):
            look_up("nothing-of-the-kind")


def test_without_any_publication_nothing_is_answered(empty):
    assert empty.service.ask("Are trial versions available?").kind is AnswerKind.NONE


@pytest.mark.parametrize(
    ("question", "alias"),
    [
        ("who has to do first level support", "can-the-end-customer-open-up-support-case-by-their-own"),
        ("Can a service plan be cancelled?", "can-the-service-plan-be-canceled"),
        ("Are trial versions available?", "are-trail-versions-available"),
        ("Special pricing for GOV/ACAD?", "do-we-offer-special-pricing-for-gov-acad"),
        ("Which licences work with the Remote Manager?", "which-license-can-be-used-with-the-remote-manager"),
        ("what is NFR?", "are-trail-versions-available"),
        ("what is LMP?", "definition-lmp"),
        ("license management platform", "definition-lmp"),
        ("what is worry-free services", "definition-worry-free-services"),
        ("Gibt es Testversionen?", "are-trail-versions-available"),
    ],
)
def test_the_default_knowledge_answers_what_partners_ask(default, question, alias):
    assert ids(default.service.ask(question))[0] == default.service.entry(alias).entry.id


def test_the_default_knowledge_abstains_from_what_it_does_not_state(default):
    near = (default.service.entry("can-the-end-customer-open-up-support-case-by-their-own").entry.id,)
    for question in ("what is the phone number of support?", "how many licences do pirates buy in Norway"):
        assert default.service.ask(question, near=near).abstain is Abstention.NOT_IN_POLICY
