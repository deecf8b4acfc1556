"""The order in which an installation is looked at: what rests on something that is broken is not looked at."""

from collections.abc import Callable, Iterator
from contextlib import closing

from assistant.bootstrap import Application, build
from assistant.config import Settings
from assistant.doctor import contents, surroundings
from assistant.doctor.findings import Finding, advice, fault
from assistant.domain.errors import AssistantError

_CONTENTS: tuple[Callable[[Application], Iterator[Finding]], ...] = (
    contents.factors,
    contents.people,
    contents.knowledge,
    contents.policy,
    contents.audit,
    contents.licences,
)


def examine(settings: Settings) -> Iterator[Finding]:
    """Yield what was found, one thing after the other, each as soon as it is known; nothing is changed."""
    yield from surroundings.settings(settings)
    yield from surroundings.folder(settings)
    if not settings.data_dir.is_dir():
        return
    try:
        application = build(settings)
    except AssistantError as error:
        yield fault("start", error.message, "Correct it; the program does not start before.")
        return
    with closing(application.database):
        yield from _application(application)


def _application(application: Application) -> Iterator[Finding]:
    try:
        seen = application.database_server()
        current, usable = application.database_is_current(), application.database_is_usable()
    except AssistantError as error:
        yield fault(
            "database", error.message, "See that the server runs and ASSISTANT_DATABASE_URL is right."
        )
        return
    yield from surroundings.server(seen, application.real_clock.now())
    if usable and not current:
        yield advice(
            "database",
            "A newer version of the program has brought it up to date.",
            "Replace this version soon; until then it goes on working.",
        )
        return
    if not current:
        yield fault("database", "It is not up to date with this program.", "Run: assistant db upgrade")
        return
    differing = len(application.database_differences())
    if differing:
        yield fault(
            "database",
            f"{differing} things in its tables are not as this program made them.",
            "Run: assistant db check. Restore a backup, or undo what was changed by hand.",
        )
        return
    for look in _CONTENTS:
        yield from look(application)
