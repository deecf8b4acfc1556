"""The part that answers on the page: above the whole text, with its section or case, and read out."""

import re


def test_the_part_that_answers_stands_above_the_whole_text_with_its_section(visitor):
    visitor.say("part")

    assert re.search(
        r'The part that answers:.*"passage" lang="en"><p>any plan</p>.*2\. Ending.*whole text:.*any plan may be ended',
        visitor.get("/").text,
        re.DOTALL,
    )


def test_cases_have_headings(visitor):
    visitor.say("cases")

    assert '<h3 lang="en">Plans</h3>' in visitor.get("/").text


def test_the_part_that_answers_is_what_is_read_out(visitor):
    pieces = visitor.say("part", partial=True)

    spoken = re.search(r'data-to="status" data-how="update">([^<]*)<', pieces.text)[1]
    assert "From the text: any plan Source:" in spoken


def test_a_part_without_a_heading_is_told_by_its_number(visitor):
    visitor.say("third part")

    assert "From part 3 of the text" in visitor.get("/").text
