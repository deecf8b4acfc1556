"""Prepares the database where that is allowed, and opens the application on it."""

import logging

from assistant import logs
from assistant.bootstrap.application import Application
from assistant.bootstrap.building import build
from assistant.config import Settings
from assistant.domain.errors import DatabaseOutdated, InvalidInput
from assistant.knowledge.desk import KnowledgeDesk
from assistant.persistence import schema
from assistant.persistence.database import Database, SqlStorage
from assistant.persistence.knowledge import SqlKnowledgeUnit
from assistant.system import SystemClock, SystemIds

_log = logging.getLogger("assistant.bootstrap")


def prepare(settings: Settings) -> None:
    """Bring the database up to date and publish the default knowledge where nothing was ever published."""
    database = Database(settings.database_url)
    schema.upgrade(database)
    KnowledgeDesk(SqlStorage(database, SqlKnowledgeUnit), SystemClock(), SystemIds()).publish_default()
    database.close()


def open_application(settings: Settings) -> Application:
    """Prepare the database, except in production, and build. Raises DatabaseOutdated where an operator has to act."""
    logs.configure(settings.log_level)
    if settings.simulating:
        prepare(settings)
    application = build(settings)
    if not schema.is_usable(application.database):
        raise DatabaseOutdated("The database is not up to date. Run: assistant db upgrade")
    if schema.passes_over_walls(application.database):
        _log.warning("the database user passes over row-level security: use one without such rights")
    # the catalogue that comes with the program only grows, and a world's own was held against the database when it was stored
    if settings.catalogue and (faults := application.catalogues.faults()):
        raise InvalidInput("ASSISTANT_CATALOGUE", "; ".join(faults))
    return application
