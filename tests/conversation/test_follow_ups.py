"""What a conversation remembers for follow-ups, and when a follow-up is a question, a value or nothing."""

import pytest

from assistant.conversation.effects import Ask
from assistant.domain.entries import Abstention, Answer, AnswerKind
from assistant.domain.follow_ups import Aspect
from support.conversation import NFR, TERM, Dialogue, Performer


def codes(blocks):
    return [block.get("code", block["type"]) for block in blocks]


def last_asked(dialogue):
    return [effect for effect in dialogue.perform.performed if isinstance(effect, Ask)][-1]


def answering(answer):
    return Performer(Ask=answer)


def test_a_follow_up_is_asked_with_the_last_answer_and_the_last_whole_question():
    dialogue = Dialogue()
    dialogue.say("what is nfr?")
    dialogue.say("why?")
    dialogue.say("and for nfr?")

    assert last_asked(dialogue) == Ask("and for nfr", (NFR.entry.id,), "what is nfr")


def test_a_whole_new_question_takes_the_place_of_the_last_one():
    dialogue = Dialogue()
    dialogue.say("what is nfr?")
    dialogue.say("does the term change?")
    dialogue.say("why?")

    assert last_asked(dialogue) == Ask("why", (TERM.entry.id,), "does the term change")


@pytest.mark.parametrize("said", ["why?", "the last one", "source?", "for example?", "2"])
def test_without_an_answer_before_a_follow_up_asks_for_a_whole_question(said):
    dialogue = Dialogue()

    assert codes(dialogue.say(said)) == ["whole_question"]
    assert dialogue.perform.performed == []
    assert dialogue.draft.abstain is Abstention.NOT_IN_POLICY


def test_after_a_question_that_nothing_answers_there_is_no_answer_to_refer_to():
    dialogue = Dialogue()
    dialogue.say("what is nfr?")
    dialogue.say("does the sea smell of salt?")

    assert codes(dialogue.say("why?")) == ["whole_question"]


def test_a_follow_up_that_finds_nothing_leaves_the_context_as_it_was():
    dialogue = Dialogue()
    dialogue.say("what is nfr?")
    dialogue.say("and the price?")

    assert (dialogue.state.near, dialogue.state.asked) == ((NFR.entry.id,), "what is nfr")


@pytest.mark.parametrize("aspect", [Aspect.REASON, Aspect.EXAMPLE, Aspect.PLACE])
def test_what_the_text_does_not_hold_is_said_in_one_sentence(aspect):
    dialogue = Dialogue()
    dialogue.say("what is nfr?")
    dialogue.perform = answering(Answer(AnswerKind.NONE, Abstention.NOT_IN_POLICY, (), aspect=aspect))

    assert codes(dialogue.say("why?")) == [f"no_{aspect}"]


def test_entries_offered_as_a_choice_are_what_a_follow_up_is_about():
    dialogue = Dialogue()
    dialogue.say("both?")

    assert dialogue.state.near == (NFR.entry.id, TERM.entry.id)


@pytest.mark.parametrize(
    "said", ["the last one", "the second", "number 2", "2", "das zweite", "the last one please"]
)
def test_at_an_open_choice_a_place_is_the_choice(said):
    dialogue = Dialogue()
    dialogue.say("both?")
    (block,) = dialogue.say(said)

    assert block["id"] == TERM.entry.id


def test_a_place_beyond_the_choices_is_none_of_them():
    dialogue = Dialogue()
    dialogue.say("both?")
    dialogue.say("the fifth one")

    assert last_asked(dialogue).question == "the fifth one"


@pytest.mark.parametrize("said", ["give me the example", "why", "source", "wo steht das"])
def test_a_follow_up_beside_an_open_task_is_a_question_even_without_its_mark(said):
    dialogue = Dialogue()
    dialogue.say("start a trial for Bellows")
    dialogue.say("what is nfr?")
    before = dialogue.state.task

    assert codes(dialogue.say(said)) == ["no_answer", "prompt"]
    assert dialogue.state.task == before


def test_a_bare_number_at_an_open_prompt_fills_the_slot():
    dialogue = Dialogue()
    dialogue.say("start a trial of Cloud App Security for Bellows")
    dialogue.say("what is nfr?")
    dialogue.say("2")

    assert dialogue.state.task.slots["seats"].value == 2
