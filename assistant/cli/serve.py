"""The production server."""

import socket
from typing import Any

import click
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]
from gunicorn.util import import_app  # type: ignore[import-untyped]

from assistant.cli.context import application

# named, not imported: the two doors do not know one another
_LOAD = "web.wsgi:load()"
# more than run at once, see web.admission: whoever is not let in is told so, which takes a thread as well
_THREADS = 256
_PATIENCE_SECONDS = 30
_HIGHEST_PORT = 65535


class Server(BaseApplication):  # type: ignore[misc]  # the base class has no types
    """gunicorn with our settings; each worker process builds the application for itself."""

    def __init__(self, options: dict[str, Any]) -> None:
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Take over the options."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Build the application, once in each worker."""
        return import_app(_LOAD)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, _HIGHEST_PORT))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes.")
def serve(host: str, port: int, workers: int) -> None:
    """Serve the pages and the API until stopped; running requests are finished first."""
    # brings the database up to date, or says what to do, before a worker starts and fails
    application().accounts.factor_health().require_all_open()
    application().database.close()
    _check_free(host, port)
    address = f"http://{_bracketed(host)}:{port}"
    options = {
        "bind": f"{_bracketed(host)}:{port}",
        "workers": workers,
        "worker_class": "assistant.cli.serving.Worker",
        "threads": _THREADS,
        "timeout": _PATIENCE_SECONDS,
        "graceful_timeout": _PATIENCE_SECONDS,
        "loglevel": "warning",
        # the program's own settings say which proxies count; gunicorn must not decide for itself
        "forwarded_allow_ips": "",
        "control_socket_disable": True,
        "when_ready": lambda _server: click.echo(f"Serving on {address}"),
    }
    Server(options).run()


def _check_free(host: str, port: int) -> None:
    # the server itself would try for seconds and tell each try
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        raise click.ClickException(f"{host}:{port} cannot be listened on: {error.strerror}") from error


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


COMMANDS = [serve]
