"""What is said at a preview: only a bare yes leads on to the code; all else asks, corrects, declines or changes nothing."""

import pytest

from assistant.conversation.state import Phase
from support.conversation import Dialogue

COMMITS = """yes|Yes.|y|yep|yeah|yes please|ok|okay|OK!|confirm|confirmed|I confirm|go ahead|do it|sure|correct|yes, do it|ja|Ja bitte|jawohl|
passt|einverstanden|bestätigen|confirm it|yes \U0001f44d|ＹＥＳ|(yes)|yes…|danke ja""".replace(
    "\n", ""
).split("|")
CORRECTS = """yes, but make it 7 more|7 more|not 5, 7 more|sorry, ten more|make it 50 in total|50 seats in total|no, 6 more|ok but for Bellows|
not Adatum, Bellows|for Bellows please|Bellows instead of Adatum|change the seats|change the customer|change the number|wrong customer|
another customer|actually fewer|yes 8 more|doch lieber 8 mehr|nicht Adatum, sondern Bellows|auf 60 Plätze|ok, 12 more|remove 3|
the customer is wrong|confirm 9 more|passt, aber 7|yes; 11 more|yes (for Bellows)|yes unless it is fewer|correct the seats""".replace(
    "\n", ""
).split("|")
ASKS = """what is NFR?|yes, and what is NFR?|does the term change?|ok what is NFR|is NFR possible?|yes? what is NFR?|wie lange ist die term?|
can a term end?|what about the term?|how does NFR work|okay, but does the term change?|ja, aber was ist NFR?|is that correct?|do it? what is NFR?|sure, why not""".replace(
    "\n", ""
).split("|")
REFUSES = """no|No.|nope|not now|don't|nein|nein danke|lieber nicht|yes?|ok?|yes no|not yes|maybe|later|hm|yes but|ja aber|yes if they agree|
I think so|looks good to me apart from the price|yesterday|confirmation|thanks|okay then wait|sure thing, tomorrow|
yes yes yes|yes to all|yes \U0001f44e|\U0001f44e yes|ok \U0001f914|yes \u274c|
passt nicht|ja bitte nicht|jein|yeah nah|he said yes|I confirm nothing|yes/no|nein danke ja|confirm cancel|ok stop|yes hold on""".replace(
    "\n", ""
).split("|")


def at_the_preview():
    dialogue = Dialogue()
    dialogue.say("5 more seats for Adatum")
    assert dialogue.state.task.phase is Phase.CONFIRM
    return dialogue


def said(text):
    dialogue = at_the_preview()
    before = dialogue.state.task
    dialogue.say(text)
    return dialogue, before


@pytest.mark.parametrize("text", COMMITS)
def test_a_bare_yes_leads_to_the_code_of_this_preview(text):
    dialogue, before = said(text)

    assert dialogue.state.task.phase is Phase.STEPUP
    assert dialogue.state.task.capsule_hash == before.capsule_hash
    assert "Execute" not in dialogue.perform.kinds()


@pytest.mark.parametrize("text", CORRECTS)
def test_a_correction_is_no_yes_and_makes_another_preview_or_asks(text):
    dialogue, before = said(text)

    assert dialogue.state.task.phase in {Phase.COLLECT, Phase.CONFIRM}
    assert dialogue.state.task.capsule_hash != before.capsule_hash


@pytest.mark.parametrize("text", ASKS)
def test_a_question_is_answered_and_the_preview_stays_as_it_is(text):
    dialogue, before = said(text)

    assert "Ask" in dialogue.perform.kinds()
    assert (dialogue.state.task.phase, dialogue.state.task.capsule_hash) == (
        Phase.CONFIRM,
        before.capsule_hash,
    )


@pytest.mark.parametrize("text", REFUSES)
def test_a_no_and_what_is_neither_confirms_nothing_and_changes_nothing(text):
    dialogue, before = said(text)

    assert dialogue.state.task.phase is Phase.CONFIRM
    assert dialogue.state.task.slots == before.slots
    assert dialogue.state.committed == 0


def test_the_table_is_long_and_no_utterance_stands_in_it_twice():
    table = [*COMMITS, *CORRECTS, *ASKS, *REFUSES]

    assert len(set(table)) == len(table) >= 80
