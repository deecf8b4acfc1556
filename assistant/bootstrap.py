"""The only place that knows every adapter: builds the application from its settings.

Tests and conversation scripts call the same function with other clocks.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from assistant import logs
from assistant.access.accounts import Accounts
from assistant.access.assembly import Identity, build_identity
from assistant.access.keys import read_vault
from assistant.access.mailers import FolderMailer, MailServer, SmtpMailer
from assistant.access.outbox import PostOffice, run_in_thread
from assistant.access.passwords import Passwords
from assistant.access.qr import qr_svg
from assistant.access.resources import Resources
from assistant.access.service import AccessService
from assistant.access.sessions import SessionLimits
from assistant.config import Settings
from assistant.conversation.desk_steps import DeskSteps
from assistant.conversation.operator_desk import OperatorDesk
from assistant.conversation.service import ConversationService
from assistant.domain.entries import Entry
from assistant.domain.errors import DatabaseOutdated, InvalidInput
from assistant.knowledge.comparing import edition_of
from assistant.knowledge.desk import KnowledgeDesk
from assistant.knowledge.editions import Edition
from assistant.knowledge.matching.semantic.encoders import Encoder, no_encoder, shipped_encoder
from assistant.knowledge.matching.semantic.vectors import KeptVectors
from assistant.knowledge.policy_desk import PolicyDesk
from assistant.knowledge.policy_facts import PublishedPolicy
from assistant.knowledge.questionnaires.sheets import Cell, Row
from assistant.knowledge.questionnaires.tables import read_table, workbook
from assistant.knowledge.service import KnowledgeService
from assistant.licensing.catalogue import read_catalogue
from assistant.licensing.catalogue_source import CatalogueInForce
from assistant.licensing.due import DueWork
from assistant.licensing.embedded import EmbeddedLicensing
from assistant.licensing.provisioning import Provisioning
from assistant.licensing.remote import RemoteLicensing
from assistant.licensing.report_deadlines import submit_due_reports
from assistant.licensing.synchronising import synchronise
from assistant.licensing.usage_desk import UsageDesk
from assistant.licensing.what_if_desk import WhatIfDesk
from assistant.persistence import schema
from assistant.persistence.conversations import SqlConversationUnit
from assistant.persistence.copies import copy_to_file, restore_from_file
from assistant.persistence.database import Database, SqlPartnerStorage, SqlStorage
from assistant.persistence.identity import SqlIdentityUnit
from assistant.persistence.knowledge import SqlKnowledgeUnit
from assistant.persistence.licensing import SqlLicensingUnit
from assistant.persistence.server import server_of
from assistant.persistence.simulation import SqlSimulation
from assistant.ports.clock import Clock, Ids
from assistant.ports.database_server import DatabaseServer
from assistant.ports.licensing import Licensing
from assistant.system import SwitchableClock, SystemClock, SystemIds
from assistant.workflows import all_flows

_log = logging.getLogger("assistant.bootstrap")

DUE_STEPS = (synchronise, submit_due_reports)
"""What falls due for a partner beside the terms of its subscriptions."""


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
    desk: KnowledgeDesk
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
    encoder: Callable[[], Encoder | None]

    def edition_of(self, entries: Sequence[Entry], folder: Path) -> Edition:
        """Return entries ready to answer as they would in force; their index goes to a folder of its own.

        Vectors are kept with those of the publication in force, as most texts are the same.
        """
        encoder = self.encoder()
        return edition_of(
            entries, folder, KeptVectors(encoder, _index_dir(self.settings)) if encoder else None
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


def build(settings: Settings, *, real_clock: Clock | None = None, ids: Ids | None = None) -> Application:
    """Build the application; the database must be up to date (see ``prepare``).

    ``real_clock`` is what identity (codes, sessions, throttles) goes by; the business clock follows it unless the
    simulated clock is set.
    """
    real_clock, ids = real_clock or SystemClock(), ids or SystemIds()
    database = Database(settings.database_url, settings.statement_seconds)
    simulation = SqlSimulation(database, allowed=settings.simulating)
    clock = SwitchableClock(real_clock, simulation)
    knowledge_storage = SqlStorage(database, SqlKnowledgeUnit)
    encoder = shipped_encoder if settings.semantic else no_encoder
    knowledge = KnowledgeService(knowledge_storage, clock, ids, _index_dir(settings), encoder)
    partner_storage = SqlPartnerStorage(database, SqlLicensingUnit)
    # for the vendor's own work; what a principal asks for goes by its partner
    licensing_storage = partner_storage.of_every_partner()
    catalogues = CatalogueInForce(licensing_storage, read_catalogue(settings.catalogue))
    policy = PublishedPolicy(knowledge_storage)
    embedded = EmbeddedLicensing(partner_storage, catalogues, policy, clock, ids, simulation)
    licensing: Licensing = embedded
    if settings.licensing_url:
        licensing = RemoteLicensing(settings.licensing_url, settings.licensing_token)
    identity = _identity(settings, database, real_clock, ids)
    access = identity.access
    what_ifs = WhatIfDesk(licensing, catalogues, policy, clock)
    conversations = ConversationService(
        SqlStorage(database, SqlConversationUnit),
        all_flows(),
        knowledge,
        licensing,
        what_ifs,
        access,
        clock,
        ids,
    )
    return Application(
        settings=settings,
        clock=clock,
        real_clock=real_clock,
        ids=ids,
        database=database,
        simulation=simulation,
        knowledge=knowledge,
        desk=KnowledgeDesk(knowledge_storage, clock, ids),
        policy=PolicyDesk(knowledge_storage, Path(__file__).parents[1]),
        licensing=licensing,
        embedded=embedded,
        provisioning=Provisioning(licensing_storage, catalogues, clock, ids),
        catalogues=catalogues,
        due_work=DueWork(licensing_storage, catalogues, policy, clock, ids, DUE_STEPS),
        usage=UsageDesk(licensing_storage, catalogues, clock),
        identity=identity,
        access=access,
        accounts=identity.accounts,
        what_ifs=what_ifs,
        conversations=conversations,
        hand_offs=conversations.operator_desk(),
        desk_steps=conversations.desk_steps(),
        encoder=encoder,
    )


def _identity(settings: Settings, database: Database, clock: Clock, ids: Ids) -> Identity:
    storage = SqlStorage(database, lambda connection: SqlIdentityUnit(connection, logs.request_id))
    vault = read_vault(settings.secret_keys, settings.data_dir, generate=settings.simulating)
    limits = SessionLimits(
        timedelta(minutes=settings.session_idle_minutes), timedelta(minutes=settings.session_absolute_minutes)
    )
    resources = Resources(storage, clock, ids, vault, Passwords())
    return build_identity(resources, _post_office(settings), limits, codes_visible=settings.simulating)


def _post_office(settings: Settings) -> PostOffice:
    mail = settings.mail
    if not mail.host:
        return PostOffice(FolderMailer(settings.data_dir / "mail", mail.sender), settings.base_url)
    server = MailServer(mail.host, mail.port, mail.sender, mail.user, mail.password, secure=mail.starttls)
    return PostOffice(SmtpMailer(server), settings.base_url, run_in_thread)


def _index_dir(settings: Settings) -> Path:
    return settings.data_dir / "index"


def prepare(settings: Settings) -> None:
    """Bring the database up to date and publish the default knowledge where nothing was ever published."""
    database = Database(settings.database_url)
    schema.upgrade(database)
    KnowledgeDesk(SqlStorage(database, SqlKnowledgeUnit), SystemClock(), SystemIds()).publish_default()
    database.close()


def open_application(settings: Settings) -> Application:
    """Prepare the database, except in production, and build. Raises DatabaseOutdated where an operator has to act."""
    logs.configure(settings.log_level)
    if settings.simulating:
        prepare(settings)
    application = build(settings)
    if not schema.is_usable(application.database):
        raise DatabaseOutdated("The database is not up to date. Run: assistant db upgrade")
    if schema.passes_over_walls(application.database):
        _log.warning("the database user passes over row-level security: use one without such rights")
    # the catalogue that comes with the program only grows, and a world's own was held against the database when it was stored
    if settings.catalogue and (faults := application.catalogues.faults()):
        raise InvalidInput("ASSISTANT_CATALOGUE", "; ".join(faults))
    return application


class StoredDatabase:
    """The database as its operator sees it: a whole to copy and to fill."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._settings = settings

    def copy_to(self, path: Path) -> None:
        """Write a consistent copy to a new file. Raises Conflict if it exists."""
        copy_to_file(self._database, path).close()

    def restore_from(self, path: Path) -> None:
        """Fill the empty database from a copy. Raises Conflict if it holds rows already, InvalidInput without its keys."""
        vault = read_vault(
            self._settings.secret_keys, self._settings.data_dir, generate=self._settings.simulating
        )
        schema.upgrade(self._database)
        restore_from_file(path, self._database, vault.open)


@contextmanager
def open_database(settings: Settings) -> Iterator[StoredDatabase]:
    """Open the database by itself, without the application on it."""
    database = Database(settings.database_url)
    try:
        yield StoredDatabase(database, settings)
    finally:
        database.close()


def check_database(settings: Settings) -> tuple[str, ...]:
    """Return what is wrong with the database, one sentence each: its migration, its tables, its audit chains."""
    application = build(settings)
    try:
        return _database_faults(application)
    finally:
        application.database.close()


def _database_faults(application: Application) -> tuple[str, ...]:
    if not application.database_is_current():
        return ("The database is not up to date. Run: assistant db upgrade",)
    differing = [f"Table differs from the program's: {d}" for d in application.database_differences()]
    chains = application.embedded.verify_audit()
    broken = [f"Audit of {partner}: {fault}" for partner, faults in chains.items() for fault in faults]
    acts = application.hand_offs.faults()
    cases = [f"Acts of case {case}: {fault}" for case, faults in acts.items() for fault in faults]
    lacking = [f"The catalogue {fault}." for fault in application.catalogues.faults()]
    return (*differing, *broken, *cases, *lacking)
