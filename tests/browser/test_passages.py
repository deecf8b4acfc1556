"""The part that answers, above the whole text: readable with and without JavaScript, and sound on every screen."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

ROWS = "which data centre is Email Security in?"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def ask(page, text, turn):
    page.get_by_label("Your question").fill(text)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.locator(f"#turn-{turn}").wait_for()


@pytest.mark.parametrize("js", [True, False], ids=["script", "no-script"])
def test_the_rows_that_answer_stand_above_the_whole_text(new_page, js):
    page = new_page(js=js)
    page.goto("/")
    ask(page, ROWS, 1)

    turn = page.locator("#turn-1")
    expect(turn.locator("blockquote.passage")).to_have_count(2)
    expect(
        turn.locator("blockquote.passage").first.get_by_role("columnheader", name="Data centre")
    ).to_be_visible()
    expect(turn.locator("blockquote").last).to_contain_text("ScanMail")

    ask(page, "the second one", 2)

    expect(page.locator("#turn-2 blockquote.passage")).to_have_count(1)
    expect(page.locator("#turn-2 blockquote.passage")).to_contain_text("Hosted Email Security")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (320, "light")])
def test_passages_and_cases_are_sound(new_page, axe, width, scheme):
    page = new_page(width=width, scheme=scheme, motion="reduce")
    page.goto("/")
    ask(page, ROWS, 1)
    ask(page, "how do I bring licences over to LMP", 2)
    ask(page, "the SaaS one", 3)

    expect(page.locator("#turn-3 blockquote.passage")).to_contain_text("WF Services in the cloud")
    assert axe(page) == []
    assert page.evaluate(OVERFLOW) == 0


def test_cases_have_headings_of_their_own(page):
    page.goto("/")
    ask(page, "how do I bring licences over to LMP", 1)

    expect(page.locator("#turn-1 h3")).to_have_text(["On-premise Worry-Free", "WF Services in the cloud"])
