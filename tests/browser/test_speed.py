"""What the first view loads, counted by the browser."""

import pytest

pytestmark = pytest.mark.browser

LOADED = "() => performance.getEntriesByType('resource').map(r => new URL(r.name).pathname)"


def test_the_first_view_is_five_requests_and_no_font(page):
    page.goto("/")
    page.wait_for_load_state("networkidle")
    loaded = page.evaluate(LOADED)

    assert len(loaded) + 1 <= 5
    assert all(path.startswith("/static/") for path in loaded)


def test_nothing_moves_while_the_page_loads(page):
    page.goto("/")
    shift = page.evaluate(
        """() => new Promise(done => { let sum = 0; new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value; })
        .observe({type: 'layout-shift', buffered: true}); requestAnimationFrame(() => requestAnimationFrame(() => done(sum))); })"""
    )

    assert shift == 0
