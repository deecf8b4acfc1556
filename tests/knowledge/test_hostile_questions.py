"""Whatever is asked or typed: a clear answer, no error, and no more work than a long question takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.entries import Abstention, AnswerKind
from assistant.knowledge.matching.matcher import LONGEST_QUESTION
from assistant.knowledge.suggesting import MOST_SUGGESTIONS
from support.knowledge import FAQ, KnowledgeWorld
from support.work import calls_made

HOSTILE = {
    "ten megabytes": "elephant giraffe " * 600_000,
    "one word of 500 KB": "elephant" * 62_500,
    "2,000 words": " ".join(f"quag{number}" for number in range(2_000)),
    "2,000 misspelt words": " ".join(f"elephnt{chr(97 + number % 26)}" for number in range(2_000)),
    "one word 2,000 times": "elephant " * 2_000,
    "null bytes": "elephant\0giraffe" + "\0" * 5_000,
    "only null bytes": "\0" * 5_000,
    "only stop words": "the of and to a in is it " * 200,
    "wildcards": "*:*",
    "a boosted field": "question:elephant^3",
    "a range": "id:[a TO z]",
    "open brackets": '"((((' + "(" * 5_000,
    "5,000 quotes": '"' * 5_000,
    "backslashes": "\\" * 5_000 + "elephant",
    "SQL": "elephant' OR 1=1; DROP TABLE knowledge_gaps; --",
    "markup": "<script>elephant</script><!--" + "<b>" * 2_000,
    "a template": "{{ elephant }} {% raw %} ${elephant} %s %(a)s",
    "half a surrogate pair": "elephant \ud800 \udfff",
    "right to left": "\u202e\u2067elephant\u2069\u202c \u05d0\u05d1 \u0627\u0644",
    "invisible letters": "\u200b\u200d\ufeffele\u00adphant" + "\u200b" * 2_000,
    "emoji": "\U0001f600\U0001f468\u200d\U0001f469\u200d\U0001f467" * 300,
    "combining marks": "e" + "\u0301" * 5_000 + "lephant",
    "letters that grow": "\ufdfa" * 2_000,
    "control characters": "".join(map(chr, range(32))) * 20 + "elephant",
    "line ends": "\n\r\u2028\u2029\x85\x0b" * 500,
    "a path": "../" * 500 + "etc/passwd",
    "digits": "9" * 5_000,
    "full width": "\uff45\uff4c\uff45\uff50\uff48\uff41\uff4e\uff54",
}
MORE_THAN_THE_LONGEST = [name for name, text in HOSTILE.items() if len(text) > 2 * LONGEST_QUESTION]
LONG = "which compatible printers trials tills contracts shops engineers elephants " * 6


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    made = KnowledgeWorld(tmp_path_factory.mktemp("hostile"))
    made.publish(FAQ)
    made.service.suggest("wram up")
    yield made
    made.close()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_question_is_an_abstention(world, name):
    answer = world.service.ask(HOSTILE[name], asker=HOSTILE[name])
    assert (answer.kind, answer.abstain, answer.entries) == (
        AnswerKind.NONE,
        Abstention.NOT_IN_POLICY,
        (),
    )
    assert all(len(word) <= LONGEST_QUESTION for word in answer.missing)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_typing_suggests_nothing(world, name):
    assert world.service.suggest(HOSTILE[name]) == ()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_real_question_among_hostile_letters_is_no_error(world, name):
    for text in (f"are trial versions available {HOSTILE[name]}", f"{HOSTILE[name]} compatible printers"):
        assert world.service.ask(text, recording=False).kind in AnswerKind
        assert len(world.service.suggest(text)) <= MOST_SUGGESTIONS


def test_what_is_recorded_of_hostile_questions_is_short_and_can_be_listed(world):
    for text in HOSTILE.values():
        world.service.ask(text)
    recorded = world.desk.gaps()
    assert recorded
    assert max(len(gap.question) for gap in recorded) <= LONGEST_QUESTION
    assert sum(c.count for c in world.desk.gap_clusters(world.service.ask)) == sum(g.count for g in recorded)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_question_takes_no_more_work_than_a_long_one(world, name):
    long = calls_made(lambda: world.service.ask(f"{name} {LONG}"))
    assert calls_made(lambda: world.service.ask(f"{HOSTILE[name]}!")) < 2 * long


@pytest.mark.parametrize("name", MORE_THAN_THE_LONGEST)
def test_hostile_typing_is_cut_before_it_is_looked_at(world, name):
    text = HOSTILE[name]
    of_the_start = calls_made(lambda: world.service.suggest(text[: LONGEST_QUESTION + 1]))
    assert calls_made(lambda: world.service.suggest(text)) < of_the_start * 1.2


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=80))
def test_any_text_is_answered_and_suggested_for_without_an_error(world, text):
    assert world.service.ask(text).kind in AnswerKind
    assert len(world.service.suggest(text)) <= MOST_SUGGESTIONS
