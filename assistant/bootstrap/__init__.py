"""The only place that knows every adapter: builds the application from its settings.

Here live what an application offers its doors, its wiring, and the database as a whole; no rule and no use case may.
Tests and conversation scripts call the same functions with other clocks.
"""

from assistant.bootstrap.application import Application
from assistant.bootstrap.building import DUE_STEPS, build
from assistant.bootstrap.databases import check_database, open_database
from assistant.bootstrap.opening import open_application, prepare

__all__ = [
    "DUE_STEPS",
    "Application",
    "build",
    "check_database",
    "open_application",
    "open_database",
    "prepare",
]
