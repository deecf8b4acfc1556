"""The stored catalogue in its one row."""

from datetime import datetime

from sqlalchemy import Connection, delete, select, union

from assistant.domain.identifiers import PlanId
from assistant.persistence.reading import read_once
from assistant.persistence.tables.licensing import licences, subscriptions
from assistant.persistence.tables.licensing_records import nfr_licences, stored_catalogue
from assistant.persistence.upserts import upsert
from assistant.ports.storage.licensing_catalogue import CatalogueUse

_ONLY = 1
# read with every look at the licences, so it is put together once
_REVISION = select(stored_catalogue.c.revision)


class SqlStoredCatalogue:
    """Keeps the catalogue that a world brought along."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def revision(self) -> str | None:
        """Return the revision of the stored catalogue, or None."""
        return read_once(self._connection, "revision", lambda: self._connection.scalar(_REVISION))

    def text(self) -> str:
        """Return the text of the stored catalogue, or an empty one."""
        return self._connection.scalar(select(stored_catalogue.c.text)) or ""

    def put(self, text: str, revision: str, at: datetime) -> None:
        """Store a catalogue in place of the one before."""
        row = {"id": _ONLY, "text": text, "revision": revision, "stored_at": at}
        upsert(
            self._connection,
            stored_catalogue,
            [row],
            lambda new: {"text": new.text, "revision": new.revision, "stored_at": new.stored_at},
        )

    def remove(self) -> None:
        """Store none any more."""
        self._connection.execute(delete(stored_catalogue))

    def in_use(self) -> CatalogueUse:
        """Return what is referred to."""
        plans = select(subscriptions.c.plan_id).where(subscriptions.c.plan_id != "").distinct()
        products = union(
            select(subscriptions.c.product), select(licences.c.product), select(nfr_licences.c.product)
        )
        return CatalogueUse(
            frozenset(PlanId(found) for found in self._connection.scalars(plans)),
            frozenset(self._connection.scalars(products)),
        )
