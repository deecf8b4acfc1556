"""Signing in: the password opens a pending sign-in, and only the second factor turns that into a session."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import NoReturn

from assistant.access.devices import Devices
from assistant.access.outbox import Outbox
from assistant.access.recovery import read_code
from assistant.access.resources import Resources, hash_token, printable, read_username
from assistant.access.second_factor import CodeCheck
from assistant.access.sessions import SessionBook
from assistant.access.throttling import CODES, code_key, password_limits, reserve
from assistant.domain.accounts import CodeOutcome, CodeVerdict, Session, User
from assistant.domain.errors import NotSignedIn, TooManyAttempts
from assistant.domain.security_events import SecurityEvent
from assistant.ports.storage.identity import Account, HashedRecoveryCode, IdentityUnit, PendingSignIn

PENDING_FOR = timedelta(minutes=5)
_KEPT_FOR = timedelta(days=1)
_LONGEST_DEVICE, _LONGEST_ADDRESS = 200, 64


def find_pending(unit: IdentityUnit, token: str, now: datetime) -> tuple[PendingSignIn, Account]:
    """Return the sign-in of a token and whose it is. Raises NotSignedIn when it is spent or expired."""
    pending = unit.sign_ins.find(hash_token(token), now)
    account = unit.users.by_id(pending.user_id) if pending else None
    if pending is None or account is None or account.disabled:
        raise NotSignedIn("This sign-in has expired or was finished already; please sign in again.")
    return pending, account


def spend(unit: IdentityUnit, pending: PendingSignIn, now: datetime) -> None:
    """Use the token up. Raises NotSignedIn for all callers but one."""
    if not unit.sign_ins.spend(pending.token_hash, now):
        raise NotSignedIn("This sign-in was finished already; please sign in again.")


class SignIn:
    """The two steps of signing in."""

    def __init__(
        self, resources: Resources, codes: CodeCheck, book: SessionBook, devices: Devices, outbox: Outbox
    ) -> None:
        self._resources = resources
        self._codes = codes
        self._book = book
        self._devices = devices
        self._outbox = outbox

    def begin(
        self, username: str, password: str, *, address: str, device: str = "", known_device: str = ""
    ) -> str:
        """Check name and password; see the port.

        The slot is taken before the try is counted, so that many right passwords at once wait for one another
        instead of closing the throttle.
        """
        address = printable(address, _LONGEST_ADDRESS)
        name = read_username(username)
        with self._resources.passwords.slot() as hashing:
            account, reserved = self._reserve(name or "", address, known_device)
            stored = (account.password_hash or None) if account else None
            right = hashing.matches(stored, password)
            renewed = hashing.hash(password) if right and stored and hashing.is_outdated(stored) else None
        if account is None or account.disabled or not right:
            self._refuse(account, address)
        return self._admit(account, reserved, renewed, address, printable(device, _LONGEST_DEVICE))

    def pending_user(self, token: str) -> User:
        """Return whose second step this token is for."""
        with self._resources.storage.reading() as unit:
            return find_pending(unit, token, self._resources.clock.now())[1].user

    def complete(
        self, token: str, code: str, *, address: str, known_device: str = ""
    ) -> Session | CodeVerdict:
        """Check the second factor and open a session; see the port."""
        address = printable(address, _LONGEST_ADDRESS)
        recovery = read_code(code)
        if recovery is not None:
            return self._complete_by_recovery(token, *recovery, address, known_device)
        now = self._resources.clock.now()
        with self._resources.storage.writing() as unit:
            pending, account = find_pending(unit, token, now)
            whose = self._devices.recognise(unit, known_device, account.id)
            outcome = self._codes.check(unit, account.id, code, now, address, whose=whose)
            result = (
                outcome
                if isinstance(outcome, CodeVerdict)
                else self._open(unit, pending, account, address, now, known_device)
            )
            unit.commit()
        self._outbox.nudge()
        return result

    def _reserve(
        self, username: str, address: str, known_device: str
    ) -> tuple[Account | None, tuple[int, ...]]:
        now = self._resources.clock.now()
        with self._resources.storage.writing() as unit:
            account = unit.users.named(username)
            device = self._devices.recognise(unit, known_device, account.id if account else None)
            reserved = reserve(unit, password_limits(username, address, device), now)
            if isinstance(reserved, datetime):
                unit.events.record(
                    SecurityEvent.PASSWORD_THROTTLED, now, account.id if account else None, address
                )
            unit.commit()
        if isinstance(reserved, datetime):
            seconds = int((reserved - now).total_seconds()) + 1
            raise TooManyAttempts("Too many tries to sign in; please wait.", retry_after=seconds)
        return account, reserved

    def _refuse(self, account: Account | None, address: str) -> NoReturn:
        now = self._resources.clock.now()
        with self._resources.storage.writing() as unit:
            unit.events.record(SecurityEvent.PASSWORD_REFUSED, now, account.id if account else None, address)
            unit.commit()
        raise NotSignedIn("The name or the password is not right.")

    def _admit(
        self, account: Account, reserved: tuple[int, ...], renewed: str | None, address: str, device: str
    ) -> str:
        now, token = self._resources.clock.now(), self._resources.ids.token()
        with self._resources.storage.writing() as unit:
            unit.attempts.remove(reserved)
            if renewed:
                unit.users.set_password_hash(account.id, renewed)
            unit.sign_ins.forget_before(now - _KEPT_FOR)
            unit.sign_ins.add(PendingSignIn(hash_token(token), account.id, now + PENDING_FOR, device))
            unit.events.record(SecurityEvent.PASSWORD_ACCEPTED, now, account.id, address)
            unit.commit()
        return token

    def _open(
        self,
        unit: IdentityUnit,
        pending: PendingSignIn,
        account: Account,
        address: str,
        now: datetime,
        known_device: str,
    ) -> Session:
        spend(unit, pending, now)
        session = self._book.open(unit, account, pending.device, address, now)
        given = self._devices.remember(unit, account.user, known_device, pending.device, address, now)
        if given:
            self._devices.tell(unit, account.user, pending.device, address, now)
        return replace(session, device_token=given)

    def _complete_by_recovery(
        self, token: str, selector: str, secret: str, address: str, known_device: str
    ) -> Session | CodeVerdict:
        with self._resources.passwords.slot() as hashing:
            reserved = self._reserve_recovery(token, selector, address, known_device)
            if isinstance(reserved, CodeVerdict):
                return reserved
            stored, numbers = reserved
            right = hashing.matches(stored.code_hash if stored else None, secret)
        now = self._resources.clock.now()
        with self._resources.storage.writing() as unit:
            pending, account = find_pending(unit, token, now)
            if right and unit.factors.burn(account.id, selector, now):
                unit.attempts.remove(numbers)
                unit.factors.forgive(account.id)
                unit.events.record(SecurityEvent.RECOVERY_ACCEPTED, now, account.id, address)
                left = account.user.recovery_codes_left - 1
                self._outbox.put(
                    unit, "recovery_code_used", account.user, now, place=address or "?", left=left
                )
                result: Session | CodeVerdict = self._open(unit, pending, account, address, now, known_device)
            else:
                unit.events.record(SecurityEvent.RECOVERY_REFUSED, now, account.id, address)
                result = CodeVerdict(CodeOutcome.WRONG)
            unit.commit()
        self._outbox.nudge()
        return result

    def _reserve_recovery(
        self, token: str, selector: str, address: str, known_device: str
    ) -> tuple[HashedRecoveryCode | None, tuple[int, ...]] | CodeVerdict:
        now = self._resources.clock.now()
        with self._resources.storage.writing() as unit:
            _, account = find_pending(unit, token, now)
            if not account.user.enrolled:
                return CodeVerdict(CodeOutcome.NOT_ENROLLED)
            whose = self._devices.recognise(unit, known_device, account.id)
            reserved = reserve(unit, {code_key(account.id, whose): CODES}, now)
            if isinstance(reserved, datetime):
                unit.events.record(SecurityEvent.CODE_THROTTLED, now, account.id, address)
            stored = unit.factors.recovery_code(account.id, selector)
            unit.commit()
        if isinstance(reserved, datetime):
            return CodeVerdict(CodeOutcome.LOCKED, reserved)
        return stored, reserved
