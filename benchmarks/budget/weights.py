"""What pages weigh: scripts, style, first view; all sizes in KB of 1,000 bytes after gzip -9, without any minifier."""

import gzip
from collections.abc import Iterator
from urllib.parse import urlsplit

from playwright.sync_api import Page

from benchmarks.budget.goals import Goal, at_most
from benchmarks.budget.site import Site

_FONTS = ("woff", "woff2", "ttf", "otf")
_LOADED = "() => performance.getEntriesByType('resource').map(r => r.name)"
_OTHERS = ("/customers", "/history", "/tasks", "/what-if", "/account", "/customers/import", "/bulk")


def weights(site: Site) -> Iterator[Goal]:
    """Measure the first view as a stranger has it, and the scripts of pages of somebody signed in."""
    with site.page() as page:
        yield from _first_view(page)
    with site.page(username="anna") as page:
        heaviest = max((_scripts(page, path), path) for path in _OTHERS)
    yield at_most("script of any other page", 10, heaviest[0], "KB", [f"heaviest: {heaviest[1]}"])


def _first_view(page: Page) -> Iterator[Goal]:
    answer = page.goto("/")
    assert answer is not None
    page.wait_for_load_state("networkidle")
    html = _size(answer.body())
    urls = page.evaluate(_LOADED)
    sizes = {url: _size(page.request.get(url).body()) for url in urls}
    yield at_most("script of the chat page", 10, sum(s for url, s in sizes.items() if _is(url, "js")), "KB")
    yield at_most("style sheet", 8, sum(s for url, s in sizes.items() if _is(url, "css")), "KB")
    yield at_most("first view: HTML", 12, html, "KB")
    yield at_most("first view: requests", 5, len(urls) + 1, "", [urlsplit(url).path for url in urls])
    yield at_most("first view: everything", 30, html + sum(sizes.values()), "KB")
    yield at_most("first view: fonts", 0, sum(_is(url, *_FONTS) for url in urls))


def _scripts(page: Page, path: str) -> float:
    page.goto(path)
    page.wait_for_load_state("networkidle")
    urls = [url for url in page.evaluate(_LOADED) if _is(url, "js")]
    return sum(_size(page.request.get(url).body()) for url in urls)


def _is(url: str, *endings: str) -> bool:
    return urlsplit(url).path.rpartition(".")[2] in endings


def _size(body: bytes) -> float:
    return len(gzip.compress(body, 9)) / 1000
