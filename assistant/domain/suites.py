"""What a change of a suite's composition adds and takes out. Source: the entry cited as ``suite_change``."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assistant.domain.catalogue import Product
from assistant.domain.policy import Citation
from assistant.domain.quotes import Consequence, ConsequenceCode


@dataclass(frozen=True)
class CompositionChange:
    """The products before and after a change, in the order of the catalogue."""

    before: tuple[Product, ...]
    after: tuple[Product, ...]

    @property
    def added(self) -> tuple[Product, ...]:
        """What was not part of it before."""
        return tuple(product for product in self.after if product not in self.before)

    @property
    def removed(self) -> tuple[Product, ...]:
        """What is not part of it any more."""
        return tuple(product for product in self.before if product not in self.after)

    def told(self, cites: tuple[Citation, ...]) -> Iterator[Consequence]:
        """Yield what is added and what is taken out."""
        for product in self.added:
            yield Consequence(ConsequenceCode.COMPONENT_ADDED, {"product": product.name}, cites)
        for product in self.removed:
            yield Consequence(ConsequenceCode.COMPONENT_REMOVED, {"product": product.name}, cites)


def change_of(
    before: Iterable[str], after: Iterable[str], products: Mapping[str, Product]
) -> CompositionChange:
    """Return the change from some components to others, given by their codes."""
    return CompositionChange(
        tuple(products[code] for code in before), tuple(products[code] for code in after)
    )


def listed(products: Iterable[Product]) -> str:
    """Return the names of products as one text."""
    return ", ".join(product.name for product in products)
