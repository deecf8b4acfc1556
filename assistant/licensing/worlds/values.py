"""What a world file says, as values; names of partners, customers and plans are still names here."""

from dataclasses import dataclass, field
from datetime import date, datetime

from assistant.domain.principals import Role

DEFAULT_CATALOGUE = "default"
"""What a file says for the catalogue of the settings."""


@dataclass(frozen=True)
class SubscriptionWorld:
    """A plan by its name; ``start`` None means the day of loading. ``path`` is where it stands in the file.

    ``used`` is how many of its seats have been in use since it began, None without usage data.
    """

    plan: str
    seats: int
    start: date | None
    path: str
    used: int | None = None


@dataclass(frozen=True)
class StandardLicenceWorld:
    """A licence bought outside the platform; see ``StandardLicence``."""

    product: str
    hosting: str
    model: str
    seats: int


@dataclass(frozen=True)
class CustomerWorld:
    """One customer; ``country`` is two letters of ISO 3166-1 or None."""

    name: str
    country: str | None = None
    enabled: bool = True
    subscriptions: tuple[SubscriptionWorld, ...] = ()
    standard_licences: tuple[StandardLicenceWorld, ...] = ()


@dataclass(frozen=True)
class Fill:
    """So many anonymous customers that have so many seats of a plan together."""

    customers: int
    seats: int
    plan: str = "WF Services Monthly Rolling"


@dataclass(frozen=True)
class PartnerWorld:
    """One partner; ``time_zone`` is an IANA name, ``standard_tenant`` as in ``Partner``.

    ``remote_customers`` are names of customers that were just created in its Remote Manager.
    """

    name: str
    time_zone: str
    customers: tuple[CustomerWorld, ...] = ()
    fill: Fill | None = None
    path: str = ""
    standard_tenant: bool = False
    remote_customers: tuple[str, ...] = ()


@dataclass(frozen=True)
class UserWorld:
    """One user; ``partner`` and ``customer`` are names of this file, and the secrets are for demos only."""

    username: str
    name: str
    role: Role
    password: str = field(repr=False)
    totp_secret: str | None = field(repr=False)
    partner: str | None = None
    customer: str | None = None


@dataclass(frozen=True)
class World:
    """A whole file; ``clock`` None leaves the clock as it is.

    ``catalogue`` is the path of a catalogue file as written, ``default`` for the one of the settings, or None to leave it as it is.
    """

    clock: datetime | None
    partners: tuple[PartnerWorld, ...]
    users: tuple[UserWorld, ...]
    catalogue: str | None = None
