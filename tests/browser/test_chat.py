"""Asking in a real browser, with and without JavaScript, on the demo world."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

QUESTION = "Can a service plan be cancelled?"


def ask(page, text):
    page.get_by_label("Your question").fill(text)
    page.get_by_role("button", name="Ask", exact=True).click()


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def any_page(request, new_page):
    return new_page(js=request.param)


def test_a_question_is_answered_with_its_source(any_page):
    any_page.goto("/")
    ask(any_page, QUESTION)

    turn = any_page.locator("#turn-1")
    expect(turn.get_by_text(QUESTION)).to_be_visible()
    expect(turn.locator("blockquote")).to_contain_text("entire month")
    expect(turn.locator("cite")).to_have_text(
        'MSP FAQ restated, May 2020, "Can the service plan be canceled?"'
    )
    expect(turn.get_by_text("more than two years old")).to_be_visible()


def test_a_common_question_is_answered_by_one_press(any_page):
    any_page.goto("/")
    any_page.get_by_role("button", name=QUESTION).click()

    expect(any_page.locator("#turn-1 blockquote")).to_be_visible()


def test_a_question_without_an_answer_is_recorded(any_page):
    any_page.goto("/")
    ask(any_page, "what is the phone number of support?")

    expect(any_page.locator("#turn-1")).to_contain_text(
        "No policy text answers this. Saved for the policy team as Q-0001."
    )
    expect(any_page.locator("#turn-1 blockquote")).to_have_count(0)


def test_the_conversation_survives_a_reload(any_page):
    any_page.goto("/")
    ask(any_page, QUESTION)
    any_page.locator("#turn-1").wait_for()
    any_page.reload()

    expect(any_page.locator("#turn-1 blockquote")).to_be_visible()


def test_an_empty_question_is_told_beside_the_field(any_page):
    any_page.goto("/")
    ask(any_page, "")

    expect(any_page.locator("#composer-fault")).to_contain_text("Enter a question, for example")


def test_too_long_a_question_keeps_what_was_typed(any_page):
    any_page.goto("/")
    ask(any_page, "long " * 120)

    expect(any_page.locator("#composer-fault")).to_contain_text("this has 600 characters")
    assert any_page.get_by_label("Your question").input_value().startswith("long long")


def test_the_answer_is_read_out_once_and_starts_with_what_was_found(page):
    page.goto("/")
    page.evaluate(
        """() => { window.spoken = []; new MutationObserver(() => window.spoken.push(document.getElementById('status').textContent))
        .observe(document.getElementById('status'), {childList: true}); }"""
    )
    ask(page, QUESTION)
    expect(page.locator("#turn-1")).to_be_visible()
    spoken = page.evaluate("window.spoken")

    assert len(spoken) == 1
    assert spoken[0].startswith("What is charged when a service plan is cancelled?")
    assert spoken[0].endswith("Source: MSP FAQ restated, May 2020.")


def test_after_asking_the_field_is_empty_and_has_the_focus(page):
    page.goto("/")
    ask(page, QUESTION)
    expect(page.locator("#turn-1")).to_be_visible()

    expect(page.get_by_label("Your question")).to_be_focused()
    expect(page.get_by_label("Your question")).to_have_value("")


def test_suggestions_are_walked_and_picked_by_keyboard(page):
    page.goto("/")
    field = page.get_by_label("Your question")
    field.press_sequentially("service plan")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()

    field.press("ArrowDown")
    picked = options.first
    expect(picked).to_have_attribute("aria-selected", "true")
    expect(field).to_have_value("service plan")
    question = picked.get_attribute("data-question")
    field.press("Enter")

    expect(page.locator("#said-1")).to_contain_text(question)
    expect(page.locator("#suggestions")).to_be_hidden()


def test_escape_closes_the_list_and_keeps_the_text_and_then_clears_it(page):
    page.goto("/")
    field = page.get_by_label("Your question")
    field.press_sequentially("service plan")
    expect(page.get_by_role("option").first).to_be_visible()

    field.press("Escape")
    expect(page.locator("#suggestions")).to_be_hidden()
    expect(field).to_have_value("service plan")
    field.press("Escape")
    expect(field).to_have_value("")


def test_a_late_suggestion_does_not_open_over_the_answer(page):
    held = []
    page.route("**/suggestions?*", lambda route: held.append(route))  # noqa: PLW0108 - a builtin is refused
    page.goto("/")
    field = page.get_by_label("Your question")
    with page.expect_request("**/suggestions?*"):
        field.press_sequentially("service plan")
    field.press("Enter")
    expect(page.locator("#turn-1")).to_be_visible()
    for route in held:
        route.abort()

    expect(page.locator("#suggestions")).to_be_hidden()


def test_a_lost_connection_keeps_the_text(page):
    page.goto("/")
    page.context.set_offline(True)
    ask(page, QUESTION)

    expect(page.locator("#composer-fault")).to_have_text("Not sent. Check the connection and try again.")
    expect(page.get_by_label("Your question")).to_have_value(QUESTION)


def test_the_answer_is_copied_with_its_source(page, desk):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=desk.url)
    page.goto("/")
    ask(page, QUESTION)
    page.get_by_role("button", name="Copy with source").click()
    expect(page.get_by_role("button", name="Copied with source")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")

    assert "entire month" in copied
    assert 'MSP FAQ restated, May 2020, "Can the service plan be canceled?"' in copied
    assert re.search(r"http://127\.0\.0\.1:\d+/entries/", copied)


def test_what_is_typed_while_an_answer_is_under_way_is_not_lost(page):
    held = []
    page.route("**/ask", lambda route: held.append(route))  # noqa: PLW0108 - a builtin is refused
    page.goto("/")
    with page.expect_request("**/ask"):
        ask(page, QUESTION)
    page.get_by_label("Your question").fill("Are trial versions available?")
    page.get_by_label("Your question").press("Enter")
    held[0].continue_()
    expect(page.locator("#turn-1")).to_be_visible()

    expect(page.get_by_label("Your question")).to_have_value("Are trial versions available?")
    assert len(held) == 1


def test_control_k_goes_to_the_field(page):
    page.goto("/")
    page.keyboard.press("Control+k")

    expect(page.get_by_label("Your question")).to_be_focused()
