"""Settings, read from the environment once, at the edge; every other module receives them as a value."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from assistant.domain.errors import InvalidInput
from assistant.domain.languages import Language, read_language
from assistant.domain.origins import read_origins

_PREFIX = "ASSISTANT_"
_SHORTEST_TOKEN = 32
_HIGHEST_PORT = 65535


class Mode(StrEnum):
    """``demo`` and ``test`` allow the simulated clock, faults, world files and printed codes."""

    DEMO = "demo"
    TEST = "test"
    PRODUCTION = "production"


@dataclass(frozen=True)
class MailSettings:
    """How letters leave; without a ``host`` they are written to files below the data directory."""

    sender: str = "msp-assistant@localhost"
    host: str = ""
    port: int = 587
    user: str = ""
    password: str = field(default="", repr=False)
    starttls: bool = True


RATE_LIMITS = (("questions", 120), ("suggestions", 600), ("sign-in", 30), ("imports", 20), ("other", 600))
"""Requests in a minute of one user by their kind, unless the settings say otherwise."""
_MOST_REQUESTS = 1_000_000


@dataclass(frozen=True)
class Settings:
    """What the program can be told from outside.

    ``secret_keys`` are newest first and seal second-factor secrets; empty means: in demo and test mode use the key
    file in the data directory. ``secure_cookies`` is off only where the page is served over plain http.
    ``semantic`` lets matching use the embedding models where they are installed. ``trusted_proxies`` is the number of reverse proxies whose forwarded headers count. Session limits are in minutes.

    ``licensing_url`` is another instance whose licensing backend is used instead of this one's, ``licensing_token`` what that
    instance knows this one by. ``licensing_clients`` are the tokens of the instances that this one serves.
    ``statement_seconds`` is how long one statement may take on PostgreSQL; whoever serves requests shortens it.
    ``api_description`` shows the API's description to everybody; ``rate_limits`` are requests a minute by kind, 0 for no limit.
    ``base_url`` is where people reach the pages, for the links in letters.
    ``catalogue`` is the catalogue file of this instance's licensing backend, None for the one that comes with the program.
    ``language`` is what people are spoken to in who neither chose one nor have a browser that names one.
    ``widget_origins`` are the sites whose pages may show the widget in a frame.
    """

    database_url: str
    data_dir: Path
    mode: Mode
    secret_keys: tuple[str, ...]
    secure_cookies: bool
    trusted_proxies: int
    log_level: str
    session_idle_minutes: int
    session_absolute_minutes: int
    semantic: bool
    licensing_url: str | None = None
    licensing_token: str = field(default="", repr=False)
    licensing_clients: tuple[str, ...] = field(default=(), repr=False)
    catalogue: Path | None = None
    base_url: str = "http://127.0.0.1:8000"
    mail: MailSettings = MailSettings()
    statement_seconds: int = 600
    api_description: bool = True
    rate_limits: tuple[tuple[str, int], ...] = RATE_LIMITS
    language: Language = Language.ENGLISH
    widget_origins: tuple[str, ...] = ()

    @property
    def simulating(self) -> bool:
        """Whether demo and test conveniences are allowed."""
        return self.mode is not Mode.PRODUCTION


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Build the settings from the environment. Raises InvalidInput naming a wrong or unknown variable."""
    given = {k: v for k, v in (os.environ if environ is None else environ).items() if k.startswith(_PREFIX)}
    take = _Taker(given)
    data_dir = Path(take.text("DATA_DIR", "./var"))
    mode = take.choice("MODE", Mode, Mode.DEMO)
    settings = Settings(
        database_url=take.text("DATABASE_URL", f"sqlite:///{data_dir / 'assistant.sqlite3'}"),
        data_dir=data_dir,
        mode=mode,
        secret_keys=tuple(k.strip() for k in take.text("SECRET_KEYS", "").split(",") if k.strip()),
        secure_cookies=take.flag("SECURE_COOKIES", default=mode is Mode.PRODUCTION),
        trusted_proxies=take.number("TRUSTED_PROXIES", 0, 0, 10),
        log_level=take.text("LOG_LEVEL", "INFO"),
        session_idle_minutes=take.number("SESSION_IDLE_MINUTES", 60, 1, 60),
        session_absolute_minutes=take.number("SESSION_ABSOLUTE_MINUTES", 720, 1, 1440),
        semantic=take.flag("SEMANTIC", default=True),
        catalogue=Path(path) if (path := take.text("CATALOGUE", "")) else None,
        licensing_url=take.text("LICENSING_URL", "") or None,
        licensing_token=take.text("LICENSING_TOKEN", ""),
        licensing_clients=_tokens(take.text("LICENSING_CLIENTS", "")),
        base_url=take.address("BASE_URL", Settings.base_url),
        mail=_mail(take),
        api_description=take.flag("API_DESCRIPTION", default=mode is not Mode.PRODUCTION),
        rate_limits=_rate_limits(take.text("RATE_LIMITS", "")),
        language=read_language(take.text("LANGUAGE", Language.ENGLISH), "ASSISTANT_LANGUAGE"),
        widget_origins=read_origins(take.text("WIDGET_ORIGINS", ""), "ASSISTANT_WIDGET_ORIGINS"),
    )
    take.refuse_unknown()
    if settings.licensing_url and not settings.licensing_token:
        raise InvalidInput(
            "ASSISTANT_LICENSING_TOKEN", "is required with ASSISTANT_LICENSING_URL: a token of that instance"
        )
    if mode is Mode.PRODUCTION and not settings.secret_keys:
        raise InvalidInput(
            "ASSISTANT_SECRET_KEYS",
            "is required in production: one or more keys, newest first, comma-separated",
        )
    return settings


def _tokens(text: str) -> tuple[str, ...]:
    tokens = tuple(token.strip() for token in text.split(",") if token.strip())
    if any(len(token) < _SHORTEST_TOKEN for token in tokens):
        raise InvalidInput(
            "ASSISTANT_LICENSING_CLIENTS", f"must be tokens of at least {_SHORTEST_TOKEN} characters each"
        )
    return tokens


def _mail(take: "_Taker") -> MailSettings:
    usual = MailSettings()
    return MailSettings(
        sender=take.text("MAIL_FROM", usual.sender),
        host=take.text("MAIL_HOST", usual.host),
        port=take.number("MAIL_PORT", usual.port, 1, _HIGHEST_PORT),
        user=take.text("MAIL_USER", usual.user),
        password=take.text("MAIL_PASSWORD", usual.password),
        starttls=take.flag("MAIL_STARTTLS", default=usual.starttls),
    )


def _rate_limits(text: str) -> tuple[tuple[str, int], ...]:
    limits = dict(RATE_LIMITS)
    for part in filter(None, (part.strip() for part in text.split(","))):
        kind, _, number = part.partition("=")
        if kind not in limits or not number.isascii() or not number.isdigit() or int(number) > _MOST_REQUESTS:
            raise InvalidInput(
                "ASSISTANT_RATE_LIMITS",
                f"must be kinds with requests a minute, such as questions=120; known are {', '.join(limits)}",
            )
        limits[kind] = int(number)
    return tuple(limits.items())


class _Taker:
    """Takes variables one by one and remembers which were known."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self._given = given
        self._known: set[str] = set()

    def text(self, name: str, default: str) -> str:
        self._known.add(_PREFIX + name)
        return self._given.get(_PREFIX + name, "") or default

    def number(self, name: str, default: int, lowest: int, highest: int) -> int:
        raw = self.text(name, str(default))
        if not raw.isascii() or not raw.isdigit() or not lowest <= int(raw) <= highest:
            raise InvalidInput(_PREFIX + name, f"must be a whole number from {lowest} to {highest}")
        return int(raw)

    def address(self, name: str, default: str) -> str:
        raw = self.text(name, default)
        if not re.fullmatch(r"https?://[\w.:\[\]-]+(?:/[\w./-]*)?", raw, re.ASCII):
            raise InvalidInput(_PREFIX + name, "must be an address such as https://assistant.example")
        return raw

    def flag(self, name: str, *, default: bool) -> bool:
        raw = self.text(name, "true" if default else "false")
        if raw not in {"true", "false"}:
            raise InvalidInput(_PREFIX + name, "must be true or false")
        return raw == "true"

    def choice(self, name: str, kind: type[Mode], default: Mode) -> Mode:
        raw = self.text(name, default.value)
        if raw not in {m.value for m in kind}:
            raise InvalidInput(_PREFIX + name, "must be one of " + ", ".join(m.value for m in kind))
        return kind(raw)

    def refuse_unknown(self) -> None:
        for name in sorted(set(self._given) - self._known):
            raise InvalidInput(name, "is not a setting; known are " + ", ".join(sorted(self._known)))
