"""The application behind the request in hand."""

from typing import TYPE_CHECKING, cast

from flask import current_app, g

if TYPE_CHECKING:
    from assistant.bootstrap import Application
    from assistant.domain.languages import Language

_KEY = "assistant"


def application() -> "Application":
    """Return what ``create_app`` was given; once the language of the request is known, speaking it."""
    return cast("Application", g.get("speaking") or current_app.extensions[_KEY])


def speak(language: "Language") -> None:
    """Let the application speak this language for the rest of the request in hand."""
    g.speaking = current_app.extensions[_KEY].speaking(language)
