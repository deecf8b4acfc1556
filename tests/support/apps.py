"""Flask applications to lend: making one takes longer than most tests take with it."""

from collections import defaultdict
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from web.app import create_app
from web.keys import signing_key

_free = defaultdict(list)


@contextmanager
def lent_app(application):
    """Lend the Flask application around this one until the block ends; whoever adds to one makes it with create_app.

    It was around another one before where the settings are the same. Only its figures of requests go on from there.
    """
    settings = application.settings
    free = _free[replace(settings, data_dir=Path(), database_url="")]
    if free:
        app = free.pop()
        app.secret_key = signing_key(settings, application.ids)
        app.extensions["assistant"] = application
    else:
        app = create_app(application)
    yield app
    app.extensions["assistant"] = None
    free.append(app)
