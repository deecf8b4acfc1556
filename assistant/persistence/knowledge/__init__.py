"""The unit of work of knowledge over SQL."""

from sqlalchemy import Connection

from assistant.persistence.database import SqlUnit
from assistant.persistence.knowledge.asked import SqlAsked
from assistant.persistence.knowledge.desk import SqlActs, SqlChecks, SqlImports
from assistant.persistence.knowledge.entries import SqlEntries
from assistant.persistence.knowledge.facts import SqlFacts
from assistant.persistence.knowledge.gaps import SqlGaps
from assistant.persistence.knowledge.publications import SqlPublications

__all__ = ["SqlKnowledgeUnit"]


class SqlKnowledgeUnit(SqlUnit):
    """One transaction over entries, publications, facts, gaps, counts and the desk's own."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.entries = SqlEntries(connection)
        self.publications = SqlPublications(connection)
        self.facts = SqlFacts(connection)
        self.gaps = SqlGaps(connection)
        self.asked = SqlAsked(connection)
        self.acts = SqlActs(connection)
        self.imports = SqlImports(connection)
        self.checks = SqlChecks(connection)
