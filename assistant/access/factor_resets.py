"""Resetting somebody's second factor takes two administrators: one asks, another decides.

Until then nothing changes, and the user is told by mail that it was asked for.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from assistant.access.account_changes import AccountChanges, locked
from assistant.access.outbox import Outbox
from assistant.access.resources import Resources, printable
from assistant.access.second_factor import CodeCheck
from assistant.access.throttling import SIGNED_IN
from assistant.domain.accounts import CodeVerdict, ResetDecision, ResetRequest
from assistant.domain.errors import Conflict, Forbidden, InvalidInput, NotFound
from assistant.domain.identifiers import UserId
from assistant.domain.principals import Permission, Principal, may
from assistant.domain.security_events import SecurityEvent
from assistant.ports.storage.identity import IdentityUnit

OPEN_FOR = timedelta(hours=24)
_LONGEST_REASON = 200


class FactorResets:
    """The use cases of a reset; for the service's administrators."""

    def __init__(
        self, resources: Resources, codes: CodeCheck, changes: AccountChanges, outbox: Outbox
    ) -> None:
        self._resources = resources
        self._codes = codes
        self._changes = changes
        self._outbox = outbox

    def open(self, principal: Principal) -> tuple[ResetRequest, ...]:
        """Return the resets that wait for a decision, oldest first. Raises Forbidden."""
        _check(principal)
        with self._resources.storage.reading() as unit:
            return unit.resets.open(self._resources.clock.now())

    def ask(
        self, principal: Principal, user_id: UserId, reason: str, code: str
    ) -> ResetRequest | CodeVerdict:
        """Ask for a reset. Raises Forbidden, NotFound, InvalidInput without a reason, Conflict where there is nothing to reset."""
        _check(principal)
        why = printable(reason, _LONGEST_REASON).strip()
        if not why:
            raise InvalidInput("reason", "is needed: say how you made sure who is asking")
        now = self._resources.clock.now()
        wanted = ResetRequest(
            self._resources.ids.new("FR"), user_id, principal.user_id, why, now, now + OPEN_FOR
        )

        def do(unit: IdentityUnit) -> None:
            account = locked(unit, user_id)
            if not account.user.enrolled or user_id == principal.user_id:
                raise Conflict("There is no second factor of somebody else to reset here.")
            unit.resets.add(wanted)
            unit.events.record(SecurityEvent.FACTOR_RESET_ASKED, now, user_id, actor_id=principal.user_id)
            self._outbox.put(unit, "factor_reset_asked", account.user, now, actor=principal.name)

        return self._act(principal, code, now, do) or wanted

    def decide(
        self, principal: Principal, reset_id: str, decision: ResetDecision, code: str
    ) -> str | CodeVerdict:
        """Decide a reset that another administrator asked for.

        Returns the address of the link to hand over where the user has no mail address, else nothing. Raises
        Forbidden to whoever asked for it and to the user it is about, and for what a former administrator asked for, NotFound when it is decided already or too old.
        """
        _check(principal)
        now, links = self._resources.clock.now(), [""]

        def do(unit: IdentityUnit) -> None:
            reset = next((reset for reset in unit.resets.open(now) if reset.id == reset_id), None)
            if reset is None:
                raise NotFound("There is no such reset to decide.")
            if principal.user_id in {reset.asked_by, reset.user_id}:
                raise Forbidden("Another administrator has to decide this.")
            if decision is ResetDecision.APPROVED and not _still_may(unit, reset.asked_by):
                raise Forbidden(
                    "Whoever asked for this is no longer an administrator. Refuse it and ask again."
                )
            if not unit.resets.decide(reset.id, decision, principal.user_id, now):
                raise NotFound("There is no such reset to decide.")
            if decision is ResetDecision.REFUSED:
                unit.events.record(
                    SecurityEvent.FACTOR_RESET_REFUSED, now, reset.user_id, actor_id=principal.user_id
                )
                return
            user = locked(unit, reset.user_id).user
            token = self._changes.reset_factor(unit, user, principal, now)
            links[0] = "" if user.email else self._changes.address_of_link(token)

        return self._act(principal, code, now, do) or links[0]

    def _act(
        self, principal: Principal, code: str, now: datetime, do: Callable[[IdentityUnit], None]
    ) -> CodeVerdict | None:
        with self._resources.storage.writing() as unit:
            acting = locked(unit, principal.user_id)
            if acting.disabled:
                raise Forbidden("Your own role has changed. Sign in again.")
            _check(acting.user.principal)
            outcome = self._codes.check(unit, principal.user_id, code, now, whose=SIGNED_IN)
            if isinstance(outcome, CodeVerdict):
                unit.commit()
                return outcome
            do(unit)
            unit.commit()
        self._outbox.nudge()
        return None


def _still_may(unit: IdentityUnit, user_id: UserId) -> bool:
    account = unit.users.by_id(user_id)
    return (
        account is not None
        and account.user.active
        and may(account.user.principal, Permission.USERS_ADMINISTER)
    )


def _check(principal: Principal) -> None:
    if not may(principal, Permission.USERS_ADMINISTER):
        raise Forbidden("This role resets no second factors.")
