"""A database as the first start leaves it, made once: with all tables, and the default knowledge in force."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import make_url

from assistant.bootstrap import prepare
from assistant.config import read_settings
from assistant.persistence.database import Database


def prepare_quickly(settings):
    """Do what ``prepare`` does, beginning with a copy of such a database where there is no SQLite file yet."""
    if settings.database_url.startswith("sqlite:///"):
        path = Path(make_url(settings.database_url).database)
        # opening it makes its folder, with the rights that it has to have
        Database(settings.database_url).close()
        if not path.exists():
            path.write_bytes(_first_start())
    prepare(settings)


@cache
def _first_start():
    with TemporaryDirectory() as folder:
        settings = read_settings({"ASSISTANT_DATA_DIR": folder, "ASSISTANT_MODE": "test"})
        prepare(settings)
        return Path(make_url(settings.database_url).database).read_bytes()
