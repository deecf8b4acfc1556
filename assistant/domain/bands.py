"""User bands: the steps of the partner-wide seat total that a month is priced by.

A band is taken over all chargeable full seats of the whole partner, never over one customer. The edges are data of
the catalogue. Trial seats count toward no band.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Band:
    """One band of seats, both edges included; ``maximum`` None means it is open upwards."""

    minimum: int
    maximum: int | None

    @property
    def label(self) -> str:
        """The band as it is shown: ``251-500``, or ``1001+`` for the open one."""
        return f"{self.minimum}+" if self.maximum is None else f"{self.minimum}-{self.maximum}"


def band_of(seats: int, bands: Sequence[Band]) -> Band:
    """Return the band a total of seats (0 or more) falls in; a total of none belongs to the lowest band."""
    reached = [band for band in bands if seats >= band.minimum]
    return reached[-1] if reached else bands[0]


def to_edges(seats: int, bands: Sequence[Band]) -> tuple[int | None, int | None]:
    """Return how many fewer seats reach the next lower band and how many more the next higher; None where there is none."""
    band = band_of(seats, bands)
    lower = seats - band.minimum + 1 if band.minimum > bands[0].minimum else None
    return lower, None if band.maximum is None else band.maximum + 1 - seats


def band_faults(bands: Sequence[Band]) -> tuple[str, ...]:
    """Name what keeps bands from covering every total from 1 once, in ascending order; empty when they do."""
    if not bands:
        return ("there must be at least one band",)
    faults = []
    expected: int | None = 1
    for band in bands:
        if band.minimum != expected:
            faults.append(
                f"band {band.label} must start at {expected}"
                if expected
                else f"band {band.label} is out of reach"
            )
        if band.maximum is not None and band.maximum < band.minimum:
            faults.append(f"band {band.label} ends before it starts")
        expected = None if band.maximum is None else band.maximum + 1
    if bands[-1].maximum is not None:
        faults.append(f"the last band {bands[-1].label} must be open upwards")
    return tuple(faults)
