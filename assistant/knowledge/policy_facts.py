"""The policy of the publication in force, for the licensing backend."""

from assistant.domain.policy import Policy
from assistant.knowledge.bindings import Bindings, read_policy, shipped_bindings
from assistant.knowledge.catalogue import EntrySet
from assistant.ports.storage import Storage
from assistant.ports.storage.knowledge import KnowledgeUnit


class PublishedPolicy:
    """Reads facts and citations from the publication in force; read again only when another one is."""

    def __init__(self, storage: Storage[KnowledgeUnit], bindings: Bindings | None = None) -> None:
        self._storage = storage
        self._bindings = bindings or shipped_bindings()
        self._read: tuple[str, Policy] | None = None

    def current(self) -> Policy:
        """Return the policy in force; without any publication it holds nothing."""
        with self._storage.reading() as unit:
            publication = unit.publications.in_force()
            in_force = publication.hash if publication else ""
            # one assignment and one read of the pair: threads see either the old or the new policy, never halves
            known = self._read
            if known is None or known[0] != in_force:
                known = in_force, read_policy(EntrySet(unit.publications.entries(in_force)), self._bindings)
                self._read = known
        return known[1]
