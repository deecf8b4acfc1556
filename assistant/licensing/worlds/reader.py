"""Reads a world file; whatever is wrong in it is named by its path, and nothing of a faulty file is returned."""

import base64
import binascii
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from assistant.domain.errors import InvalidInput
from assistant.domain.periods import EARLIEST_DAY, LATEST_DAY, business_instant
from assistant.domain.principals import Role
from assistant.domain.usage import MOST_USED
from assistant.licensing.worlds.values import (
    CustomerWorld,
    Fill,
    PartnerWorld,
    StandardLicenceWorld,
    SubscriptionWorld,
    UserWorld,
    World,
)
from assistant.ports.wire.fields import Fields

_MOST_SEATS = 999_999
_MOST_FILLED = 100_000
_LONGEST_NAME = 200
_LONGEST_PATH = 1000
_PARTNER_ROLES = {Role.PARTNER_ADMIN, Role.PARTNER_READER}
_HOSTINGS = ("on-prem", "cloud")
_MODELS = ("standard", "upfront")


def read_world(text: str) -> World:
    """Build a world from the text of its file. Raises InvalidInput."""
    try:
        data = yaml.load(text, _Unambiguous)  # noqa: S506 - a safe loader that is stricter still
    except yaml.YAMLError as error:
        raise InvalidInput("world", f"is not YAML: {' '.join(str(error).split())}") from error
    fields = Fields({} if data is None else data, "")
    partners = tuple(
        _partner(name, Fields(item, f"partners.{name}")) for name, item in _named(fields, "partners").items()
    )
    users = tuple(
        _user(name, Fields(item, f"users.{name}"), partners) for name, item in fields.named("users").items()
    )
    _refuse_twins(users)
    world = World(_clock(fields), partners, users, fields.optional_text("catalogue", limit=_LONGEST_PATH))
    fields.done()
    return world


class _Unambiguous(yaml.SafeLoader):
    """Refuses a name that stands twice in one mapping, of which YAML would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002
        seen = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        if twice := next((name for name in seen if seen.count(name) > 1), None):
            raise yaml.constructor.ConstructorError(None, None, f"{twice} stands twice", node.start_mark)
        return super().construct_mapping(node, deep)


def _named(fields: Fields, name: str) -> dict[str, Any]:
    named = fields.named(name)
    if not all(key.strip() and key.isprintable() and len(key) <= _LONGEST_NAME for key in named):
        raise fields.wrong(name, f"must have names of 1 to {_LONGEST_NAME} printable characters")
    return named


def _refuse_twins(users: tuple[UserWorld, ...]) -> None:
    seen: set[str] = set()
    for user in users:
        if user.username.casefold() in seen:
            raise InvalidInput(f"users.{user.username}", "stands twice; capitals make no difference")
        seen.add(user.username.casefold())


def _clock(fields: Fields) -> datetime | None:
    value = fields.raw("clock")
    if value is None:
        return None
    if not isinstance(value, datetime):
        value = fields.instant("clock")
    if not value.tzinfo:
        raise fields.wrong("clock", "must name its time zone, such as Z")
    return business_instant(value, fields.at("clock"))


def _partner(name: str, fields: Fields) -> PartnerWorld:
    at = fields.at("customers")
    customers = tuple(
        _customer(key, Fields({} if item is None else item, f"{at}.{key}"))
        for key, item in _named(fields, "customers").items()
    )
    partner = PartnerWorld(
        name=name,
        time_zone=_time_zone(fields),
        customers=customers,
        fill=None if fields.raw("fill") is None else _fill(fields.fields("fill")),
        path=f"partners.{name}",
        standard_tenant=_flag(fields, "standard_tenant", default=False),
        remote_customers=_remote_customers(fields),
    )
    fields.done()
    return partner


def _remote_customers(fields: Fields) -> tuple[str, ...]:
    names = fields.texts("remote_customers")
    if not all(name.strip() and name.isprintable() for name in names):
        raise fields.wrong("remote_customers", "must have names of printable characters")
    return names


def _time_zone(fields: Fields) -> str:
    name = fields.optional_text("time_zone") or "UTC"
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise fields.wrong("time_zone", "must be a time zone such as Europe/Berlin") from error
    return name


def _fill(fields: Fields) -> Fill:
    fill = Fill(
        fields.number("customers", lowest=1),
        fields.number("seats", lowest=1),
        fields.optional_text("plan") or Fill.plan,
    )
    if fill.customers > _MOST_FILLED:
        raise fields.wrong("customers", f"must be 1 to {_MOST_FILLED}")
    if not fill.customers <= fill.seats <= fill.customers * _MOST_SEATS:
        raise fields.wrong("seats", "must give each of the customers 1 to 999999 seats")
    fields.done()
    return fill


def _customer(name: str, fields: Fields) -> CustomerWorld:
    customer = CustomerWorld(
        name=name,
        country=_country(fields),
        enabled=_flag(fields, "enabled", default=True),
        subscriptions=tuple(_subscription(Fields(item, at)) for item, at in fields.items("subscriptions")),
        standard_licences=tuple(
            _standard(Fields(item, at)) for item, at in fields.items("standard_licences")
        ),
    )
    fields.done()
    return customer


def _flag(fields: Fields, name: str, *, default: bool) -> bool:
    value = default if fields.raw(name) is None else fields.raw(name)
    if not isinstance(value, bool):
        raise fields.wrong(name, "must be true or false")
    return value


def _country(fields: Fields) -> str | None:
    value = fields.raw("country")
    if value is None:
        return None
    # NO without quotes is false to YAML
    if (
        not isinstance(value, str)
        or len(value) != len("DE")
        or not (value.isascii() and value.isalpha() and value.isupper())
    ):
        raise fields.wrong("country", 'must be two capital letters, in quotes for "NO"')
    return value


def _subscription(fields: Fields) -> SubscriptionWorld:
    plan = fields.text("plan")
    start, used = _day(fields, "start"), _used(fields)
    subscription = SubscriptionWorld(plan, _seats(fields), start, fields.at("plan"), used)
    fields.done()
    return subscription


def _standard(fields: Fields) -> StandardLicenceWorld:
    hosting, model = fields.text("hosting"), fields.optional_text("model") or "standard"
    if hosting not in _HOSTINGS:
        raise fields.wrong("hosting", "must be " + " or ".join(_HOSTINGS))
    if model not in _MODELS:
        raise fields.wrong("model", "must be " + " or ".join(_MODELS))
    licence = StandardLicenceWorld(fields.text("product"), hosting, model, _seats(fields))
    fields.done()
    return licence


def _seats(fields: Fields) -> int:
    seats = fields.number("seats", lowest=1)
    if seats > _MOST_SEATS:
        raise fields.wrong("seats", f"must be 1 to {_MOST_SEATS}")
    return seats


def _used(fields: Fields) -> int | None:
    if fields.raw("used") is None:
        return None
    used = fields.number("used", lowest=0)
    if used > MOST_USED:
        raise fields.wrong("used", f"must be 0 to {MOST_USED}")
    return used


def _day(fields: Fields, name: str) -> date | None:
    value = fields.raw(name)
    if value is None:
        return None
    if not isinstance(value, date) or isinstance(value, datetime):
        try:
            value = date.fromisoformat(fields.text(name))
        except ValueError as error:
            raise fields.wrong(name, "must be a date such as 2026-03-01") from error
    if not EARLIEST_DAY <= value <= LATEST_DAY:
        raise fields.wrong(name, f"must lie from {EARLIEST_DAY} to {LATEST_DAY}")
    return value


def _user(username: str, fields: Fields, partners: tuple[PartnerWorld, ...]) -> UserWorld:
    role = fields.text("role")
    if role not in {known.value for known in Role}:
        raise fields.wrong("role", "must be one of " + ", ".join(known.value for known in Role))
    user = UserWorld(
        username=username,
        name=fields.optional_text("name") or username.capitalize(),
        role=Role(role),
        password=fields.text("password"),
        totp_secret=_totp_secret(fields),
        partner=fields.optional_text("partner"),
        customer=fields.optional_text("customer"),
    )
    _check_home(user, fields, partners)
    fields.done()
    return user


def _totp_secret(fields: Fields) -> str | None:
    secret = fields.optional_text("totp_secret")
    if secret is None:
        return None
    try:
        base64.b32decode(secret + "=" * (-len(secret) % 8))
    except (binascii.Error, ValueError) as error:
        raise fields.wrong("totp_secret", "must be base 32: capital letters and the digits 2 to 7") from error
    return secret


def _check_home(user: UserWorld, fields: Fields, partners: tuple[PartnerWorld, ...]) -> None:
    known = {partner.name: {customer.name for customer in partner.customers} for partner in partners}
    if user.role in _PARTNER_ROLES and user.partner not in known:
        raise fields.wrong("partner", "must be a partner of this file")
    if user.role not in _PARTNER_ROLES and user.partner is not None:
        raise fields.wrong("partner", "is for partner_admin and partner_reader only")
    if user.role is not Role.END_CUSTOMER and user.customer is not None:
        raise fields.wrong("customer", "is for end_customer only")
    if user.role is Role.END_CUSTOMER and sum(user.customer in names for names in known.values()) != 1:
        raise fields.wrong("customer", "must be a customer of exactly one partner of this file")
