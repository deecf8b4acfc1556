"""Puts the use cases of identity together over one database."""

from dataclasses import dataclass

from assistant.access.account_changes import AccountChanges
from assistant.access.accounts import Accounts
from assistant.access.api_tokens import ApiTokens
from assistant.access.devices import Devices
from assistant.access.enrolment import Enrolling
from assistant.access.factor_resets import FactorResets
from assistant.access.links import OneTimeLinks
from assistant.access.outbox import Outbox, PostOffice
from assistant.access.own_account import OwnAccount
from assistant.access.resources import Resources
from assistant.access.second_factor import CodeCheck
from assistant.access.security_record import SecurityRecord
from assistant.access.service import AccessService
from assistant.access.sessions import SessionBook, SessionLimits
from assistant.access.sign_in import SignIn
from assistant.access.staff import Staff


@dataclass(frozen=True)
class Identity:
    """Everything about who somebody is, by what a door wants to do."""

    access: AccessService
    accounts: Accounts
    own: OwnAccount
    links: OneTimeLinks
    staff: Staff
    resets: FactorResets
    tokens: ApiTokens
    record: SecurityRecord
    outbox: Outbox


def build_identity(
    resources: Resources, office: PostOffice, limits: SessionLimits, *, codes_visible: bool
) -> Identity:
    """Build the use cases; ``codes_visible`` is for demo and test mode only."""
    outbox = Outbox(resources.storage, resources.clock, resources.ids, resources.vault, office)
    book, codes = SessionBook(resources, limits), CodeCheck(resources)
    devices, changes = Devices(resources, outbox), AccountChanges(resources, outbox)
    sign_in = SignIn(resources, codes, book, devices, outbox)
    enrolling = Enrolling(resources, book, devices, outbox)
    return Identity(
        access=AccessService(resources, book, codes, sign_in, enrolling, codes_visible=codes_visible),
        accounts=Accounts(resources, changes, outbox),
        own=OwnAccount(resources, codes, book, devices, outbox),
        links=OneTimeLinks(resources, changes, sign_in, outbox),
        staff=Staff(resources, codes, changes, outbox),
        resets=FactorResets(resources, codes, changes, outbox),
        tokens=ApiTokens(resources, codes),
        record=SecurityRecord(resources),
        outbox=outbox,
    )
