"""Stored Markdown as safe HTML."""

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

_TAGS = {
    "a", "blockquote", "br", "code", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "strong", "table",
    "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_SCHEMES = {"http", "https", "mailto"}
_DEEPEST = 40


def _parser() -> MarkdownIt:
    # no raw HTML: what is left of it in a text is shown as text, never interpreted
    return MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST}).enable("table").disable("image")


_MARKDOWN = _parser()


def to_html(text: str) -> str:
    """Render stored text; links lead only to http, https and mailto addresses, images and raw HTML never appear."""
    rendered: str = _MARKDOWN.render(text)
    return nh3.clean(
        rendered,
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
    )


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of a text, read by the same rules; those of blocks carry the lines they stand on."""
    return _MARKDOWN.parse(text)
