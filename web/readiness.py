"""Whether this process can answer: the database, the publication in force, and the index."""

import logging
from collections.abc import Callable

from web.current import application

_log = logging.getLogger("assistant.web")


def report() -> dict[str, bool]:
    """Return each check by name; all true means ready."""
    return {name: _passes(name, check) for name, check in _CHECKS.items()}


def _passes(name: str, check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception:  # noqa: BLE001 - whatever stops a check makes the process not ready; the log says why
        _log.exception("not ready: %s", name)
        return False


def _database() -> bool:
    return application().database_is_usable()


def _publication() -> bool:
    return application().knowledge.edition().hash != ""


def _index() -> bool:
    return application().knowledge.edition().indexed


def matching() -> str:
    """Say what questions are matched by: words alone, or the meaning that embedding models see as well."""
    model = application().knowledge.edition().model
    return f"words and meaning ({model})" if model else "words only: the embedding models are not used"


_CHECKS: dict[str, Callable[[], bool]] = {"database": _database, "publication": _publication, "index": _index}
