"""Completing a case by a step of the platform that only the vendor's desk records: previewed, and confirmed with the operator's own code.

What was recorded stands in the partner's audit, under a receipt whose reference completes the case. A crash between the two is
settled by confirming again: what was executed gives its receipt, and uses up no code.
"""

from dataclasses import dataclass

from assistant.conversation.operator_desk import OperatorDesk
from assistant.conversation.replies import preview_block
from assistant.domain.accounts import CodeVerdict
from assistant.domain.actions import MigrationStep
from assistant.domain.case_lookups import Cases
from assistant.domain.cases import DESK_STATES
from assistant.domain.errors import Conflict, InvalidInput, NotFound
from assistant.domain.hand_offs import refuse_stale_version
from assistant.domain.identifiers import CaseId, CustomerId, HandOffId
from assistant.domain.principals import Principal
from assistant.domain.quotes import Capsule, Receipt
from assistant.domain.refusals import Refusal
from assistant.ports.access import SecondFactor
from assistant.ports.hand_offs import DeskStep, HandOffView, StepPreview, StepTaken

_FLOW = "migration_step"
_STEP = next(iter(DESK_STATES)).value


@dataclass(frozen=True)
class DeskSteps:
    """The steps of the platform that complete cases."""

    desk: OperatorDesk
    second_factor: SecondFactor

    def possible(self, principal: Principal, reference: HandOffId) -> list[DeskStep]:
        """Return the migrations of the case's customer that wait for the desk. Raises Forbidden, NotFound."""
        customer = _customer(self.desk.show(principal, reference))
        if customer is None:
            return []
        cases = self.desk.licensing.look_up(principal, Cases(customer))
        return [
            {"migration": case.id, "label": f"{case.product}, {case.plan}", "step": _STEP}
            for case in cases
            if _STEP in case.next
        ]

    def preview(
        self, principal: Principal, reference: HandOffId, migration: str, evidence: str
    ) -> StepPreview:
        """Show what recording the step would do. Raises Forbidden, NotFound, Conflict, InvalidInput for what a rule refuses."""
        capsule = self._capsule(principal, self._mine(principal, reference), migration, evidence)
        return {**preview_block(capsule, self.desk.wording), "hash": capsule.hash}  # type: ignore[typeddict-item]

    def complete(
        self, principal: Principal, reference: HandOffId, seen: int | None, taken: StepTaken
    ) -> HandOffView:
        """Record the step that was shown, and complete the case under its reference.

        Raises Forbidden, NotFound, Conflict where anything changed since, InvalidInput for a code that is not accepted.
        """
        case = self._mine(principal, reference)
        refuse_stale_version(case["version"], seen)
        receipt = self.desk.licensing.status(principal, taken.hash) or self._executed(principal, case, taken)
        return self.desk.complete(principal, reference, None, taken.text, receipt.reference)

    def _executed(self, principal: Principal, case: HandOffView, taken: StepTaken) -> Receipt:
        capsule = self._capsule(principal, case, taken.migration, taken.evidence)
        if capsule.hash != taken.hash:
            raise Conflict("Something changed since this was shown; nothing was changed. Check it again.")
        proof = self.second_factor.accept(principal.user_id, taken.code, capsule.hash)
        if isinstance(proof, CodeVerdict):
            until = self.desk.wording.instant(proof.retry_at)
            raise InvalidInput("code", self.desk.wording.say(f"notice.code_{proof.outcome}", until=until))
        outcome = self.desk.licensing.execute(principal, capsule, proof)
        if isinstance(outcome, Refusal):
            raise InvalidInput("migration", self.desk.wording.refusal(outcome))
        return outcome

    def _capsule(self, principal: Principal, case: HandOffView, migration: str, evidence: str) -> Capsule:
        customer = _customer(case)
        if customer is None:
            raise NotFound("There is no such migration.")
        action = MigrationStep(customer, CaseId(migration), _STEP, evidence)
        quote = self.desk.licensing.preview(principal, action)
        if isinstance(quote, Refusal):
            field = "evidence" if quote.slot == "reason" else "migration"
            raise InvalidInput(field, self.desk.wording.refusal(quote))
        return Capsule(_FLOW, 1, case["reference"], principal.user_id, quote)

    def _mine(self, principal: Principal, reference: HandOffId) -> HandOffView:
        case = self.desk.show(principal, reference)
        if "complete" not in case["can"]:
            raise Conflict("Claim this case first; nothing was changed.")
        return case


def _customer(case: HandOffView) -> CustomerId | None:
    slots = {slot["name"]: slot["id"] for slot in case["record"]["slots"]}
    return CustomerId(slots["customer"]) if "customer" in slots else None
