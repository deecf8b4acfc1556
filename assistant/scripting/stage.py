"""Where scripts run: each world is put into a copy of the database once, and every script gets a copy of that."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from assistant.bootstrap import Application, build
from assistant.config import Settings
from assistant.conversation.scripts import Script
from assistant.domain.errors import InvalidInput
from assistant.persistence.copies import copy_to_file
from assistant.scripting.clock import ScriptClock
from assistant.scripting.running import Run, ScriptResult
from assistant.world import apply_world, read_world


def run_script(application: Application, script: Script, folder: Path) -> ScriptResult:
    """Run one script by itself; see ``Stage.run``."""
    with Stage(application) as stage:
        return stage.run(script, folder)


@dataclass(frozen=True)
class _Scene:
    """A prepared database that nobody has open, and the instant its world begins at, if it names one."""

    database: Path
    begins: datetime | None


class Stage:
    """Runs the scripts of one application, whose own database is only read; to be used in a ``with`` block.

    World files are read once: what changes in them while the stage is open is not noticed.
    """

    def __init__(self, application: Application) -> None:
        self._application = application
        self._scratch = TemporaryDirectory(prefix="assistant-scripts-")
        self._folder = Path(self._scratch.name)
        self._scenes: dict[Path | None, _Scene] = {}
        self._numbers = count(1)

    def __enter__(self) -> Self:
        """Begin; copies are made when the first script needs them."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove all copies."""
        self._scratch.cleanup()

    def run(self, script: Script, folder: Path) -> ScriptResult:
        """Run one script; its world file is looked up from ``folder``. Raises InvalidInput for what it cannot play."""
        scene = self._scene((folder / script.world).resolve() if script.world else None)
        clock = ScriptClock(scene.begins or self._application.clock.now())
        with self._opened(scene.database, clock) as application:
            run = Run(application, clock, script)
            try:
                return ScriptResult(script, tuple(run.results()))
            finally:
                run.close()

    def _scene(self, world: Path | None) -> _Scene:
        if world not in self._scenes:
            self._scenes[world] = self._copied() if world is None else self._loaded(world)
        return self._scenes[world]

    def _copied(self) -> _Scene:
        path = self._folder / "as-it-is.sqlite3"
        copy_to_file(self._application.database, path).close()
        return _Scene(path, None)

    def _loaded(self, path: Path) -> _Scene:
        try:
            world = read_world(path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise InvalidInput("world", f"cannot be read: {path.name}") from error
        clock = ScriptClock(world.clock or self._application.clock.now())
        loaded = self._folder / f"world-{next(self._numbers)}.sqlite3"
        copyfile(self._scene(None).database, loaded)
        application = build(self._settings_for(loaded), real_clock=clock)
        try:
            apply_world(application, world, path.parent)
        finally:
            application.database.close()
        return _Scene(loaded, world.clock)

    @contextmanager
    def _opened(self, scene: Path, clock: ScriptClock) -> Iterator[Application]:
        copy = self._folder / f"run-{next(self._numbers)}.sqlite3"
        copyfile(scene, copy)
        try:
            yield build(self._settings_for(copy), real_clock=clock)
        finally:
            copy.unlink()

    def _settings_for(self, database: Path) -> Settings:
        return replace(self._application.settings, database_url=f"sqlite:///{database}")
