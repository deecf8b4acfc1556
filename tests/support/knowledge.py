"""A knowledge desk and its answers on a database of their own, and small documents to feed them."""

from assistant.knowledge.desk import KnowledgeDesk
from assistant.knowledge.documents.importer import Naming, read_document
from assistant.knowledge.documents.model import SourceFile
from assistant.knowledge.policy_facts import PublishedPolicy
from assistant.knowledge.service import KnowledgeService
from assistant.persistence.database import SqlStorage
from assistant.persistence.knowledge import SqlKnowledgeUnit
from support.clock import FakeClock, FakeIds
from support.databases import open_migrated

FAQ = """# Handbook

March, 2025

## Who gives first line help?

- The reseller answers every question of its shops.
- Shops must not contact our engineers themselves.

## Does the runtime change when tills are added?

- No. Tills may be added or removed, and the duration stays.

## Are trial versions available?

- Partners may create trials for max. 10 seats.

## Can a contract be cancelled?

- Yes, at the end of a month.

## Which printers are compatible?

Thermal printers with the blue badge.

# Definitions

**POS = Point Of Sale**

**Till (T) = Counter with a drawer**
"""


class KnowledgeWorld:
    """Desk, answers and policy over one database, by default a file in the folder of the index.

    ``more()`` opens the same database as another process would.
    """

    def __init__(self, folder, bindings=None, place=None):
        self.folder = folder
        self.place = place or folder / "knowledge.sqlite3"
        self.clock = FakeClock()
        self.database = open_migrated(self.place)
        self.storage = SqlStorage(self.database, SqlKnowledgeUnit)
        self.desk = KnowledgeDesk(self.storage, self.clock, FakeIds(), bindings)
        self.service = KnowledgeService(self.storage, self.clock, FakeIds(), folder / "index")
        self.policy = PublishedPolicy(self.storage, bindings)

    def publish(self, text, name="handbook.md", naming=None, **options):
        options = {"publish_now": True, **options}
        return self.desk.import_files([source(text, name)], naming, **options)

    def more(self):
        return KnowledgeWorld(self.folder, place=self.place)

    def close(self):
        self.database.close()


def source(text, name="handbook.md"):
    return SourceFile(name, text.encode() if isinstance(text, str) else text)


def read(text, name="handbook.md", date="2025-03"):
    return read_document(source(text, name), Naming(None, date))


def entries_of(text, **options):
    return {draft.entry.id: draft.entry for draft in read(text, **options).drafts}


def ids(answer):
    return [answered.entry.id for answered in answer.entries]
