"""Reads the catalogue file and refuses a faulty one with all its faults in one report."""

import hashlib
import tomllib
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from assistant.domain.bands import Band, band_faults
from assistant.domain.catalogue import (
    BandCard,
    Catalogue,
    Composition,
    Product,
    ProductKind,
    ReportTerms,
    ServicePlan,
)
from assistant.domain.errors import InvalidInput
from assistant.domain.identifiers import PlanId
from assistant.ports.wire.fields import Fields

_DEFAULT = Path(__file__).with_name("catalogue.toml")
_LONGEST_TERM = 66
_LONGEST_GRACE = 12
TRIAL_NOTICE_DAYS = 14


def read_catalogue(path: Path | None = None) -> Catalogue:
    """Read a catalogue file, the default one without a path. Raises InvalidInput listing every fault."""
    path = path or _DEFAULT
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput("catalogue", f"{path} cannot be read: {type(error).__name__}") from error
    return parse_catalogue(text)


def parse_catalogue(text: str) -> Catalogue:
    """Build a catalogue from the text of its file. Raises InvalidInput listing every fault."""
    try:
        top = Fields(tomllib.loads(text), "")
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput("catalogue", f"is not TOML: {error}") from error
    faults: list[str] = []
    cards = tuple(_each(top, "band_cards", _band_card, faults))
    products = tuple(_each(top, "products", _product, faults))
    plans = tuple(_each(top, "plans", _plan, faults))
    reports = _reports(top, faults)
    _note(faults, top.done)
    faults += _card_faults(cards)
    faults += _duplicates("product", (p.code for p in products))
    faults += _duplicates("plan id", (p.id for p in plans))
    faults += _duplicates("plan name", (p.name for p in plans))
    catalogue = Catalogue(
        products={product.code: product for product in products},
        plans={plan.id: plan for plan in plans},
        band_cards=cards,
        revision=hashlib.sha256(text.encode()).hexdigest()[:16],
        reports=reports,
    )
    faults += [*_product_faults(catalogue), *_plan_faults(catalogue)]
    if faults:
        raise InvalidInput("catalogue", "; ".join(faults))
    return catalogue


def _each(top: Fields, name: str, read: Any, faults: list[str]) -> Iterable[Any]:
    for item, at in top.items(name):
        try:
            fields = Fields(item, at)
            value = read(fields)
            fields.done()
        except InvalidInput as error:
            faults.append(f"{error.field} {error.message}")
        else:
            yield value


def _note(faults: list[str], check: Any) -> None:
    try:
        check()
    except InvalidInput as error:
        faults.append(f"{error.field} {error.message}")


def _band(fields: Fields) -> Band:
    maximum = None if fields.raw("maximum") is None else fields.number("maximum")
    return Band(fields.number("minimum"), maximum)


def _band_card(fields: Fields) -> BandCard:
    bands = []
    for item, at in fields.items("bands"):
        band = Fields(item, at)
        bands.append(_band(band))
        band.done()
    return BandCard(_day(fields, "since"), tuple(bands))


def _product(fields: Fields) -> Product:
    kind = fields.text("kind")
    if kind not in {k.value for k in ProductKind}:
        raise fields.wrong("kind", "must be one of " + ", ".join(k.value for k in ProductKind))
    return Product(
        code=fields.text("code", limit=40),
        name=fields.text("name"),
        kind=ProductKind(kind),
        family=fields.text("family", limit=2),
        data_centers=_texts(fields, "data_centers"),
        managed=_flag(fields, "managed"),
        compositions=_compositions(fields),
        requires=fields.optional_text("requires"),
        level=fields.number("level", 1, lowest=1),
        unit=fields.optional_text("unit") or "seat",
        nfr=_flag(fields, "nfr"),
        end_of_sale=_optional_day(fields, "end_of_sale"),
        end_of_life=_optional_day(fields, "end_of_life"),
        aliases=_texts(fields, "aliases"),
    )


def _compositions(fields: Fields) -> tuple[Composition, ...]:
    found = []
    for number, (item, at) in enumerate(fields.items("compositions"), start=1):
        composition = Fields(item, at)
        since = _day(composition, "since")
        found.append(Composition(number, since, _texts(composition, "components")))
        composition.done()
    return tuple(found)


def _plan(fields: Fields) -> ServicePlan:
    service = fields.optional_text("service")
    notice = TRIAL_NOTICE_DAYS if service else ServicePlan.notice_days
    return ServicePlan(
        id=PlanId(fields.text("id", limit=80)),
        name=fields.text("name", limit=150),
        product=fields.text("product"),
        initial_months=_months(fields, "initial_months"),
        renew_months=None if fields.raw("renew_months") is None else _months(fields, "renew_months"),
        aliases=_texts(fields, "aliases"),
        service=None if service is None else PlanId(service),
        grace_months=_few(fields, "grace_months", ServicePlan.grace_months),
        lock_months=_few(fields, "lock_months", ServicePlan.lock_months),
        notice_days=fields.number("notice_days", notice, lowest=0),
    )


def _reports(top: Fields, faults: list[str]) -> ReportTerms:
    if top.raw("reports") is None:
        return ReportTerms()
    try:
        fields = top.fields("reports")
        terms = ReportTerms(
            fields.number("submit_within_days", ReportTerms.submit_within_days, lowest=1),
            fields.number("unused_percent", ReportTerms.unused_percent, lowest=0),
        )
        fields.done()
    except InvalidInput as error:
        faults.append(f"{error.field} {error.message}")
        return ReportTerms()
    return terms


def _flag(fields: Fields, name: str) -> bool:
    value = fields.raw(name)
    if value not in {None, True, False}:
        raise fields.wrong(name, "must be true or false")
    return bool(value)


def _day(fields: Fields, name: str) -> date:
    value = fields.raw(name)
    if not isinstance(value, date) or isinstance(value, datetime):
        raise fields.wrong(name, "must be a date such as 2026-01-01, without quotes")
    return value


def _optional_day(fields: Fields, name: str) -> date | None:
    return None if fields.raw(name) is None else _day(fields, name)


def _few(fields: Fields, name: str, default: int) -> int:
    months = fields.number(name, default, lowest=0)
    if months > _LONGEST_GRACE:
        raise fields.wrong(name, f"must be 0 to {_LONGEST_GRACE} months")
    return months


def _months(fields: Fields, name: str) -> int:
    months = fields.number(name)
    if not 1 <= months <= _LONGEST_TERM:
        raise fields.wrong(name, f"must be 1 to {_LONGEST_TERM} months")
    return months


def _texts(fields: Fields, name: str) -> tuple[str, ...]:
    items = [item for item, _at in fields.items(name)]
    if not all(isinstance(item, str) and item for item in items):
        raise fields.wrong(name, "must be a list of texts")
    return tuple(items)


def _duplicates(kind: str, names: Iterable[str]) -> list[str]:
    seen = list(names)
    return [f"{kind} {name} stands more than once" for name in sorted({n for n in seen if seen.count(n) > 1})]


def _card_faults(cards: tuple[BandCard, ...]) -> list[str]:
    if not cards:
        return ["there must be at least one band_cards"]
    days = [card.since for card in cards]
    faults = [f"from {card.since}: {fault}" for card in cards for fault in band_faults(card.bands)]
    return (
        faults if days == sorted(set(days)) else [*faults, "band_cards must stand in the order of their days"]
    )


def _product_faults(catalogue: Catalogue) -> Iterable[str]:
    for product in catalogue.products.values():
        if (product.kind is ProductKind.SUITE) != bool(product.compositions):
            yield f"product {product.code} must have compositions if and only if it is a Suite"
        if not (product.family.isascii() and product.family.isalpha() and product.family.isupper()):
            yield f"product {product.code} needs a family of two capital letters"
        if (product.kind is ProductKind.ADD_ON) != (product.requires is not None):
            yield f"product {product.code} must require a base product if and only if it is an AddOn"
        base = catalogue.products.get(product.requires or product.code)
        if base is None or (product.requires and (base.compositions or base.requires)):
            yield f"product {product.code} requires {product.requires}, which is not a single base product"
        if product.end_of_sale and product.end_of_life and product.end_of_life < product.end_of_sale:
            yield f"product {product.code} ends its life before its sale"
        yield from _composition_faults(product, catalogue)


def _composition_faults(product: Product, catalogue: Catalogue) -> Iterable[str]:
    days = [composition.since for composition in product.compositions]
    if days != sorted(set(days)):
        yield f"product {product.code} must have its compositions in the order of their days"
    for composition in product.compositions:
        if not composition.components:
            yield f"product {product.code} has an empty composition"
        for code in composition.components:
            part = catalogue.products.get(code)
            if part is None or part.compositions:
                yield f"product {product.code} has the component {code}, which is not a single product"
        yield from _duplicates(f"product {product.code} component", composition.components)


def _plan_faults(catalogue: Catalogue) -> Iterable[str]:
    for plan in catalogue.plans.values():
        if plan.product not in catalogue.products:
            yield f"plan {plan.id} is for the unknown product {plan.product}"
        if plan.service is not None:
            yield from _trial_faults(plan, catalogue.plans.get(plan.service))


def _trial_faults(trial: ServicePlan, service: ServicePlan | None) -> Iterable[str]:
    if service is None or service.trial:
        yield f"plan {trial.id} is a trial of {trial.service}, which is not a full plan"
    elif service.product != trial.product:
        yield f"plan {trial.id} is a trial of {service.id}, which is for another product"
    if trial.initial_months != 1 or trial.renew_months is not None:
        yield f"plan {trial.id} is a trial: it must run for 1 month and not renew"
