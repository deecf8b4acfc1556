"""What a built application offers its doors."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.access.accounts import Accounts
from assistant.access.assembly import Identity
from assistant.access.qr import qr_svg
from assistant.access.service import AccessService
from assistant.bootstrap.locations import index_dir
from assistant.config import Settings
from assistant.conversation.desk_steps import DeskSteps
from assistant.conversation.figures import ConversationFigures
from assistant.conversation.operator_desk import OperatorDesk
from assistant.conversation.rating import Ratings
from assistant.conversation.service import ConversationService
from assistant.domain.entries import Entry
from assistant.domain.languages import Language
from assistant.knowledge.comparing import edition_of
from assistant.knowledge.desk import KnowledgeDesk
from assistant.knowledge.editing.assembly import EditorsDesks
from assistant.knowledge.editions import Edition
from assistant.knowledge.library import Library
from assistant.knowledge.matching.semantic.encoders import Encoder
from assistant.knowledge.matching.semantic.vectors import KeptVectors
from assistant.knowledge.policy_desk import PolicyDesk
from assistant.knowledge.questionnaires.sheets import Cell, Row
from assistant.knowledge.questionnaires.tables import read_table, workbook
from assistant.knowledge.service import KnowledgeService
from assistant.licensing.catalogue_source import CatalogueInForce
from assistant.licensing.due import DueWork
from assistant.licensing.embedded import EmbeddedLicensing
from assistant.licensing.provisioning import Provisioning
from assistant.licensing.usage_desk import UsageDesk
from assistant.licensing.what_if_desk import WhatIfDesk
from assistant.persistence import schema
from assistant.persistence.database import Database
from assistant.persistence.server import server_of
from assistant.persistence.simulation import SqlSimulation
from assistant.ports.clock import Clock, Ids
from assistant.ports.database_server import DatabaseServer
from assistant.ports.licensing import Licensing


@dataclass(frozen=True)
class Application:
    """Everything a door may call.

    ``clock`` is the business clock, which demo and test mode can stop and move; ``real_clock`` is what identity goes by.
    ``licensing`` is the backend in use, which is ``embedded`` unless the settings name another instance's.
    ``encoder`` loads the embedding models that the settings allow, and gives None where there are none.
    """

    settings: Settings
    clock: Clock
    real_clock: Clock
    ids: Ids
    database: Database
    simulation: SqlSimulation
    knowledge: KnowledgeService
    library: Library
    desk: KnowledgeDesk
    editors: EditorsDesks
    policy: PolicyDesk
    licensing: Licensing
    embedded: EmbeddedLicensing
    provisioning: Provisioning
    catalogues: CatalogueInForce
    due_work: DueWork
    usage: UsageDesk
    identity: Identity
    access: AccessService
    accounts: Accounts
    what_ifs: WhatIfDesk
    conversations: ConversationService
    hand_offs: OperatorDesk
    desk_steps: DeskSteps
    ratings: Ratings
    figures: ConversationFigures
    encoder: Callable[[], Encoder | None]

    def speaking(self, language: Language) -> "Application":
        """Return the same application with its conversations held in a language."""
        conversations = self.conversations.speaking(language)
        return replace(
            self,
            conversations=conversations,
            hand_offs=conversations.operator_desk(),
            desk_steps=conversations.desk_steps(),
        )

    def edition_of(self, entries: Sequence[Entry], folder: Path) -> Edition:
        """Return entries ready to answer as they would in force; their index goes to a folder of its own.

        Vectors are kept with those of the publication in force, as most texts are the same.
        """
        encoder = self.encoder()
        return edition_of(
            entries, folder, KeptVectors(encoder, index_dir(self.settings)) if encoder else None
        )

    def database_is_current(self) -> bool:
        """Tell whether the database stands at this program's newest migration."""
        return schema.is_current(self.database)

    def database_is_usable(self) -> bool:
        """Tell whether this program can work with the database, also while a newer one takes over."""
        return schema.is_usable(self.database)

    def database_server(self) -> DatabaseServer:
        """Return what the database's server says of itself. Raises DatabaseUnavailable."""
        return server_of(self.database)

    def database_differences(self) -> list[object]:
        """Return what differs between the tables stored and those of this program."""
        return schema.differences(self.database)

    def read_table(self, name: str, data: bytes, most: int) -> tuple[Row, ...]:
        """Return the rows of a CSV file or workbook, at most so many below its heads. Raises InvalidInput."""
        return read_table(name, data, most)

    def workbook(self, title: str, rows: Iterable[Sequence[Cell]]) -> bytes:
        """Return rows as a workbook of one sheet."""
        return workbook(title, rows)

    def qr_svg(self, uri: str) -> str:
        """Draw an otpauth address for an authenticator app to scan."""
        return qr_svg(uri)
