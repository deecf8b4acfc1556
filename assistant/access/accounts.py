"""Accounts as the command line and world files see them: making, closing and resetting them, and what they leave."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Unpack

from assistant.access import totp
from assistant.access.account_changes import (
    AccountChanges,
    WantedUser,
    about,
    end_everything,
    named,
    read_email,
    read_names,
)
from assistant.access.factor_health import FactorHealth, factor_health
from assistant.access.outbox import Outbox
from assistant.access.passwords import check_new
from assistant.access.resources import Resources
from assistant.access.throttling import code_key
from assistant.domain.accounts import LinkPurpose, User
from assistant.domain.errors import Conflict, InvalidInput
from assistant.domain.identifiers import UserId
from assistant.domain.principals import Principal, Role
from assistant.domain.security_events import SecurityEvent
from assistant.ports.storage.identity import Account, Factor, IdentityUnit


class Accounts:
    """Makes and changes accounts; who may call it is decided by the doors."""

    def __init__(self, resources: Resources, changes: AccountChanges, outbox: Outbox) -> None:
        self._resources = resources
        self._changes = changes
        self._outbox = outbox

    def add(self, *, password: str, **wanted: Unpack[WantedUser]) -> User:
        """Make a new account under the rules for passwords; its second factor is set up at the first sign-in.

        Raises InvalidInput, Conflict when the name is taken.
        """
        user = self._changes.new_user(**wanted)
        check_new(password, about(user))
        return self._store(user, password, secret=None, replaces=False)

    def provision(
        self, *, password: str, totp_secret: str | None = None, **wanted: Unpack[WantedUser]
    ) -> User:
        """Make an account, or replace the one of this name under the same id; for world files.

        Any password is taken. With ``totp_secret`` (base 32) the second factor is in force at once, without
        recovery codes. Sessions of a replaced account end; a code used before stays used. Raises InvalidInput.
        """
        if not password:
            raise InvalidInput("password", "must not be empty")
        secret = _read_secret(totp_secret)
        user = self._changes.new_user(**wanted)
        return self._store(user, password, secret=secret, replaces=True)

    def invite(self, **wanted: Unpack[WantedUser]) -> str:
        """Make an account whose owner chooses the password; return the address of the one-time link, also sent by mail.

        Raises InvalidInput, Conflict when the name is taken.
        """
        user = self._changes.new_user(**wanted)
        with self._resources.storage.writing() as unit:
            token = self._changes.invite(unit, user, None, self._resources.clock.now())
            unit.commit()
        return self._linked(token)

    def invite_again(self, username: str) -> str:
        """Make a new link for a user who did not take up the invitation, or has to set up a second factor again.

        Raises NotFound, Conflict for anybody else.
        """
        with self._resources.storage.writing() as unit:
            account = named(unit, username)
            purpose = link_for(account)
            token = self._changes.send_link(unit, account.user, purpose, None, self._resources.clock.now())
            unit.commit()
        return self._linked(token)

    def check(self, *, username: str, name: str, totp_secret: str | None) -> None:
        """Raise InvalidInput where ``provision`` would, so that what must come before it can wait for this."""
        _read_secret(totp_secret)
        read_names(username, name)

    def list(self, *, closed: bool = False) -> tuple[User, ...]:
        """Return all users by sign-in name, or those whose accounts are closed."""
        with self._resources.storage.reading() as unit:
            return tuple(account.user for account in unit.users.all() if account.disabled is closed)

    def user(self, username: str) -> User:
        """Return one user by sign-in name. Raises NotFound."""
        with self._resources.storage.reading() as unit:
            return named(unit, username).user

    def disable(self, username: str) -> None:
        """Close an account; its sessions end at once. Raises NotFound, Conflict for the last administrator."""
        now = self._resources.clock.now()
        with self._resources.storage.writing() as unit:
            self._changes.close(unit, named(unit, username).id, None, now)
            unit.commit()

    def reopen(self, username: str) -> None:
        """Open a closed account again. Raises NotFound."""
        now = self._resources.clock.now()
        with self._resources.storage.writing() as unit:
            self._changes.reopen(unit, named(unit, username).id, None, now)
            unit.commit()

    def change_role(self, username: str, role: Role) -> None:
        """Change a role. Raises NotFound, InvalidInput, Conflict for the last administrator."""
        now = self._resources.clock.now()
        with self._resources.storage.writing() as unit:
            self._changes.change_role(unit, named(unit, username).id, role, None, now)
            unit.commit()

    def set_email(self, username: str, email: str | None) -> None:
        """Change where a user's letters go. Raises NotFound, InvalidInput."""
        address = read_email(email)
        with self._resources.storage.writing() as unit:
            unit.users.set_email(named(unit, username).id, address)
            unit.commit()

    def reset_second_factor(self, username: str) -> str:
        """Remove a second factor and end all sessions; return the address of the link that sets up a new one.

        For whoever runs the machine; administrators on the pages need one another. Raises NotFound.
        """
        with self._resources.storage.writing() as unit:
            account = named(unit, username)
            token = self._changes.reset_factor(unit, account.user, None, self._resources.clock.now())
            unit.commit()
        return self._linked(token)

    def rotate_keys(self) -> int:
        """Seal every secret with the newest key and return how many were sealed anew; safe to run at any time."""
        vault, now = self._resources.vault, self._resources.clock.now()
        with self._resources.storage.writing() as unit:
            outdated = [f for f in unit.factors.all() if not vault.is_current(f.sealed_secret)]
            for factor in outdated:
                secret = vault.open(factor.sealed_secret, factor.user_id)
                unit.factors.reseal(factor.user_id, factor.sealed_secret, vault.seal(secret, factor.user_id))
            self._outbox.reseal(unit)
            unit.events.record(SecurityEvent.KEYS_ROTATED, now, None)
            unit.commit()
        return len(outdated)

    def factor_health(self) -> FactorHealth:
        """Return how the stored second factors stand to the keys at hand."""
        with self._resources.storage.reading() as unit:
            return factor_health(unit.factors.all(), self._resources.vault)

    def revoke_sessions(self, username: str) -> int:
        """End all sessions and pending sign-ins of a user; return how many sessions. Raises NotFound."""
        now = self._resources.clock.now()
        with self._resources.storage.writing() as unit:
            account = named(unit, username)
            ended = end_everything(unit, account.id, now)
            unit.events.record(SecurityEvent.SESSION_REVOKED, now, account.id)
            unit.commit()
        return ended

    def age_sessions(self, by: timedelta) -> int:
        """Make sessions and pending sign-ins older, as if the time had passed; return how many sessions."""
        with self._resources.storage.writing() as unit:
            unit.sign_ins.age(by)
            aged = unit.sessions.age(by)
            unit.commit()
        return aged

    def clear_throttles(self) -> int:
        """Forget all failed tries and return how many those were."""
        with self._resources.storage.writing() as unit:
            cleared = unit.attempts.clear()
            unit.factors.forgive()
            unit.commit()
        return cleared

    def _linked(self, token: str) -> str:
        self._outbox.nudge()
        return self._changes.address_of_link(token)

    def _store(self, wanted: User, password: str, *, secret: str | None, replaces: bool) -> User:
        with self._resources.passwords.slot() as hashing:
            password_hash = hashing.hash(password)
        now = self._resources.clock.now()
        with self._resources.storage.writing() as unit:
            existing = unit.users.named(wanted.username)
            if existing and not replaces:
                raise Conflict(f"There is a user {wanted.username} already.")
            user = _under_id_of(existing, wanted)
            unit.users.put(user, password_hash, now)
            self._set_factor(unit, user.principal.user_id, secret, now)
            end_everything(unit, user.principal.user_id, now)
            unit.events.record(SecurityEvent.ACCOUNT_PROVISIONED, now, user.principal.user_id)
            stored = unit.users.by_id(user.principal.user_id)
            unit.commit()
        assert stored is not None
        return stored.user

    def _set_factor(self, unit: IdentityUnit, user_id: UserId, secret: str | None, now: datetime) -> None:
        # a code that is being accepted at this moment counts as used afterwards too
        unit.serialise(code_key(user_id))
        before = unit.factors.find(user_id)
        unit.factors.remove(user_id)
        if secret is None:
            return
        vault = self._resources.vault
        same = before is not None and vault.open(before.sealed_secret, user_id) == secret
        last_step = before.last_step if before and same else totp.NEVER
        unit.factors.put(
            Factor(user_id, vault.seal(secret, user_id), last_step, failures_in_a_row=0), (), now
        )


def link_for(account: Account) -> LinkPurpose:
    """Return what a new link for this account would be for. Raises Conflict where none is needed."""
    if account.disabled:
        raise Conflict(f"The account {account.user.username} is closed.")
    if account.user.invited:
        return LinkPurpose.INVITATION
    if account.enrols_by_link and not account.user.enrolled:
        return LinkPurpose.ENROLMENT
    raise Conflict(f"{account.user.username} needs no link: password and second factor are there.")


def _under_id_of(existing: Account | None, wanted: User) -> User:
    if existing is None:
        return wanted
    principal = wanted.principal
    kept = Principal(existing.id, principal.name, principal.role, principal.partner_id, principal.customer_id)
    return replace(wanted, principal=kept)


def _read_secret(totp_secret: str | None) -> str | None:
    secret = None if totp_secret is None else totp.read_secret(totp_secret)
    if totp_secret is not None and secret is None:
        raise InvalidInput("totp_secret", "must be base 32 of at least 16 characters, in eights")
    return secret
