"""Removing HTML tags from a line of Markdown in one pass, whatever the line looks like."""

import re

_KNOWN = frozenset(
    "a abbr acronym address area article aside audio b base big blockquote body br button canvas caption center cite "
    "code col colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure font "
    "footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd label legend li link "
    "main map mark math menu meta meter nav noframes noscript object ol optgroup option output p param picture pre "
    "progress q rp rt ruby s samp script section select slot small source span strike strong style sub summary sup "
    "svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr".split()
)
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)(?:[\s/][^<>]*)?>")
_COMMENT_MARK = re.compile(r"<!-{2,}")
_LONGEST_TAG = 300


def without_tags(line: str) -> tuple[str, list[str]]:
    """Return the line without known HTML tags and comment marks, and the removed names in order, each once.

    Nothing that looks like a tag can be left or formed by the removal. ``<https://...>`` and ``a < b`` stay.
    """
    removed: dict[str, None] = {}
    kept: list[str] = []
    openings: list[int] = []
    for character in _without_comment_marks(line):
        kept.append(character)
        if character == "<":
            openings.append(len(kept) - 1)
        elif character == ">" and openings:
            start = openings.pop()
            name = _tag_name("".join(kept[start:])) if len(kept) - start <= _LONGEST_TAG else None
            if name:
                removed[name] = None
                del kept[start:]
    text = "".join(kept)
    if removed and _COMMENT_MARK.search(text):
        text = text.replace("<", "&lt;")
    return text, list(removed)


def _without_comment_marks(line: str) -> str:
    while _COMMENT_MARK.search(line):
        line = _COMMENT_MARK.sub(" ", line)
    return line


def _tag_name(candidate: str) -> str | None:
    match = _TAG.fullmatch(candidate)
    name = match[1].lower() if match else ""
    return name if name in _KNOWN else None
