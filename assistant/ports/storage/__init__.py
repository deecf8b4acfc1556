"""Units of work and repositories, one module for each subject.

A unit of work is one transaction. ``reading()`` gives a consistent view and cannot write; ``writing()`` rolls
back unless ``commit()`` was called. Where one writer at a time is all that a database allows, ``writing()`` waits for the
others; where it allows many, read-then-write loses races unless ``serialise`` or a lock of the repository came first.
Subjects never share a unit: the conversation and the licensing backend are separate systems.
"""

from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from assistant.domain.identifiers import PartnerId

UnitT_co = TypeVar("UnitT_co", covariant=True)


class Unit(Protocol):
    """One open transaction."""

    def commit(self) -> None:
        """Make everything done in this unit durable, at once; call it last and once."""

    def serialise(self, key: str) -> None:
        """Let only one writing transaction at a time pass for this key, until it ends.

        Needed before a decision that counts or reads many rows: a conditional change of one row cannot make that atomic.
        """


class Storage(Protocol[UnitT_co]):
    """Opens units of work of one subject."""

    def one_state(self) -> AbstractContextManager[None]:
        """Let all that this thread reads in the block, of whatever subject, be of one state, until it writes.

        Reading is then cheaper, and what was read before need not be read again. What the thread writes ends that state.
        """

    def reading(self) -> AbstractContextManager[UnitT_co]:
        """Open a unit that only reads."""

    def writing(self) -> AbstractContextManager[UnitT_co]:
        """Open a unit that may write; leaving it without ``commit()`` changes nothing."""


class PartnerStorage(Protocol[UnitT_co]):
    """The storage of a subject whose rows belong to partners: it opens nothing before it is said whose they are."""

    def of_partner(self, partner_id: PartnerId | None) -> Storage[UnitT_co]:
        """Return the storage of one partner's rows; of None's there are none."""

    def of_every_partner(self) -> Storage[UnitT_co]:
        """Return the storage for the vendor's own work, which goes over all partners."""
