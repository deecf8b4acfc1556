"""The catalogue file: read, checked, and refused with all its faults in one report."""

import hashlib
import tomllib
from functools import lru_cache
from pathlib import Path

from assistant.domain.catalogue import Catalogue
from assistant.domain.errors import InvalidInput
from assistant.licensing.catalogue_checks import faults_of
from assistant.licensing.catalogue_items import read_items
from assistant.ports.wire.fields import Fields

_DEFAULT = Path(__file__).with_name("catalogue.toml")


def read_catalogue(path: Path | None = None) -> Catalogue:
    """Read a catalogue file, the default one without a path. Raises InvalidInput listing every fault."""
    return parse_catalogue(catalogue_text(path or _DEFAULT))


def catalogue_text(path: Path) -> str:
    """Return the text of a catalogue file. Raises InvalidInput when it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput("catalogue", f"{path} cannot be read: {type(error).__name__}") from error


@lru_cache(maxsize=8)
def parse_catalogue(text: str) -> Catalogue:
    """Build a catalogue from the text of its file. Raises InvalidInput listing every fault."""
    try:
        top = Fields(tomllib.loads(text), "")
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput("catalogue", f"is not TOML: {error}") from error
    items = read_items(top)
    catalogue = Catalogue(
        products={product.code: product for product in items.products},
        plans={plan.id: plan for plan in items.plans},
        band_cards=items.band_cards,
        revision=hashlib.sha256(text.encode()).hexdigest()[:16],
        reports=items.reports,
    )
    faults = [*items.faults, *faults_of(items, catalogue)]
    if faults:
        raise InvalidInput("catalogue", "; ".join(faults))
    return catalogue
