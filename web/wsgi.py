"""For servers other than ``assistant serve``: ``web.wsgi:load()`` builds the application from the environment."""

from flask import Flask

from assistant.bootstrap import build
from assistant.config import read_settings
from web.app import create_app


def load() -> Flask:
    """Build the application; the database must be up to date (``assistant db upgrade``)."""
    return create_app(build(read_settings()))
