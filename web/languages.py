"""Which language the request in hand is answered in.

Pages go by the choice kept in this browser, then by the languages it asks for; the API goes by those asked for alone. The
setting decides where nothing else does.
"""

from typing import TYPE_CHECKING

from flask import Flask, g, request

from assistant.domain.languages import Language
from web.current import application, speak

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask.wrappers import Response

COOKIE = "language"
_MACHINE_PATHS = ("/api/", "/healthz", "/readyz", "/metrics")
_WORDLESS = frozenset(
    {None, "static", "health.alive", "health.ready", "health.figures", "api.healthz", "api.readyz"}
)
"""What is asked for by machines without looking at it, and what does not exist."""


def install(app: Flask) -> None:
    """Settle the language of every request for words, and say of the answer which it is in and what that depended on."""

    @app.before_request
    def settle() -> None:
        if request.endpoint not in _WORDLESS:
            current()

    @app.after_request
    def told(response: "Response") -> "Response":
        if "language" in g:
            response.content_language.add(g.language)
            response.vary.update(["Accept-Language"] if for_machines() else ["Accept-Language", "Cookie"])
        return response


def current() -> Language:
    """Return the language of the request in hand; it is found out once."""
    if "language" not in g:
        use((None if for_machines() else _kept()) or _asked_for())
    language: Language = g.language
    return language


def use(language: Language) -> None:
    """Answer the request in hand in this language, whatever it asks for: the page around it has decided."""
    g.language = language
    speak(language)


def for_machines() -> bool:
    """Tell whether the request in hand is for programs, which are told problems as documents."""
    return request.path.startswith(_MACHINE_PATHS)


def _kept() -> Language | None:
    value = request.cookies.get(COOKIE)
    return Language(value) if value in set(Language) else None


def _asked_for() -> Language:
    return best(request.accept_languages, application().settings.language)


def best(asked: "Iterable[tuple[str, float]]", usual: Language) -> Language:
    """Return the language that tags with their weights, best first, ask for most; ``usual`` where they ask for none of ours.

    A tag of a region, such as ``de-AT``, asks for its language as much as the language's own tag would.
    """
    wanted: dict[str, tuple[float, int]] = {}
    for position, (tag, weight) in enumerate(asked):
        wanted.setdefault(tag.lower().partition("-")[0], (weight, -position))
    anything = wanted.get("*", (0.0, 0))
    # where all are equally welcome, as with "*", the first one wins
    offered = [usual, *(language for language in Language if language is not usual)]
    found = max(offered, key=lambda language: wanted.get(language, anything))
    return found if wanted.get(found, anything)[0] > 0 else usual
