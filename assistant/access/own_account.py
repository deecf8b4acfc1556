"""What users do about their own account from an open session, each thing after a fresh code.

The code is used up in the transaction that makes the change, so it is never older than the change.
"""

from dataclasses import replace
from datetime import datetime

from assistant.access.account_changes import about, end_everything
from assistant.access.devices import Devices
from assistant.access.enrolment import ENROLMENT_FOR
from assistant.access.outbox import Outbox
from assistant.access.passwords import check_new
from assistant.access.recovery import new_codes, read_code
from assistant.access.resources import Resources, hash_token, printable
from assistant.access.second_factor import CodeCheck
from assistant.access.sessions import SessionBook
from assistant.access.throttling import PASSWORDS_OF_ACCOUNT, SIGNED_IN, reserve
from assistant.domain.accounts import BegunBy, CodeVerdict, Session
from assistant.domain.errors import InvalidInput, NotSignedIn, TooManyAttempts
from assistant.domain.identifiers import UserId
from assistant.domain.security_events import SecurityEvent
from assistant.ports.storage.identity import Account, HashedRecoveryCode, IdentityUnit, PendingSignIn

_LONGEST_DEVICE, _LONGEST_ADDRESS = 200, 64


class OwnAccount:
    """The use cases of the account page."""

    def __init__(
        self, resources: Resources, codes: CodeCheck, book: SessionBook, devices: Devices, outbox: Outbox
    ) -> None:
        self._resources = resources
        self._codes = codes
        self._book = book
        self._devices = devices
        self._outbox = outbox

    def change_password(
        self,
        user_id: UserId,
        *,
        current: str,
        new: str,
        code: str,
        address: str,
        device: str = "",
        known_device: str = "",
    ) -> Session | CodeVerdict:
        """Change the password; all sessions end, and the one returned takes the place of the caller's.

        Raises InvalidInput for a wrong or a weak password, TooManyAttempts.
        """
        address = printable(address, _LONGEST_ADDRESS)
        with self._resources.passwords.slot() as hashing:
            account, reserved = self._reserve(user_id)
            right = hashing.matches(account.password_hash or None, current)
            if not right:
                raise InvalidInput("current", "is not your password")
            check_new(new, about(account.user))
            hashed = hashing.hash(new)
        now = self._resources.clock.now()
        with self._resources.storage.writing() as unit:
            unit.attempts.remove(reserved)
            outcome = self._codes.check(unit, user_id, code, now, address, whose=SIGNED_IN)
            if isinstance(outcome, CodeVerdict):
                unit.commit()
                return outcome
            unit.users.set_password_hash(user_id, hashed)
            unit.links.withdraw(user_id, now)
            end_everything(unit, user_id, now)
            unit.events.record(SecurityEvent.PASSWORD_CHANGED, now, user_id, address)
            self._outbox.put(unit, "password_changed", account.user, now, place=address or "?")
            session = self._reopened(unit, account, device, address, known_device, now)
            unit.commit()
        self._outbox.nudge()
        return session

    def begin_new_factor(
        self, user_id: UserId, code: str, *, address: str, device: str = ""
    ) -> str | CodeVerdict:
        """Open the setting up of another second factor; the one in force stays so until that is finished."""
        now, token = self._resources.clock.now(), self._resources.ids.token()
        with self._resources.storage.writing() as unit:
            outcome = self._codes.check(
                unit, user_id, code, now, printable(address, _LONGEST_ADDRESS), whose=SIGNED_IN
            )
            if not isinstance(outcome, CodeVerdict):
                unit.sign_ins.add(
                    PendingSignIn(
                        hash_token(token),
                        user_id,
                        now + ENROLMENT_FOR,
                        printable(device, _LONGEST_DEVICE),
                        begun_by=BegunBy.FRESH_CODE,
                    )
                )
            unit.commit()
        return outcome if isinstance(outcome, CodeVerdict) else token

    def renew_recovery_codes(
        self, user_id: UserId, code: str, *, address: str
    ) -> tuple[str, ...] | CodeVerdict:
        """Make new recovery codes and return them, this once; the earlier ones no longer work."""
        address = printable(address, _LONGEST_ADDRESS)
        codes = new_codes(self._resources.ids)
        with self._resources.passwords.slot() as hashing:
            parts = [part for made in codes if (part := read_code(made))]
            hashed = tuple(HashedRecoveryCode(selector, hashing.hash(secret)) for selector, secret in parts)
        now = self._resources.clock.now()
        with self._resources.storage.writing() as unit:
            outcome = self._codes.check(unit, user_id, code, now, address, whose=SIGNED_IN)
            if not isinstance(outcome, CodeVerdict):
                self._replace_codes(unit, user_id, hashed, now, address)
            unit.commit()
        self._outbox.nudge()
        return outcome if isinstance(outcome, CodeVerdict) else codes

    def _replace_codes(
        self,
        unit: IdentityUnit,
        user_id: UserId,
        hashed: tuple[HashedRecoveryCode, ...],
        now: datetime,
        address: str,
    ) -> None:
        account, factor = unit.users.by_id(user_id), unit.factors.find(user_id)
        assert account is not None
        assert factor is not None
        unit.factors.put(factor, hashed, now)
        unit.events.record(SecurityEvent.RECOVERY_RENEWED, now, user_id, address)
        self._outbox.put(unit, "recovery_codes_renewed", account.user, now)

    def _reserve(self, user_id: UserId) -> tuple[Account, tuple[int, ...]]:
        now = self._resources.clock.now()
        with self._resources.storage.writing() as unit:
            account = unit.users.by_id(user_id)
            if account is None or account.disabled:
                raise NotSignedIn("Sign in to continue.")
            reserved = reserve(unit, {f"password:session:{user_id}": PASSWORDS_OF_ACCOUNT}, now)
            if isinstance(reserved, datetime):
                unit.events.record(SecurityEvent.PASSWORD_THROTTLED, now, user_id)
            unit.commit()
        if isinstance(reserved, datetime):
            seconds = int((reserved - now).total_seconds()) + 1
            raise TooManyAttempts("Too many tries with a wrong password; please wait.", retry_after=seconds)
        return account, reserved

    def _reopened(
        self,
        unit: IdentityUnit,
        account: Account,
        device: str,
        address: str,
        known_device: str,
        now: datetime,
    ) -> Session:
        name = printable(device, _LONGEST_DEVICE)
        session = self._book.open(unit, account, name, address, now)
        given = self._devices.remember(unit, account.user, known_device, name, address, now)
        return replace(session, device_token=given)
