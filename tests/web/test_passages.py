"""The part that answers on the page: above the whole text, with its section or case, and read out."""

import re
from dataclasses import replace

import pytest

from assistant.domain.entries import Passage, PassageKind
from assistant.ports.wire.entries import entry_json
from support.web import ANSWERED

PART = Passage(
    PassageKind.PART, "any plan", 7, 15, heading="2. Ending", label="Plans", html="<p>any plan</p>"
)


@pytest.fixture
def pointing(monkeypatch):
    """pointing(kind, passage) lets the next answers be of that kind and point at that passage."""

    def point(kind, passage=PART):
        answered = replace(ANSWERED, passages=(passage,))
        block = {"type": "answer", **entry_json(answered), "kind": kind}
        monkeypatch.setattr("support.web.scripted", lambda _: ([block], None))

    return point


def test_the_part_that_answers_stands_above_the_whole_text_with_its_section(visitor, pointing):
    pointing("closest")
    visitor.say("can a plan be cancelled")
    page = visitor.get("/").text

    assert re.search(
        r'The part that answers:.*"passage"><p>any plan</p>.*2\. Ending.*whole text:.*any plan may be ended',
        page,
        re.DOTALL,
    )


def test_cases_have_headings(visitor, pointing):
    pointing("branches")
    visitor.say("can a plan be cancelled")

    assert "<h3>Plans</h3>" in visitor.get("/").text


def test_the_part_that_answers_is_what_is_read_out(visitor, pointing):
    pointing("closest")
    pieces = visitor.say("can a plan be cancelled", partial=True)

    spoken = re.search(r'data-to="status" data-how="update">([^<]*)<', pieces.text)[1]
    assert "From the text: any plan Source:" in spoken


def test_a_part_without_a_heading_is_told_by_its_number(visitor, pointing):
    pointing("closest", replace(PART, heading=None, part=3))
    visitor.say("can a plan be cancelled")

    assert "From part 3 of the text" in visitor.get("/").text
