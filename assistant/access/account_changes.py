"""What can be done to an account, as steps of a transaction; who may take them is decided by the callers.

Taking the last administrator away is refused here, so that no door can do it. Whoever changes roles or closes accounts
holds one lock for all of them: two administrators who remove each other at the same moment come one after the other.
"""

from datetime import datetime, timedelta
from typing import NotRequired, TypedDict, Unpack

from assistant.access.outbox import Outbox, until
from assistant.access.resources import Resources, hash_token, read_username
from assistant.access.throttling import code_key
from assistant.domain.accounts import LinkPurpose, User, is_last_administrator
from assistant.domain.errors import Conflict, InvalidInput, NotFound
from assistant.domain.identifiers import CustomerId, PartnerId, UserId
from assistant.domain.principals import Principal, Role
from assistant.domain.security_events import SecurityEvent
from assistant.ports.storage.identity import Account, IdentityUnit
from assistant.ports.storage.identity_links import StoredLink

GOOD_FOR = {
    LinkPurpose.INVITATION: timedelta(hours=24),
    LinkPurpose.ENROLMENT: timedelta(hours=24),
    LinkPurpose.PASSWORD_RESET: timedelta(hours=1),
}
PARTNER_ROLES = frozenset({Role.PARTNER_ADMIN, Role.PARTNER_READER})
COMMAND_LINE = "an operator of this service"
"""Who is named in a letter where the command line did it."""
_LONGEST_NAME = 200
_LONGEST_EMAIL = 254


class WantedUser(TypedDict):
    """Who a new account is for: the sign-in name, the shown name, the role, and where the user belongs and gets letters."""

    username: str
    name: str
    role: Role
    partner_id: NotRequired[PartnerId | None]
    customer_id: NotRequired[CustomerId | None]
    email: NotRequired[str | None]


class AccountChanges:
    """Steps within the caller's transaction."""

    def __init__(self, resources: Resources, outbox: Outbox) -> None:
        self._resources = resources
        self._outbox = outbox

    def invite(self, unit: IdentityUnit, user: User, actor: Principal | None, now: datetime) -> str:
        """Make an account without a password and a link to take it up; return the link's token. Raises Conflict."""
        if unit.users.named(user.username):
            raise Conflict(f"There is a user {user.username} already.")
        unit.users.put(user, "", now, enrols_by_link=True)
        return self.send_link(unit, user, LinkPurpose.INVITATION, actor, now)

    def send_link(
        self, unit: IdentityUnit, user: User, purpose: LinkPurpose, actor: Principal | None, now: datetime
    ) -> str:
        """Make a link, withdraw the earlier ones that it replaces, and write to the user; return the link's token."""
        # anybody may ask for a new password: that must not take away the link for a second factor
        which = purpose if purpose is LinkPurpose.PASSWORD_RESET else None
        unit.links.withdraw(user.principal.user_id, now, which)
        token, ends = self._resources.ids.token(), now + GOOD_FOR[purpose]
        unit.links.add(StoredLink(hash_token(token), user.principal.user_id, purpose, now, ends))
        unit.links.forget_before(now - timedelta(days=30))
        self._outbox.put(
            unit,
            purpose.value,
            user,
            now,
            actor=actor.name if actor else COMMAND_LINE,
            link=self.address_of_link(token),
            until=until(ends),
        )
        if purpose is not LinkPurpose.PASSWORD_RESET:
            unit.events.record(
                SecurityEvent.ACCOUNT_INVITED, now, user.principal.user_id, actor_id=_id(actor)
            )
        return token

    def address_of_link(self, token: str) -> str:
        """Return the public address of a link."""
        return self._outbox.address_of(f"/links/{token}")

    def close(self, unit: IdentityUnit, user_id: UserId, actor: Principal | None, now: datetime) -> None:
        """Close an account; sessions, links, devices and tokens end at once. Raises Conflict for the last of its kind."""
        user = locked(unit, user_id).user
        _keep_one(unit, user)
        unit.users.disable(user_id, now)
        end_everything(unit, user_id, now)
        unit.links.withdraw(user_id, now)
        unit.devices.forget(user_id)
        unit.tokens.revoke_all(user_id, now)
        unit.events.record(SecurityEvent.ACCOUNT_DISABLED, now, user_id, actor_id=_id(actor))

    def reopen(self, unit: IdentityUnit, user_id: UserId, actor: Principal | None, now: datetime) -> None:
        """Open a closed account again; password and second factor are what they were."""
        locked(unit, user_id)
        unit.users.disable(user_id, None)
        unit.events.record(SecurityEvent.ACCOUNT_REOPENED, now, user_id, actor_id=_id(actor))

    def change_role(
        self, unit: IdentityUnit, user_id: UserId, role: Role, actor: Principal | None, now: datetime
    ) -> None:
        """Change a role; sessions end at once. Raises Conflict for the last of its kind, InvalidInput."""
        user = locked(unit, user_id).user
        check_belonging(role, user.principal.partner_id, user.principal.customer_id)
        if role is user.principal.role:
            return
        _keep_one(unit, user)
        unit.users.set_role(user_id, role)
        end_everything(unit, user_id, now)
        unit.events.record(SecurityEvent.ROLE_CHANGED, now, user_id, actor_id=_id(actor))

    def reset_factor(self, unit: IdentityUnit, user: User, actor: Principal | None, now: datetime) -> str:
        """Remove a second factor, end everything, and send a link to set up a new one; return the link's token."""
        user_id = user.principal.user_id
        unit.serialise(code_key(user_id))
        unit.factors.remove(user_id)
        unit.users.close_enrolment(user_id)
        end_everything(unit, user_id, now)
        unit.devices.forget(user_id)
        # whoever held the lost factor may have made tokens with it
        unit.tokens.revoke_all(user_id, now)
        unit.events.record(SecurityEvent.FACTOR_RESET, now, user_id, actor_id=_id(actor))
        self._outbox.put(unit, "factor_reset", user, now)
        return self.send_link(unit, user, LinkPurpose.ENROLMENT, actor, now)

    def new_user(self, **wanted: Unpack[WantedUser]) -> User:
        """Return the user that is wanted, under a new id. Raises InvalidInput."""
        role, partner_id, customer_id = wanted["role"], wanted.get("partner_id"), wanted.get("customer_id")
        stored_name, shown_name = read_names(wanted["username"], wanted["name"])
        check_belonging(role, partner_id, customer_id)
        user_id = UserId(self._resources.ids.new("US"))
        principal = Principal(user_id, shown_name, role, partner_id, customer_id)
        email = read_email(wanted.get("email"))
        return User(principal, stored_name, enrolled=False, recovery_codes_left=0, email=email)


def locked(unit: IdentityUnit, user_id: UserId) -> Account:
    """Return an account, with the lock on all roles held until the transaction ends. Raises NotFound."""
    unit.serialise("roles")
    account = unit.users.by_id(user_id)
    if account is None:
        raise NotFound("There is no such user.")
    return account


def named(unit: IdentityUnit, username: str) -> Account:
    """Return the account of a sign-in name. Raises NotFound."""
    account = unit.users.named(read_username(username) or "")
    if account is None:
        raise NotFound(f"There is no user {username}.")
    return account


def end_everything(unit: IdentityUnit, user_id: UserId, now: datetime) -> int:
    """End all sessions and pending sign-ins of a user; return how many sessions."""
    unit.sign_ins.end_all(user_id, now)
    return unit.sessions.end_all(user_id, now)


def about(user: User) -> tuple[str, ...]:
    """Return what everybody may know of a user and what is therefore no password."""
    return (user.username, user.principal.name, user.email or "")


def read_names(username: str, name: str) -> tuple[str, str]:
    """Return sign-in name and shown name in their stored form. Raises InvalidInput."""
    stored = read_username(username)
    if stored is None:
        raise InvalidInput("username", "must be 1 to 100 printable characters without spaces")
    if not name.strip() or len(name) > _LONGEST_NAME or not name.isprintable():
        raise InvalidInput("name", f"must be 1 to {_LONGEST_NAME} printable characters")
    return stored, name.strip()


def read_email(typed: str | None) -> str | None:
    """Return a mail address, or None where there is none. Raises InvalidInput."""
    if typed is None or not typed.strip():
        return None
    email = typed.strip()
    local, _, domain = email.rpartition("@")
    plain = email.isascii() and email.isprintable() and not set(email) & set(' ,;:<>()[]"\\')
    if not (local and domain and plain and len(email) <= _LONGEST_EMAIL and "@" not in local):
        raise InvalidInput("email", "must be one mail address, such as anna@partner.example")
    return email


def check_belonging(role: Role, partner_id: PartnerId | None, customer_id: CustomerId | None) -> None:
    """Refuse a role that does not go with where the user belongs. Raises InvalidInput."""
    if (partner_id is not None) != (role in PARTNER_ROLES):
        raise InvalidInput("partner", "is needed for partner_admin and partner_reader, and for no other role")
    if (customer_id is not None) != (role is Role.END_CUSTOMER):
        raise InvalidInput("customer", "is needed for end_customer, and for no other role")


def _keep_one(unit: IdentityUnit, user: User) -> None:
    if is_last_administrator(user, [account.user for account in unit.users.all()]):
        whose = "of this partner" if user.principal.partner_id else "of this service"
        raise Conflict(f"{user.username} is the last administrator {whose}. Make somebody else one first.")


def _id(actor: Principal | None) -> UserId | None:
    return actor.user_id if actor else None
