"""axe and layout on every screen and state: light and dark, wide and narrow, forced colours."""

import pytest
from playwright.sync_api import expect

from support.screens import OVERFLOW, SPACING

pytestmark = pytest.mark.browser


def ask(page, text):
    page.get_by_label("Your question").fill(text)
    page.get_by_role("button", name="Ask", exact=True).click()


def test_the_signed_out_screens_are_sound(new_page, look):
    page = new_page(motion="reduce")
    page.goto("/")
    look(page, "the start page")
    page.get_by_label("Your question").press_sequentially("service plan")
    page.get_by_role("option").first.wait_for()
    look(page, "suggestions")
    ask(page, "Can a service plan be cancelled?")
    page.locator("#turn-1").wait_for()
    ask(page, "what is the phone number of support?")
    page.locator("#turn-2").wait_for()
    ask(page, "")
    page.get_by_text("Enter a question, for example").wait_for()
    look(page, "answers and a fault")
    page.get_by_role("link", name="Link to this answer").click()
    page.wait_for_url("**/entries/*")
    look(page, "an entry")
    for path in (
        "/nothing", "/what-if?op=crossgrade&to=wf-services-xdr&seats=25", "/what-if?op=seats",
        "/workflows/seats/runbook", "/sign-in",
    ):  # fmt: skip
        page.goto(path)
        look(page, path)
    page.get_by_label("User name").fill("anna")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("do not match an account").wait_for()
    look(page, "a refused sign-in")

    assert look.faults == []


def test_the_signed_in_screens_are_sound(new_page, look, sign_in, desk):
    page = new_page(motion="reduce")
    sign_in(page)
    look(page, "signed in")
    ask(page, "trial of Email Security Standard for Lucerne, 11 seats")
    page.locator(".refusal").wait_for()
    look(page, "a refusal")
    ask(page, "6 seats")
    page.get_by_role("button", name="Confirm trial").click()
    page.get_by_label("Code from your authenticator app").wait_for()
    look(page, "step-up")
    for path in ("/tasks", "/history", "/customers", "/customers?q=zzz"):
        page.goto(path)
        look(page, path)
    page.goto("/tasks")
    page.get_by_role("link", name="Start a trial").click()
    page.get_by_label("Code from your authenticator app").fill(desk.fresh_code())
    look(page, "a task")
    page.get_by_role("button", name="Confirm with code").click()
    page.get_by_role("link", name="Show receipt").click()
    page.get_by_role("heading", name="Before and after").wait_for()
    look(page, "a receipt")
    page.get_by_role("link", name="Lucerne").click()
    page.get_by_role("heading", name="Lucerne").wait_for()
    look(page, "a customer")
    page.goto("/history")
    look(page, "a history")

    assert look.faults == []


def test_text_spacing_and_zoom_lose_nothing(new_page, sign_in):
    page = new_page(width=640, height=400)
    sign_in(page)
    for path in (
        "/",
        "/customers",
        "/history",
        "/tasks",
        "/usage/2026-03",
        "/month?own=1&month=2026-03",
        "/what-if",
    ):
        page.goto(path)
        page.evaluate(SPACING)
        assert page.evaluate(OVERFLOW) == 0, path


def test_the_whole_start_page_is_reached_by_keyboard(page):
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to your question")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_label("Your question")).to_be_focused()


def test_the_composer_does_not_cover_the_focus(page):
    page.goto("/")
    for number, question in enumerate(
        ("Can a service plan be cancelled?", "Are trial versions available?"), start=1
    ):
        ask(page, question)
        expect(page.locator(f"#turn-{number}")).to_be_visible()
    page.keyboard.press("Shift+Tab")
    covered = page.evaluate(
        """() => { const f = document.activeElement.getBoundingClientRect();
        return !document.activeElement.closest('#composer') && f.bottom > document.getElementById('composer').getBoundingClientRect().top; }"""
    )

    assert not covered


def test_a_low_window_lets_the_composer_scroll_away(new_page):
    page = new_page(width=390, height=400)
    page.goto("/")

    assert page.locator("#composer").evaluate("e => getComputedStyle(e).position") == "static"
