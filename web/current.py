"""The application behind the request in hand."""

from typing import TYPE_CHECKING, cast

from flask import current_app

if TYPE_CHECKING:
    from assistant.bootstrap import Application

_KEY = "assistant"


def application() -> "Application":
    """Return what ``create_app`` was given."""
    return cast("Application", current_app.extensions[_KEY])
