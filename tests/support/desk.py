"""The real application over HTTP, on a throw-away copy of a prepared demo world."""

import shutil
import threading
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from werkzeug.routing import Map
from werkzeug.serving import make_server

from assistant.bootstrap import Application, build, prepare
from assistant.config import Settings
from assistant.world import apply_world, demo_world
from support.clock import FakeClock
from support.web import settings
from web.app import create_app

PASSWORDS = {user.username: user.password for user in demo_world().users}


@dataclass
class Desk:
    """A running desk: its application, its address, the clock that codes and sessions go by, and its routes."""

    application: Application
    clock: FakeClock
    url: str
    routes: Map

    def fresh_code(self, username: str = "anna") -> str:
        """Return a code that was not accepted before: that of the next thirty seconds."""
        self.clock.advance(seconds=30)
        return self.application.access.current_code(username)[0]


def prepare_world(folder: Path) -> Path:
    """Make a data directory with the default knowledge and the demo world, to be copied."""
    chosen = _settings(folder)
    prepare(chosen)
    application = build(chosen, real_clock=FakeClock())
    apply_world(application, demo_world())
    application.knowledge.suggest("licence")
    # what a publication takes to answer for the first time is kept by the process: no page has to wait for it
    application.knowledge.ask("What is NFR?", recording=False)
    application.database.close()
    return folder


@contextmanager
def open_desk(template: Path, folder: Path, **changes):
    """Serve a copy of a prepared world until the block ends, with other settings if any are named."""
    shutil.copytree(template, folder)
    clock = FakeClock()
    application = build(replace(_settings(folder), **changes), real_clock=clock)
    app = create_app(application)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Desk(application, clock, f"http://127.0.0.1:{server.server_port}", app.url_map)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        application.database.close()


def _settings(folder: Path) -> Settings:
    return replace(settings(folder), database_url=f"sqlite:///{folder / 'desk.sqlite3'}")
