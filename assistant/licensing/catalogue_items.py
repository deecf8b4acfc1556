"""Reads the items of a catalogue file one by one; a faulty field does not keep the others from being looked at."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any, TypeVar

from assistant.domain.bands import Band
from assistant.domain.catalogue import (
    BandCard,
    Composition,
    Product,
    ProductKind,
    ReportTerms,
    ServicePlan,
)
from assistant.domain.errors import InvalidInput
from assistant.domain.identifiers import PlanId
from assistant.ports.wire.fields import Fields

_LONGEST_TERM = 66
_LONGEST_GRACE = 12
_LONGEST_NOTICE = 365
_LATEST_SUBMISSION = 28
TRIAL_NOTICE_DAYS = 14

ItemT = TypeVar("ItemT")
ValueT = TypeVar("ValueT")


@dataclass
class Items:
    """What stands in a catalogue file: the items that can be read, and what is wrong with the others.

    ``unread`` are the product codes of items with faults: they are known, but nothing can be said of them.
    """

    band_cards: tuple[BandCard, ...] = ()
    products: tuple[Product, ...] = ()
    plans: tuple[ServicePlan, ...] = ()
    reports: ReportTerms = field(default_factory=ReportTerms)
    faults: list[str] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)


class _Reader:
    """Reads the fields of one item and notes each fault; what stands in for a faulty value is never used."""

    def __init__(self, fields: Fields, faults: list[str]) -> None:
        self.fields = fields
        self._faults = faults
        self.whole = True

    def __call__(self, read: Callable[[], ValueT], otherwise: ValueT) -> ValueT:
        try:
            return read()
        except InvalidInput as error:
            self._faults.append(f"{error.field} {error.message}")
            self.whole = False
            return otherwise


def read_items(top: Fields) -> Items:
    """Read all items of a catalogue file."""
    items = Items()
    items.band_cards = _each(top, "band_cards", _band_card, items)
    items.products = _each(top, "products", _product, items)
    items.plans = _each(top, "plans", _plan, items)
    reader = _Reader(top, items.faults)
    if top.raw("reports") is not None:
        items.reports = reader(lambda: _reports(top.fields("reports"), items.faults), ReportTerms())
    reader(top.done, None)
    return items


def _each(
    top: Fields, name: str, read: Callable[[Fields, _Reader], ItemT], items: Items
) -> tuple[ItemT, ...]:
    found = []
    listed: list[tuple[Any, str]] = _Reader(top, items.faults)(lambda: top.items(name), [])
    for item, at in listed:
        reader = _Reader(top, items.faults)
        fields = reader(partial(Fields, item, at), None)
        if fields is None:
            continue
        value = read(fields, reader)
        reader(fields.done, None)
        if reader.whole:
            found.append(value)
        elif isinstance(fields.raw("code"), str):
            items.unread.add(fields.raw("code"))
    return tuple(found)


def _band_card(fields: Fields, get: _Reader) -> BandCard:
    listed: list[tuple[Any, str]] = get(lambda: fields.items("bands"), [])
    bands = [get(partial(_band, item, at), None) for item, at in listed]
    return BandCard(get(lambda: _day(fields, "since"), date.min), tuple(band for band in bands if band))


def _band(item: object, at: str) -> Band:
    fields = Fields(item, at)
    maximum = None if fields.raw("maximum") is None else fields.number("maximum")
    band = Band(fields.number("minimum"), maximum)
    fields.done()
    return band


def _product(fields: Fields, get: _Reader) -> Product:
    return Product(
        code=get(lambda: fields.text("code", limit=40), ""),
        name=get(lambda: fields.text("name"), ""),
        kind=get(lambda: _kind(fields), ProductKind.SAAS),
        family=get(lambda: fields.text("family", limit=2), ""),
        data_centers=get(lambda: fields.texts("data_centers", limit=40), ()),
        managed=get(lambda: _flag(fields, "managed"), False),
        compositions=get(lambda: _compositions(fields), ()),
        requires=get(lambda: fields.optional_text("requires"), None),
        level=get(lambda: fields.number("level", Product.level, lowest=1), 1),
        unit=get(lambda: fields.optional_text("unit") or Product.unit, ""),
        nfr=get(lambda: _flag(fields, "nfr"), False),
        end_of_sale=get(lambda: _optional_day(fields, "end_of_sale"), None),
        end_of_life=get(lambda: _optional_day(fields, "end_of_life"), None),
        aliases=get(lambda: fields.texts("aliases"), ()),
    )


def _kind(fields: Fields) -> ProductKind:
    kind = fields.text("kind")
    if kind not in {known.value for known in ProductKind}:
        raise fields.wrong("kind", "must be one of " + ", ".join(known.value for known in ProductKind))
    return ProductKind(kind)


def _compositions(fields: Fields) -> tuple[Composition, ...]:
    found = []
    for number, (item, at) in enumerate(fields.items("compositions"), start=1):
        composition = Fields(item, at)
        since = _day(composition, "since")
        found.append(Composition(number, since, composition.texts("components")))
        composition.done()
    return tuple(found)


def _plan(fields: Fields, get: _Reader) -> ServicePlan:
    service = get(lambda: fields.optional_text("service"), None)
    notice = TRIAL_NOTICE_DAYS if service else ServicePlan.notice_days
    return ServicePlan(
        id=PlanId(get(lambda: fields.text("id", limit=80), "")),
        name=get(lambda: fields.text("name", limit=150), ""),
        product=get(lambda: fields.text("product"), ""),
        initial_months=get(lambda: _within(fields, "initial_months", 1, _LONGEST_TERM), 1),
        renew_months=get(lambda: _optional_months(fields, "renew_months"), None),
        aliases=get(lambda: fields.texts("aliases"), ()),
        service=None if service is None else PlanId(service),
        grace_months=get(lambda: _few(fields, "grace_months", ServicePlan.grace_months), 1),
        lock_months=get(lambda: _few(fields, "lock_months", ServicePlan.lock_months), 1),
        notice_days=get(lambda: _within(fields, "notice_days", 0, _LONGEST_NOTICE, notice), notice),
    )


def _reports(fields: Fields, faults: list[str]) -> ReportTerms:
    get, usual = _Reader(fields, faults), ReportTerms()
    days = usual.submit_within_days
    percent = usual.unused_percent
    terms = ReportTerms(
        get(lambda: _within(fields, "submit_within_days", 1, _LATEST_SUBMISSION, days), days),
        get(lambda: _within(fields, "unused_percent", 0, 100, percent), percent),
    )
    get(fields.done, None)
    return terms


def _flag(fields: Fields, name: str) -> bool:
    return False if fields.raw(name) is None else fields.flag(name)


def _day(fields: Fields, name: str) -> date:
    value = fields.raw(name)
    if not isinstance(value, date) or isinstance(value, datetime):
        raise fields.wrong(name, "must be a date such as 2026-01-01, without quotes")
    return value


def _optional_day(fields: Fields, name: str) -> date | None:
    return None if fields.raw(name) is None else _day(fields, name)


def _optional_months(fields: Fields, name: str) -> int | None:
    return None if fields.raw(name) is None else _within(fields, name, 1, _LONGEST_TERM)


def _few(fields: Fields, name: str, usual: int) -> int:
    return _within(fields, name, 0, _LONGEST_GRACE, usual)


def _within(fields: Fields, name: str, lowest: int, highest: int, usual: int | None = None) -> int:
    number = fields.number(name, usual)
    if not lowest <= number <= highest:
        raise fields.wrong(name, f"must be {lowest} to {highest}")
    return number
