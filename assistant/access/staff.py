"""Users as an administrator looks after them: a partner's its own people, the service's everybody.

Each change asks for a fresh code of whoever makes it, and looks again, in the same transaction, at whether that person
still may.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from assistant.access.account_changes import PARTNER_ROLES, AccountChanges, locked
from assistant.access.accounts import link_for
from assistant.access.outbox import Outbox
from assistant.access.resources import Resources
from assistant.access.second_factor import CodeCheck
from assistant.access.throttling import SIGNED_IN
from assistant.domain.accounts import CodeVerdict, Invitation, User
from assistant.domain.errors import Conflict, Forbidden, InvalidInput, NotFound
from assistant.domain.identifiers import UserId
from assistant.domain.principals import Permission, Principal, Role, may
from assistant.ports.storage.identity import Account, IdentityUnit

_NOBODY = "There is no such user."


def may_look_after(principal: Principal | None) -> bool:
    """Tell whether this person looks after users at all."""
    return may(principal, Permission.USERS_ADMINISTER) or may(principal, Permission.TEAM_ADMINISTER)


def is_in_reach(principal: Principal, user: User) -> bool:
    """Tell whether this administrator looks after this user."""
    if may(principal, Permission.USERS_ADMINISTER):
        return True
    own = principal.partner_id is not None and user.principal.partner_id == principal.partner_id
    return may(principal, Permission.TEAM_ADMINISTER) and own and user.principal.role in PARTNER_ROLES


class Staff:
    """The use cases of the users page."""

    def __init__(
        self, resources: Resources, codes: CodeCheck, changes: AccountChanges, outbox: Outbox
    ) -> None:
        self._resources = resources
        self._codes = codes
        self._changes = changes
        self._outbox = outbox

    def people(self, principal: Principal) -> tuple[User, ...]:
        """Return the users that this administrator looks after, by sign-in name. Raises Forbidden."""
        _check(principal)
        with self._resources.storage.reading() as unit:
            everyone = [account.user for account in unit.users.all()]
        return tuple(user for user in everyone if is_in_reach(principal, user))

    def person(self, principal: Principal, user_id: UserId) -> User:
        """Return one of them. Raises Forbidden, NotFound."""
        _check(principal)
        with self._resources.storage.reading() as unit:
            return _reached(unit, principal, user_id).user

    def invite(self, principal: Principal, invitation: Invitation, code: str) -> User | CodeVerdict:
        """Make an account and send its owner a link. Raises Forbidden, InvalidInput, Conflict when the name is taken."""
        _check(principal)
        if not invitation.email.strip():
            raise InvalidInput("email", "is needed: the invitation goes there")
        if not may(principal, Permission.USERS_ADMINISTER) and invitation.role not in PARTNER_ROLES:
            raise InvalidInput("role", "must be one of " + ", ".join(sorted(PARTNER_ROLES)))
        wanted = self._changes.new_user(
            username=invitation.username,
            name=invitation.name,
            role=invitation.role,
            partner_id=principal.partner_id or invitation.partner_id,
            customer_id=invitation.customer_id,
            email=invitation.email,
        )

        def do(unit: IdentityUnit, now: datetime) -> None:
            self._changes.invite(unit, wanted, principal, now)

        return self._act(principal, code, do) or replace(wanted, invited=True)

    def invite_again(self, principal: Principal, user_id: UserId, code: str) -> CodeVerdict | None:
        """Send a new link to somebody who has not taken one up. Raises Forbidden, NotFound, Conflict."""

        def do(unit: IdentityUnit, now: datetime) -> None:
            account = _reached(unit, principal, user_id)
            if not account.user.email:
                raise Conflict(f"{account.user.username} has no mail address to write to.")
            self._changes.send_link(unit, account.user, link_for(account), principal, now)

        return self._act(principal, code, do)

    def change_role(self, principal: Principal, user_id: UserId, role: Role, code: str) -> CodeVerdict | None:
        """Change a role; the user's sessions end. Raises Forbidden, NotFound, InvalidInput, Conflict for the last one."""

        def do(unit: IdentityUnit, now: datetime) -> None:
            _reached(unit, principal, user_id)
            self._changes.change_role(unit, user_id, role, principal, now)

        return self._act(principal, code, do)

    def close(self, principal: Principal, user_id: UserId, code: str) -> CodeVerdict | None:
        """Close an account. Raises Forbidden, NotFound, Conflict for the last administrator."""

        def do(unit: IdentityUnit, now: datetime) -> None:
            _reached(unit, principal, user_id)
            self._changes.close(unit, user_id, principal, now)

        return self._act(principal, code, do)

    def reopen(self, principal: Principal, user_id: UserId, code: str) -> CodeVerdict | None:
        """Open a closed account again. Raises Forbidden, NotFound."""

        def do(unit: IdentityUnit, now: datetime) -> None:
            _reached(unit, principal, user_id)
            self._changes.reopen(unit, user_id, principal, now)

        return self._act(principal, code, do)

    def _act(
        self, principal: Principal, code: str, do: Callable[[IdentityUnit, datetime], None]
    ) -> CodeVerdict | None:
        now = self._resources.clock.now()
        with self._resources.storage.writing() as unit:
            acting = locked(unit, principal.user_id)
            if acting.disabled or acting.user.principal != principal:
                raise Forbidden("Your own role has changed. Sign in again.")
            _check(acting.user.principal)
            outcome = self._codes.check(unit, principal.user_id, code, now, whose=SIGNED_IN)
            if isinstance(outcome, CodeVerdict):
                unit.commit()
                return outcome
            # a refusal leaves the block without a commit, and so uses up no code
            do(unit, now)
            unit.commit()
        self._outbox.nudge()
        return None


def _check(principal: Principal) -> None:
    if not may_look_after(principal):
        raise Forbidden("This role looks after no users.")


def _reached(unit: IdentityUnit, principal: Principal, user_id: UserId) -> Account:
    account = unit.users.by_id(user_id)
    if account is None or not is_in_reach(principal, account.user):
        raise NotFound(_NOBODY)
    return account
