"""Origins of web sites, written exactly as browsers name them, so that comparing two is comparing texts."""

import re

from assistant.domain.errors import InvalidInput

MOST_ORIGINS = 50
_LONGEST_HOST = 253
_HOST = r"(?P<host>[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*)"
_ORIGIN = re.compile(rf"(?P<scheme>https?)://{_HOST}(?::(?P<port>[1-9][0-9]{{0,4}}))?", re.ASCII)
_USUAL_PORT = {"https": "443", "http": "80"}
_HIGHEST_PORT = 65535
_THIS_MACHINE = ("localhost", "127.0.0.1")


def read_origins(text: str, field: str) -> tuple[str, ...]:
    """Return the origins of a comma-separated list, each once. Raises InvalidInput.

    Each is scheme, host and, unless it is the usual one, the port: ``https://portal.example``. Hosts are in lower case,
    names of other scripts in their ASCII form; ``http`` is for this machine only. There are no patterns.
    """
    given = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if len(given) > MOST_ORIGINS or not all(map(is_origin, given)):
        raise InvalidInput(
            field,
            f"must be at most {MOST_ORIGINS} exact origins such as https://portal.example, comma-separated: "
            "no path, no pattern, no port that is the usual one",
        )
    return given


def is_origin(text: str) -> bool:
    """Tell whether a text is an origin as a browser writes it."""
    found = _ORIGIN.fullmatch(text)
    if found is None or len(found["host"]) > _LONGEST_HOST:
        return False
    port = found["port"]
    if port is not None and (int(port) > _HIGHEST_PORT or port == _USUAL_PORT[found["scheme"]]):
        return False
    return found["scheme"] == "https" or found["host"] in _THIS_MACHINE
