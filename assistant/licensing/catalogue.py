"""Reads the catalogue file and refuses a faulty one with all its faults in one report."""

import hashlib
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from assistant.domain.bands import Band, band_faults
from assistant.domain.catalogue import Catalogue, Product, ProductKind, ServicePlan
from assistant.domain.errors import InvalidInput
from assistant.domain.identifiers import PlanId
from assistant.ports.wire.fields import Fields

_DEFAULT = Path(__file__).with_name("catalogue.toml")
_LONGEST_TERM = 66


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
    bands = tuple(_each(top, "bands", _band, faults))
    products = tuple(_each(top, "products", _product, faults))
    plans = tuple(_each(top, "plans", _plan, faults))
    _note(faults, top.done)
    faults += band_faults(bands) or ()
    faults += _duplicates("product", (p.code for p in products))
    faults += _duplicates("plan id", (p.id for p in plans))
    faults += _duplicates("plan name", (p.name for p in plans))
    catalogue = Catalogue(
        products={product.code: product for product in products},
        plans={plan.id: plan for plan in plans},
        bands=bands,
        revision=hashlib.sha256(text.encode()).hexdigest()[:16],
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


def _product(fields: Fields) -> Product:
    kind = fields.text("kind")
    if kind not in {k.value for k in ProductKind}:
        raise fields.wrong("kind", "must be one of " + ", ".join(k.value for k in ProductKind))
    managed = fields.raw("managed")
    if managed not in {None, True, False}:
        raise fields.wrong("managed", "must be true or false")
    return Product(
        code=fields.text("code"),
        name=fields.text("name"),
        kind=ProductKind(kind),
        family=fields.text("family", limit=2),
        data_centers=_texts(fields, "data_centers"),
        managed=bool(managed),
        components=_texts(fields, "components"),
    )


def _plan(fields: Fields) -> ServicePlan:
    service = fields.optional_text("service")
    return ServicePlan(
        id=PlanId(fields.text("id")),
        name=fields.text("name", limit=150),
        product=fields.text("product"),
        initial_months=_months(fields, "initial_months"),
        renew_months=None if fields.raw("renew_months") is None else _months(fields, "renew_months"),
        aliases=_texts(fields, "aliases"),
        service=None if service is None else PlanId(service),
    )


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


def _product_faults(catalogue: Catalogue) -> Iterable[str]:
    for product in catalogue.products.values():
        if (product.kind is ProductKind.SUITE) != bool(product.components):
            yield f"product {product.code} must have components if and only if it is a Suite"
        if not (product.family.isascii() and product.family.isalpha() and product.family.isupper()):
            yield f"product {product.code} needs a family of two capital letters"
        for code in product.components:
            part = catalogue.products.get(code)
            if part is None or part.components:
                yield f"product {product.code} has the component {code}, which is not a single product"


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
