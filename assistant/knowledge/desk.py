"""The knowledge desk: importing documents, publishing, going back, and looking at what is there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib import resources

from assistant.domain.entries import Answer, Entry, Gap, Publication
from assistant.domain.errors import Conflict, InvalidInput
from assistant.domain.gaps import AskedGap, GapCluster
from assistant.knowledge.bindings import Bindings, shipped_bindings
from assistant.knowledge.documents.exporter import write_document
from assistant.knowledge.documents.importer import Naming, read_document
from assistant.knowledge.documents.model import SourceFile
from assistant.knowledge.gaps import Encode, Words, by_meaning, cluster
from assistant.knowledge.importing import ImportPlan, carry_out, plan_import
from assistant.knowledge.matching.words import shipped_lexicon
from assistant.knowledge.publishing import (
    DESK_LOCK,
    FIRST_RULE,
    RULES_FILE,
    add_rules,
    named_entries,
    publish,
    roll_back,
)
from assistant.knowledge.slugs import slug
from assistant.ports.clock import Clock, Ids
from assistant.ports.storage import Storage
from assistant.ports.storage.knowledge import KnowledgeUnit

_MOST_FILES = 100


@dataclass(frozen=True)
class Imported:
    """What an import did, and the publication it led to, if it was published."""

    plan: ImportPlan
    publication: Publication | None


class KnowledgeDesk:
    """The use cases of those who keep the knowledge; each is one transaction."""

    def __init__(
        self, storage: Storage[KnowledgeUnit], clock: Clock, ids: Ids, bindings: Bindings | None = None
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._ids = ids
        self._bindings = bindings or shipped_bindings()

    def import_files(
        self,
        files: Sequence[SourceFile],
        naming: Naming | None = None,
        *,
        publish_now: bool = False,
        replace: bool = False,
        approve_facts: bool = False,
    ) -> Imported:
        """Turn files into entries; ``replace`` retires every entry that is not in them.

        Raises InvalidInput when a file cannot be used, PolicyUnsettled when publishing is refused; then nothing changed.
        """
        if not 1 <= len(files) <= _MOST_FILES:
            raise InvalidInput("file", f"give 1 to {_MOST_FILES} files")
        documents = [read_document(file, naming) for file in files]
        now = self._clock.now()
        with self._storage.writing() as unit:
            unit.serialise(DESK_LOCK)
            plan = plan_import(unit.entries.heads(), documents, replace=replace)
            carry_out(unit, plan, now)
            published = (
                publish(unit, self._bindings, now, approve_facts=approve_facts) if publish_now else None
            )
            unit.commit()
        return Imported(plan, published)

    def publish_default(self) -> None:
        """Import and publish the default knowledge if nothing was ever published; safe to call from everywhere.

        What was published before there were entries of the platform's own rules gets these.
        """
        with self._storage.reading() as unit:
            published = unit.publications.in_force() is not None
            if published and unit.entries.history(FIRST_RULE):
                return
        try:
            self._add_rules() if published else self._publish_default()
        except Conflict:
            # another process did it between our look and our write
            return

    def _add_rules(self) -> None:
        document = next(read_document(file) for file in default_files() if file.name == RULES_FILE)
        with self._storage.writing() as unit:
            add_rules(unit, document, self._clock.now())
            unit.commit()

    def _publish_default(self) -> None:
        documents = [read_document(file) for file in default_files()]
        now = self._clock.now()
        with self._storage.writing() as unit:
            unit.serialise(DESK_LOCK)
            if unit.publications.in_force():
                return
            carry_out(unit, plan_import(unit.entries.heads(), documents, replace=False), now)
            publish(unit, self._bindings, now, approve_facts=False)
            unit.commit()

    def publish(self, *, approve_facts: bool = False) -> Publication:
        """Put the newest versions in force. Raises PolicyUnsettled, InvalidInput."""
        now = self._clock.now()
        with self._storage.writing() as unit:
            unit.serialise(DESK_LOCK)
            publication = publish(unit, self._bindings, now, approve_facts=approve_facts)
            unit.commit()
        return publication

    def rollback(self, *, approve_facts: bool = False) -> Publication:
        """Put the publication before in force again. Raises NotFound, PolicyUnsettled."""
        now = self._clock.now()
        with self._storage.writing() as unit:
            unit.serialise(DESK_LOCK)
            publication = roll_back(unit, self._bindings, now, approve_facts=approve_facts)
            unit.commit()
        return publication

    def named(self, name: str) -> tuple[Entry, ...]:
        """Return the entries of a publication by number, hash or ``desk``. Raises NotFound."""
        with self._storage.reading() as unit:
            return named_entries(unit, name)

    def publications(self) -> tuple[Publication, ...]:
        """Return what was put in force, newest first."""
        with self._storage.reading() as unit:
            return unit.publications.all()

    def published(self) -> tuple[Entry, ...]:
        """Return the entries in force, by id."""
        with self._storage.reading() as unit:
            publication = unit.publications.in_force()
            return unit.publications.entries(publication.hash) if publication else ()

    def gaps(self) -> tuple[Gap, ...]:
        """Return the recorded questions that nothing answers, most asked first."""
        with self._storage.reading() as unit:
            return unit.gaps.all()

    def gap_clusters(
        self, ask: Callable[[str], Answer], encode: Encode | None = None, most: int | None = None
    ) -> tuple[GapCluster, ...]:
        """Return the gaps by meaning, most asked first, at most so many.

        ``ask`` answers a question without recording it, and tells what comes closest now; ``encode`` adds a model to
        what words tell.
        """
        with self._storage.reading() as unit:
            askers = unit.gaps.askers()
            asked = [AskedGap(gap, askers.get(gap.id, frozenset())) for gap in unit.gaps.all()]
        words = Words(shipped_lexicon())
        questions = [found.gap.question for found in asked]
        found = cluster(asked, by_meaning(words, encode, questions) if encode else words)
        return tuple(replace(c, nearest=_closest(ask(c.question))) for c in found[:most])

    def export(self) -> dict[str, str]:
        """Return the entries in force as Markdown documents by file name, one for each document they came with."""
        with self._storage.reading() as unit:
            publication = unit.publications.in_force()
            entries = unit.publications.entries(publication.hash) if publication else ()
            collections = {head.entry.id: head.collection for head in unit.entries.heads()}
        documents: dict[str, list[Entry]] = {}
        for entry in entries:
            documents.setdefault(collections[entry.id], []).append(entry)
        return {
            f"{slug(name)}.md": write_document(name, max(e.source.date for e in held)[:7], held)
            for name, held in documents.items()
        }


def _closest(answer: Answer) -> Entry | None:
    found = (*(answered.entry for answered in answer.entries), *answer.nearest)
    return found[0] if found else None


def default_files() -> list[SourceFile]:
    """Return the files of the default knowledge."""
    folder = resources.files("assistant.knowledge.content")
    found = sorted((item for item in folder.iterdir() if item.name.endswith(".md")), key=lambda i: i.name)
    return [SourceFile(item.name, item.read_bytes()) for item in found]
