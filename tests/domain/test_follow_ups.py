"""Follow-ups are told by their form alone, in English and German."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.follow_ups import Aspect, FollowUp, follow_up_of


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("why?", Aspect.REASON),
        ("And why is that?", Aspect.REASON),
        ("why can’t they", Aspect.REASON),
        ("what is the reason for it", Aspect.REASON),
        ("Warum?", Aspect.REASON),
        ("wieso geht das nicht?", Aspect.REASON),
        ("was ist der Grund dafür?", Aspect.REASON),
        ("give me the example", Aspect.EXAMPLE),
        ("Example?", Aspect.EXAMPLE),
        ("do you have an example of that, please?", Aspect.EXAMPLE),
        ("zum Beispiel?", Aspect.EXAMPLE),
        ("gib mir ein Beispiel", Aspect.EXAMPLE),
        ("source?", Aspect.SOURCE),
        ("where does it say that?", Aspect.SOURCE),
        ("how old is that text", None),
        ("how old is that?", Aspect.SOURCE),
        ("wo steht das?", Aspect.SOURCE),
        ("the SaaS one", Aspect.CASE),
        ("and for a village school?", Aspect.CASE),
        ("on-prem?", Aspect.CASE),
        ("und in der Cloud?", Aspect.CASE),
        ("why does a plan end", None),
        ("is there an example configuration to download", None),
        ("can a plan be cancelled?", None),
        ("and so on and so forth until this is far too long to be half of a question", None),
        ("", None),
        ("?!", None),
    ],
)
def test_the_form_of_a_message_tells_what_it_wants_of_the_last_answer(text, aspect):
    found = follow_up_of(text)

    assert (found.aspect if found else None) == aspect


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("the first one", 0),
        ("The second?", 1),
        ("number 2", 1),
        ("2", 1),
        ("screen 3", 2),
        ("the last one, please", -1),
        ("das zweite", 1),
        ("der letzte Punkt", -1),
        ("and the third screen?", 2),
        ("the 7th", 6),
    ],
)
def test_ordinals_and_numbers_name_a_place(text, place):
    found = follow_up_of(text)

    assert found is not None
    assert (found.aspect, found.place) == (Aspect.PLACE, place)


def test_there_is_no_part_number_nought():
    assert follow_up_of("0") in {None, FollowUp(Aspect.CASE)}


def test_only_a_continuation_is_connected():
    assert follow_up_of("and on-prem?").connected
    assert not follow_up_of("on-prem?").connected


@given(st.text(max_size=200))
def test_any_text_is_read_or_left(text):
    found = follow_up_of(text)

    assert found is None or (found.place is not None) == (found.aspect is Aspect.PLACE)
