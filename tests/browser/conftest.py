"""Browser fixtures: one Chromium for the session, one clean context for each page, axe-core on demand."""

import os
import shutil
from pathlib import Path

import pytest

from support.desk import PASSWORDS, open_desk, prepare_world
from support.screens import Looks, violations

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def missing(what):
    """Fail where the browser has to be (CI=true or REQUIRE_BROWSER=1), skip elsewhere."""
    required = os.environ.get("CI") == "true" or os.environ.get("REQUIRE_BROWSER") == "1"
    (pytest.fail if required else pytest.skip)(f"browser tests need {what} (see CONTRIBUTING, Browser tests)")


@pytest.fixture(scope="session")
def browser():
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright from PyPI")
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    if not Path(path).exists():
        missing("Debian's chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    return prepare_world(tmp_path_factory.mktemp("world"))


@pytest.fixture
def desk(template, tmp_path):
    with open_desk(template, tmp_path / "desk") as opened:
        yield opened


@pytest.fixture
def new_page(browser, desk):
    """new_page(js=False, width=320, scheme="dark", forced="active") opens a page in a context of its own.

    A script error, a policy violation or a request to another origin on any of them fails the test.
    """
    contexts, problems = [], []

    def make(js=True, width=1280, height=800, scheme="light", motion="no-preference", forced=None):
        context = browser.new_context(
            base_url=desk.url,
            java_script_enabled=js,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            reduced_motion=motion,
            forced_colors=forced,
        )
        context.set_default_timeout(5000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda e: problems.append(f"script error: {e}"))
        page.on("console", lambda m: problems.append(f"console: {m.text}") if _is_fault(m) else None)
        page.on("request", lambda r: problems.append(f"foreign request: {r.url}") if _is_foreign(r) else None)
        return page

    def _is_fault(message):
        return message.type == "error" and not message.text.startswith("Failed to load resource")

    def _is_foreign(request):
        return not request.url.startswith((desk.url, "data:", "about:", "blob:"))

    yield make
    for context in contexts:
        context.close()
    assert not problems, "\n".join(problems)


@pytest.fixture
def page(new_page):
    return new_page()


@pytest.fixture
def sign_in(desk):
    """sign_in(page, "anna") goes through both steps with a fresh code."""

    def go(page, username="anna", start="/sign-in"):
        page.goto(start)
        page.get_by_label("User name").fill(username)
        page.get_by_label("Password").fill(PASSWORDS[username])
        page.get_by_role("button", name="Continue").click()
        page.get_by_label("Code", exact=True).fill(desk.fresh_code(username))
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("button", name="Sign out").wait_for()

    return go


@pytest.fixture(scope="session")
def axe():
    """axe(page) returns the violations, one line each."""
    return violations


@pytest.fixture
def look():
    """look(page, where) collects what is wrong with a screen in any of the views; ``look.faults`` is all of it."""
    return Looks()
