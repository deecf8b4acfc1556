"""What a WSGI server loads, ours and others alike: ``web.wsgi:load()`` builds the application from the environment."""

import logging
from dataclasses import replace
from threading import Thread

from flask import Flask

from assistant.bootstrap import Application, open_application
from assistant.config import read_settings
from web.app import create_app

_LONGEST_STATEMENT_SECONDS = 30
"""As long as a browser's user waits; the commands of an operator may take longer."""
_log = logging.getLogger("assistant.web")


def load() -> Flask:
    """Build the application; like every command it brings the database up to date, except in production.

    Raises DatabaseOutdated where an operator has to act, InvalidInput where keys are missing that stored secrets need.
    """
    application = open_application(replace(read_settings(), statement_seconds=_LONGEST_STATEMENT_SECONDS))
    application.accounts.factor_health().require_all_open()
    # models and index load while the first requests come in; a question asked meanwhile waits for them
    Thread(target=_warm_up, args=(application,), daemon=True).start()
    return create_app(application)


def _warm_up(application: Application) -> None:
    edition = application.knowledge.edition()
    if not edition.indexed:
        _log.warning("the index of words cannot be used: the other signals answer alone")
    by = edition.model or "words only, without embedding models"
    _log.info("%d entries in force, matched by %s", len(edition.entries.entries), by)
