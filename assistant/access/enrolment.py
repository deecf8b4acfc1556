"""Setting up a second factor: it counts only once a code was right and its owner has the recovery codes.

Everything about an enrolment under way is kept with its sign-in, so leaving early changes nothing.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from assistant.access import totp
from assistant.access.account_changes import end_everything
from assistant.access.devices import Devices
from assistant.access.outbox import Outbox
from assistant.access.recovery import new_codes, read_code
from assistant.access.resources import Resources, printable
from assistant.access.sessions import SessionBook
from assistant.access.sign_in import find_pending, spend
from assistant.access.throttling import code_key
from assistant.domain.accounts import CodeOutcome, CodeVerdict, Enrolment, Session, may_enrol
from assistant.domain.errors import Conflict
from assistant.domain.security_events import SecurityEvent
from assistant.ports.storage.identity import (
    Account,
    Factor,
    HashedRecoveryCode,
    IdentityUnit,
    PendingEnrolment,
    PendingSignIn,
)

ENROLMENT_FOR = timedelta(minutes=15)
"""Installing an app and writing codes down takes longer than typing a code."""
_LONGEST_ADDRESS = 64
_IN_FORCE = "A second factor is in force already."
_BY_LINK = "The second factor of this account is set up with a link. Use the link you were sent, or ask for a new one."


class Enrolling:
    """The three steps of setting up a second factor."""

    def __init__(self, resources: Resources, book: SessionBook, devices: Devices, outbox: Outbox) -> None:
        self._resources = resources
        self._book = book
        self._devices = devices
        self._outbox = outbox

    def enrol(self, token: str) -> Enrolment:
        """Start an enrolment or show the one under way again."""
        now = self._resources.clock.now()
        with self._resources.storage.writing() as unit:
            pending, account = _not_enrolled(unit, token, now)
            if pending.enrolment:
                secret = self._resources.vault.open(pending.enrolment.sealed_secret, account.id)
            else:
                secret = totp.new_secret(self._resources.ids)
                sealed = PendingEnrolment(self._resources.vault.seal(secret, account.id))
                unit.sign_ins.save_enrolment(pending.token_hash, sealed, now + ENROLMENT_FOR)
                unit.commit()
        return Enrolment(secret=secret, uri=totp.enrolment_uri(secret, account.user.username))

    def confirm(self, token: str, code: str) -> tuple[str, ...] | CodeVerdict:
        """Check the first code of the new factor and return its recovery codes.

        Confirming again with a later code makes new recovery codes and forgets the earlier ones.
        """
        now = self._resources.clock.now()
        step = self._judge(token, code, now)
        if isinstance(step, CodeVerdict):
            return step
        codes = new_codes(self._resources.ids)
        hashed = self._hashed(codes)
        with self._resources.storage.writing() as unit:
            pending, _ = _not_enrolled(unit, token, now)
            assert pending.enrolment is not None
            if step <= _last_step(pending.enrolment):
                return CodeVerdict(CodeOutcome.USED)
            verified = replace(pending.enrolment, verified_step=step, codes=hashed)
            unit.sign_ins.save_enrolment(pending.token_hash, verified, pending.expires_at)
            unit.commit()
        return codes

    def acknowledge(self, token: str, *, address: str, known_device: str = "") -> Session:
        """Put the verified factor in force and open a session. Raises Conflict before a code was right.

        A factor that it replaces is gone with its recovery codes, and so are all other sessions.
        """
        now = self._resources.clock.now()
        address = printable(address, _LONGEST_ADDRESS)
        with self._resources.storage.writing() as unit:
            pending, account = _not_enrolled(unit, token, now)
            enrolment = pending.enrolment
            if enrolment is None or enrolment.verified_step is None:
                raise Conflict("The new second factor has not been confirmed with a code yet.")
            spend(unit, pending, now)
            factor = Factor(account.id, enrolment.sealed_secret, enrolment.verified_step, failures_in_a_row=0)
            unit.serialise(code_key(account.id))
            unit.factors.put(factor, enrolment.codes, now)
            self._note(unit, account, address, now)
            enrolled = unit.users.by_id(account.id)
            assert enrolled is not None
            session = self._book.open(unit, enrolled, pending.device, address, now)
            given = self._devices.remember(unit, account.user, known_device, pending.device, address, now)
            unit.commit()
        self._outbox.nudge()
        return replace(session, device_token=given)

    def _note(self, unit: IdentityUnit, account: Account, address: str, now: datetime) -> None:
        if not account.user.enrolled:
            unit.events.record(SecurityEvent.FACTOR_ENROLLED, now, account.id, address)
            return
        end_everything(unit, account.id, now)
        unit.devices.forget(account.id)
        unit.events.record(SecurityEvent.FACTOR_REPLACED, now, account.id, address)
        self._outbox.put(unit, "factor_changed", account.user, now, place=address or "?")

    def _judge(self, token: str, code: str, now: datetime) -> int | CodeVerdict:
        with self._resources.storage.reading() as unit:
            pending, account = _not_enrolled(unit, token, now)
        digits = totp.read_digits(code)
        if pending.enrolment is None:
            return CodeVerdict(CodeOutcome.NOT_ENROLLED)
        if digits is None:
            return CodeVerdict(CodeOutcome.WRONG)
        secret = self._resources.vault.open(pending.enrolment.sealed_secret, account.id)
        present = totp.step_of(now)
        step = totp.judge(totp.steps_of(secret, digits, present), present, _last_step(pending.enrolment))
        return CodeVerdict(step) if isinstance(step, CodeOutcome) else step

    def _hashed(self, codes: tuple[str, ...]) -> tuple[HashedRecoveryCode, ...]:
        with self._resources.passwords.slot() as hashing:
            parts = [part for code in codes if (part := read_code(code))]
            return tuple(HashedRecoveryCode(selector, hashing.hash(secret)) for selector, secret in parts)


def _not_enrolled(unit: IdentityUnit, token: str, now: datetime) -> tuple[PendingSignIn, Account]:
    _, account = find_pending(unit, token, now)
    unit.serialise(f"enrolment:{account.id}")
    # read again: who held the lock before may have gone on with this very sign-in
    pending, account = find_pending(unit, token, now)
    enrolled = unit.factors.find(account.id) is not None
    if not may_enrol(pending.begun_by, enrolled=enrolled, by_link_only=account.enrols_by_link):
        raise Conflict(_IN_FORCE if enrolled else _BY_LINK)
    return pending, account


def _last_step(enrolment: PendingEnrolment) -> int:
    return totp.NEVER if enrolment.verified_step is None else enrolment.verified_step
