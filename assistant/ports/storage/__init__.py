"""Units of work and repositories, one module for each subject.

A unit of work is one transaction. ``reading()`` gives a consistent view and cannot write; ``writing()`` takes the write
lock at once (so that read-then-write cannot lose a race) and rolls back unless ``commit()`` was called.
Subjects never share a unit: the conversation and the licensing backend are separate systems.
"""

from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

UnitT_co = TypeVar("UnitT_co", covariant=True)


class Unit(Protocol):
    """One open transaction."""

    def commit(self) -> None:
        """Make everything done in this unit durable, at once; call it last and once."""


class Storage(Protocol[UnitT_co]):
    """Opens units of work of one subject."""

    def reading(self) -> AbstractContextManager[UnitT_co]:
        """Open a unit that only reads."""

    def writing(self) -> AbstractContextManager[UnitT_co]:
        """Open a unit that may write; leaving it without ``commit()`` changes nothing."""
