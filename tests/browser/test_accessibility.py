"""axe and layout on every screen and state: light and dark, wide and narrow, forced colours."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

VIEWS = [
    {"width": 1280, "scheme": "light"},
    {"width": 1280, "scheme": "dark"},
    {"width": 320, "scheme": "light"},
    {"width": 320, "scheme": "dark"},
    {"width": 1280, "scheme": "light", "forced": "active"},
]
RECOLOURED = [view for view in VIEWS if view != {"width": view["width"], "scheme": "light"}]
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL = """() => [...document.querySelectorAll('button, .button, input:not([type=hidden]), select, summary')]
  .filter(e => e.getClientRects().length && !e.closest('[hidden]'))
  .filter(e => { const b = e.getBoundingClientRect(); return b.height < 24 || b.width < 24; }).map(e => e.outerHTML)"""
SPACING = """() => { const s = new CSSStyleSheet(); s.replaceSync(
  '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }');
  document.adoptedStyleSheets = [s]; }"""


@pytest.fixture
def look(axe):
    """look(page, where) collects what is wrong with a screen in any of the views; ``look.faults`` is all of it."""

    def at(page, where):
        for view in VIEWS:
            named = "-".join(map(str, view.values()))
            at.faults += [f"{where}, {named}: {fault}" for fault in in_view(page, **view)]
        show(page, **VIEWS[0])

    def in_view(page, **view):
        show(page, **view)
        # a scheme changes colours and nothing else
        yield from axe(page, COLOURS) if view in RECOLOURED else axe(page)
        yield from (f"small target: {html}" for html in page.evaluate(SMALL))
        if page.evaluate(OVERFLOW):
            yield "sideways scroll"

    def show(page, width, scheme, forced="none"):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme, forced_colors=forced)

    at.faults = []
    return at


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
    for path in ("/nothing", "/sign-in"):
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
    for path in ("/", "/customers", "/history", "/tasks"):
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
