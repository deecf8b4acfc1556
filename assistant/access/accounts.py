"""Accounts as their administrator sees them: making, closing and resetting them, and looking after what they leave."""

from datetime import datetime, timedelta

from assistant.access import totp
from assistant.access.keys import Vault
from assistant.access.passwords import Passwords, check_new
from assistant.access.resources import Resources, read_username
from assistant.access.throttling import code_key
from assistant.domain.accounts import User
from assistant.domain.errors import Conflict, InvalidInput, NotFound
from assistant.domain.identifiers import CustomerId, PartnerId, UserId
from assistant.domain.principals import Principal, Role
from assistant.domain.security_events import SecurityEvent
from assistant.ports.clock import Clock, Ids
from assistant.ports.storage import Storage
from assistant.ports.storage.identity import Account, Factor, IdentityUnit, RecordedEvent

_LONGEST_NAME = 200
_PARTNER_ROLES = frozenset({Role.PARTNER_ADMIN, Role.PARTNER_READER})


class Accounts:
    """Makes and changes accounts; who may call it is decided by the doors."""

    def __init__(
        self,
        storage: Storage[IdentityUnit],
        clock: Clock,
        ids: Ids,
        vault: Vault,
        *,
        passwords: Passwords | None = None,
    ) -> None:
        self._resources = Resources(storage, clock, ids, vault, passwords or Passwords())

    def add(
        self,
        *,
        username: str,
        name: str,
        role: Role,
        password: str,
        partner_id: PartnerId | None = None,
        customer_id: CustomerId | None = None,
    ) -> User:
        """Make a new account under the rules for passwords; its second factor is set up at the first sign-in.

        Raises InvalidInput, Conflict when the name is taken.
        """
        check_new(password, username)
        wanted = self._user(username, name, role, partner_id, customer_id)
        return self._store(wanted, password, secret=None, replaces=False)

    def provision(
        self,
        *,
        username: str,
        name: str,
        role: Role,
        password: str,
        totp_secret: str | None = None,
        partner_id: PartnerId | None = None,
        customer_id: CustomerId | None = None,
    ) -> User:
        """Make an account, or replace the one of this name under the same id; for world files.

        Any password is taken. With ``totp_secret`` (base 32) the second factor is in force at once, without
        recovery codes. Sessions of a replaced account end; a code used before stays used. Raises InvalidInput.
        """
        if not password:
            raise InvalidInput("password", "must not be empty")
        secret = _read_secret(totp_secret)
        wanted = self._user(username, name, role, partner_id, customer_id)
        return self._store(wanted, password, secret=secret, replaces=True)

    def check(self, *, username: str, name: str, totp_secret: str | None) -> None:
        """Raise InvalidInput where ``provision`` would, so that what must come before it can wait for this."""
        _read_secret(totp_secret)
        _read_names(username, name)

    def list(self) -> tuple[User, ...]:
        """Return all users by sign-in name, closed accounts left out."""
        with self._resources.storage.reading() as unit:
            return tuple(account.user for account in unit.users.all() if not account.disabled)

    def user(self, username: str) -> User:
        """Return one user by sign-in name. Raises NotFound."""
        with self._resources.storage.reading() as unit:
            return _named(unit, username).user

    def disable(self, username: str) -> None:
        """Close an account; its sessions end at once. Raises NotFound."""
        now = self._resources.clock.now()
        with self._resources.storage.writing() as unit:
            account = _named(unit, username)
            unit.users.disable(account.id, now)
            _end_everything(unit, account.id, now)
            unit.events.record(SecurityEvent.ACCOUNT_DISABLED, now, account.id)
            unit.commit()

    def reset_second_factor(self, username: str) -> None:
        """Remove a second factor and end all sessions; the next sign-in sets up a new one. Raises NotFound."""
        now = self._resources.clock.now()
        with self._resources.storage.writing() as unit:
            account = _named(unit, username)
            unit.serialise(code_key(account.id))
            unit.factors.remove(account.id)
            _end_everything(unit, account.id, now)
            unit.events.record(SecurityEvent.FACTOR_RESET, now, account.id)
            unit.commit()

    def rotate_keys(self) -> int:
        """Seal every secret with the newest key and return how many were sealed anew; safe to run at any time."""
        vault, now = self._resources.vault, self._resources.clock.now()
        with self._resources.storage.writing() as unit:
            outdated = [f for f in unit.factors.all() if not vault.is_current(f.sealed_secret)]
            for factor in outdated:
                secret = vault.open(factor.sealed_secret, factor.user_id)
                unit.factors.reseal(factor.user_id, factor.sealed_secret, vault.seal(secret, factor.user_id))
            unit.events.record(SecurityEvent.KEYS_ROTATED, now, None)
            unit.commit()
        return len(outdated)

    def revoke_sessions(self, username: str) -> int:
        """End all sessions and pending sign-ins of a user; return how many sessions. Raises NotFound."""
        now = self._resources.clock.now()
        with self._resources.storage.writing() as unit:
            account = _named(unit, username)
            ended = _end_everything(unit, account.id, now)
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

    def security_events(self) -> tuple[RecordedEvent, ...]:
        """Return the record of security events, oldest first."""
        with self._resources.storage.reading() as unit:
            return unit.events.all()

    def _user(
        self,
        username: str,
        name: str,
        role: Role,
        partner_id: PartnerId | None,
        customer_id: CustomerId | None,
    ) -> User:
        stored_name, shown_name = _read_names(username, name)
        _check_belonging(role, partner_id, customer_id)
        principal = Principal(
            UserId(self._resources.ids.new("US")), shown_name, role, partner_id, customer_id
        )
        return User(principal, stored_name, enrolled=False, recovery_codes_left=0)

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
            _end_everything(unit, user.principal.user_id, now)
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


def _named(unit: IdentityUnit, username: str) -> Account:
    account = unit.users.named(read_username(username) or "")
    if account is None:
        raise NotFound(f"There is no user {username}.")
    return account


def _end_everything(unit: IdentityUnit, user_id: UserId, now: datetime) -> int:
    unit.sign_ins.end_all(user_id, now)
    return unit.sessions.end_all(user_id, now)


def _under_id_of(existing: Account | None, wanted: User) -> User:
    if existing is None:
        return wanted
    principal = wanted.principal
    kept = Principal(existing.id, principal.name, principal.role, principal.partner_id, principal.customer_id)
    return User(kept, wanted.username, enrolled=False, recovery_codes_left=0)


def _read_secret(totp_secret: str | None) -> str | None:
    secret = None if totp_secret is None else totp.read_secret(totp_secret)
    if totp_secret is not None and secret is None:
        raise InvalidInput("totp_secret", "must be base 32 of at least 16 characters, in eights")
    return secret


def _read_names(username: str, name: str) -> tuple[str, str]:
    stored = read_username(username)
    if stored is None:
        raise InvalidInput("username", "must be 1 to 100 printable characters without spaces")
    if not name.strip() or len(name) > _LONGEST_NAME or not name.isprintable():
        raise InvalidInput("name", f"must be 1 to {_LONGEST_NAME} printable characters")
    return stored, name.strip()


def _check_belonging(role: Role, partner_id: PartnerId | None, customer_id: CustomerId | None) -> None:
    if (partner_id is not None) != (role in _PARTNER_ROLES):
        raise InvalidInput("partner", "is needed for partner_admin and partner_reader, and for no other role")
    if (customer_id is not None) != (role is Role.END_CUSTOMER):
        raise InvalidInput("customer", "is needed for end_customer, and for no other role")
