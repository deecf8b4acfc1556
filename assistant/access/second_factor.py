"""Checking one-time codes: each works once, and the tries are few."""

from datetime import datetime

from assistant.access import totp
from assistant.access.resources import Resources
from assistant.access.throttling import CODES, FAILURES_IN_A_ROW, SIGNED_IN, code_key, reserve
from assistant.domain.accounts import CodeOutcome, CodeVerdict
from assistant.domain.identifiers import UserId
from assistant.domain.quotes import StepUp
from assistant.domain.security_events import SecurityEvent
from assistant.ports.storage.identity import Factor, IdentityUnit

_EVENT_OF = {CodeOutcome.WRONG: SecurityEvent.CODE_WRONG, CodeOutcome.USED: SecurityEvent.CODE_USED}


class CodeCheck:
    """Accepts each code of each factor at most once."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources

    def accept(self, user_id: UserId, code: str, capsule_hash: str) -> StepUp | CodeVerdict:
        """Use a code up for one capsule; see the port."""
        now = self._resources.clock.now()
        with self._resources.storage.writing() as unit:
            outcome = self.check(unit, user_id, code, now, whose=SIGNED_IN)
            unit.commit()
        if isinstance(outcome, CodeVerdict):
            return outcome
        return StepUp(user_id=user_id, capsule_hash=capsule_hash, accepted_at=now)

    def check(
        self,
        unit: IdentityUnit,
        user_id: UserId,
        typed: str,
        now: datetime,
        address: str = "",
        *,
        whose: str = "",
    ) -> int | CodeVerdict:
        """Check a code and use up its step in the caller's transaction, which must commit either way.

        ``whose`` budget of tries it is: the user's open sessions', a known device's, or (empty) that of all strangers.

        The try is counted first. Were the count and the check two transactions, the only difference would be that
        more callers could wait between them.
        """
        if not typed.strip():
            # nothing was typed, so nothing was tried
            return CodeVerdict(CodeOutcome.WRONG)
        unit.serialise(code_key(user_id))
        account, factor = unit.users.by_id(user_id), unit.factors.find(user_id)
        if account is None or account.disabled or factor is None:
            return CodeVerdict(CodeOutcome.NOT_ENROLLED)
        closed = factor.failures_in_a_row >= FAILURES_IN_A_ROW
        reserved = None if closed else reserve(unit, {code_key(user_id, whose): CODES}, now)
        if not isinstance(reserved, tuple):
            unit.events.record(SecurityEvent.CODE_THROTTLED, now, user_id, address)
            return CodeVerdict(CodeOutcome.LOCKED, reserved)
        outcome = self._use(unit, factor, typed, now)
        if isinstance(outcome, CodeOutcome):
            unit.factors.count_failure(user_id)
            unit.events.record(_EVENT_OF[outcome], now, user_id, address)
            return CodeVerdict(outcome)
        unit.attempts.remove(reserved)
        unit.events.record(SecurityEvent.CODE_ACCEPTED, now, user_id, address)
        return outcome

    def _use(self, unit: IdentityUnit, factor: Factor, typed: str, now: datetime) -> int | CodeOutcome:
        digits = totp.read_digits(typed)
        if digits is None:
            return CodeOutcome.WRONG
        secret = self._resources.vault.open(factor.sealed_secret, factor.user_id)
        present = totp.step_of(now)
        step = totp.judge(totp.steps_of(secret, digits, present), present, factor.last_step)
        if isinstance(step, int) and not unit.factors.use_step(factor.user_id, step):
            return CodeOutcome.USED
        return step
