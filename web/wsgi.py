"""What a WSGI server loads, ours and others alike: ``web.wsgi:load()`` builds the application from the environment."""

from flask import Flask

from assistant.bootstrap import open_application
from assistant.config import read_settings
from web.app import create_app


def load() -> Flask:
    """Build the application; like every command it brings the database up to date, except in production.

    Raises DatabaseOutdated where an operator has to act.
    """
    return create_app(open_application(read_settings()))
