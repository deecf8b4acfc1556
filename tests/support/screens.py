"""What every screen is looked at in, and what is asked of its layout."""

from functools import cache
from importlib.resources import files

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

VIEWS = [
    {"width": 1280, "scheme": "light"},
    {"width": 1280, "scheme": "dark"},
    {"width": 320, "scheme": "light"},
    {"width": 320, "scheme": "dark"},
    {"width": 1280, "scheme": "light", "forced": "active"},
]
BRIEFLY = (VIEWS[0], VIEWS[3])
"""For screens made of nothing but what others are made of too: wide and light, narrow and dark."""
RECOLOURED = [view for view in VIEWS if view != {"width": view["width"], "scheme": "light"}]
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL = """() => [...document.querySelectorAll('button, .button, input:not([type=hidden]), select, summary')]
  .filter(e => e.getClientRects().length && !e.closest('[hidden]'))
  .filter(e => { const b = e.getBoundingClientRect(); return b.height < 24 || b.width < 24; }).map(e => e.outerHTML)"""
SPACING = """() => { const s = new CSSStyleSheet(); s.replaceSync(
  '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }');
  document.adoptedStyleSheets = [s]; }"""


class Looks:
    """Collects in ``faults`` what is wrong with screens in any of the views."""

    def __init__(self):
        self.faults = []

    def __call__(self, page, where, views=VIEWS):
        for view in views:
            named = "-".join(map(str, view.values()))
            self.faults += [f"{where}, {named}: {fault}" for fault in self._in_view(page, **view)]
        _show(page, **VIEWS[0])

    def _in_view(self, page, **view):
        _show(page, **view)
        # a scheme changes colours and nothing else
        yield from violations(page, COLOURS) if view in RECOLOURED else violations(page)
        yield from (f"small target: {html}" for html in page.evaluate(SMALL))
        if page.evaluate(OVERFLOW):
            yield "sideways scroll"


def _show(page, width, scheme, forced="none"):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme, forced_colors=forced)


def violations(page, rules=RULES):
    """Return what axe finds, one line each; ``evaluate`` runs under a strict policy, a script tag would not."""
    page.evaluate("() => Promise.all(document.getAnimations().map(a => a.finished))")
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_axe())
    found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", rules)
    return [f"{v['id']} [{v['impact']}] {n['html'][:160]}" for v in found["violations"] for n in v["nodes"]]


@cache
def _axe():
    return (files("axe_playwright_python") / "axe.min.js").read_text()
