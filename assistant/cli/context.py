"""How a command gets the application: settings from the environment, database brought up to date."""

from functools import cache

from assistant.bootstrap import Application, open_application
from assistant.config import read_settings


@cache
def application() -> Application:
    """Build the application once for this process; in production the database must be up to date already."""
    return open_application(read_settings())
