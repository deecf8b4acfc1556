"""Builds every adapter from the settings and puts them together."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

from assistant import logs
from assistant.access.assembly import Identity, build_identity
from assistant.access.keys import read_vault
from assistant.access.mailers import FolderMailer, MailServer, SmtpMailer
from assistant.access.outbox import PostOffice, run_in_thread
from assistant.access.passwords import Passwords
from assistant.access.resources import Resources
from assistant.access.sessions import SessionLimits
from assistant.bootstrap.application import Application
from assistant.bootstrap.locations import index_dir
from assistant.config import Settings
from assistant.conversation.figures import ConversationFigures
from assistant.conversation.rating import Ratings
from assistant.conversation.service import ConversationService
from assistant.domain.entries import Audience
from assistant.knowledge.desk import KnowledgeDesk
from assistant.knowledge.editing.assembly import Asking, EditorsDesks, build_desks
from assistant.knowledge.library import Library
from assistant.knowledge.masking import redact_question
from assistant.knowledge.matching.semantic.encoders import Encoder, no_encoder, shipped_encoder
from assistant.knowledge.matching.semantic.vectors import KeptVectors
from assistant.knowledge.policy_desk import PolicyDesk
from assistant.knowledge.policy_facts import PublishedPolicy
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
from assistant.persistence.conversations import SqlConversationUnit
from assistant.persistence.database import Database, SqlPartnerStorage, SqlStorage
from assistant.persistence.identity import SqlIdentityUnit
from assistant.persistence.knowledge import SqlKnowledgeUnit
from assistant.persistence.licensing import SqlLicensingUnit
from assistant.persistence.simulation import SqlSimulation
from assistant.ports.clock import Clock, Ids
from assistant.ports.licensing import Licensing
from assistant.ports.storage import Storage
from assistant.ports.storage.knowledge import KnowledgeUnit
from assistant.system import SwitchableClock, SystemClock, SystemIds
from assistant.workflows import all_flows

DUE_STEPS = (synchronise, submit_due_reports)
"""What falls due for a partner beside the terms of its subscriptions."""


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
    knowledge = KnowledgeService(knowledge_storage, clock, ids, index_dir(settings), encoder)
    partner_storage = SqlPartnerStorage(database, SqlLicensingUnit)
    # for the vendor's own work; what a principal asks for goes by its partner
    licensing_storage = partner_storage.of_every_partner()
    catalogues = CatalogueInForce(licensing_storage, read_catalogue(settings.catalogue))
    policy = PublishedPolicy(knowledge_storage)
    embedded = EmbeddedLicensing(partner_storage, catalogues, policy, clock, ids, simulation)
    licensing = _licensing(settings, embedded)
    identity = _identity(settings, database, real_clock, ids)
    access = identity.access
    what_ifs = WhatIfDesk(licensing, catalogues, policy, clock)
    conversation_storage = SqlStorage(database, SqlConversationUnit)
    conversations = ConversationService(
        conversation_storage, all_flows(), knowledge, licensing, what_ifs, access, clock, ids
    )
    return Application(
        settings=settings,
        clock=clock,
        real_clock=real_clock,
        ids=ids,
        database=database,
        simulation=simulation,
        knowledge=knowledge,
        library=Library(knowledge, knowledge_storage, clock),
        desk=KnowledgeDesk(knowledge_storage, clock, ids),
        editors=_editors(settings, knowledge, knowledge_storage, clock, encoder),
        policy=PolicyDesk(knowledge_storage, Path(__file__).parents[2]),
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
        ratings=Ratings(conversation_storage, clock, redact_question),
        figures=ConversationFigures(conversation_storage),
        encoder=encoder,
    )


def _licensing(settings: Settings, embedded: EmbeddedLicensing) -> Licensing:
    if settings.licensing_url:
        return RemoteLicensing(settings.licensing_url, settings.licensing_token)
    return embedded


def _editors(
    settings: Settings,
    knowledge: KnowledgeService,
    storage: Storage[KnowledgeUnit],
    clock: Clock,
    encoder: Callable[[], Encoder | None],
) -> EditorsDesks:
    def keeping() -> Encoder | None:
        # vectors are kept with those of the publication in force, as most texts are the same
        made = encoder()
        return KeptVectors(made, index_dir(settings)) if made else None

    asking = Asking(partial(knowledge.ask, audience=Audience.SALES, recording=False), knowledge.write_counts)
    return build_desks(storage, clock, knowledge.edition, [flow.id for flow in all_flows()], keeping, asking)


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
