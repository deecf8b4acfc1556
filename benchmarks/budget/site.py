"""The desk that is measured: the real application with its models, 500 entries more than it ships, and a browser before it."""

import logging
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from assistant.knowledge.documents.exporter import write_document
from assistant.knowledge.documents.importer import Naming
from assistant.knowledge.documents.model import SourceFile
from benchmarks.generated import entries_of
from support.desk import PASSWORDS, Desk, open_desk, prepare_world

ENTRIES = 500
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
]
_NOISE = re.compile("Failed to load resource")


@dataclass
class Site:
    """A served desk and its browser; ``problems`` collects script errors, policy violations and foreign requests."""

    desk: Desk
    browser: Browser
    problems: list[str] = field(default_factory=list)
    opened: int = 0

    @contextmanager
    def page(self, *, username: str | None = None, **options: Any) -> Iterator[Page]:
        """Open a page in a context of its own, signed in if a user is named; ``options`` are those of a context."""
        context = self.browser.new_context(base_url=self.desk.url, reduced_motion="reduce", **options)
        context.set_default_timeout(10_000)
        page = context.new_page()
        self._watch(page)
        try:
            if username:
                self.sign_in(page, username)
            yield page
        finally:
            context.close()

    def sign_in(self, page: Page, username: str) -> None:
        """Go through both steps with a fresh code."""
        page.goto("/sign-in")
        page.get_by_label("User name").fill(username)
        page.get_by_label("Password").fill(PASSWORDS[username])
        page.get_by_role("button", name="Continue").click()
        page.get_by_label("Code", exact=True).fill(self.desk.fresh_code(username))
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("button", name="Sign out").wait_for()

    def _watch(self, page: Page) -> None:
        self.opened += 1
        page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))
        page.on("console", lambda said: said.type == "error" and self._note(said.text))
        page.on("request", lambda request: self._check_origin(request.url))

    def _note(self, text: str) -> None:
        if not _NOISE.search(text):
            self.problems.append(f"console: {text}")

    def _check_origin(self, url: str) -> None:
        if not url.startswith((self.desk.url, "data:", "about:", "blob:")):
            self.problems.append(f"foreign request: {url}")


@contextmanager
def open_site(folder: Path) -> Iterator[Site]:
    """Make the desk in a folder and serve it until the block ends. Needs Chromium; CHROMIUM names another one."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    template = prepare_world(folder / "template")
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with open_desk(template, folder / "desk", semantic=True) as desk, sync_playwright() as playwright:
        _widen(desk)
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=_ARGUMENTS)
        yield Site(desk, browser)
        browser.close()


def _widen(desk: Desk) -> None:
    """Publish the further entries, and ask once, so that the process has learnt before anything is measured."""
    text = write_document("Generated handbook", "2020-01", entries_of(ENTRIES))
    file = SourceFile("generated.md", text.encode())
    desk.application.desk.import_files([file], Naming(), publish_now=True)
    desk.application.knowledge.ask("What is NFR?", recording=False)
    desk.application.knowledge.suggest("licence")
