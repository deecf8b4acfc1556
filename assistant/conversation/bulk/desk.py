"""Batches as the doors use them: read a table, show what it would do page by page, confirm it with a code, follow it to its end."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.conversation.bulk.lines import TARGETED, Cell, Fault, Known, Reader, flows_named, lines_of
from assistant.conversation.bulk.wording import what_changes
from assistant.conversation.flow import Flow
from assistant.conversation.replies import cites, lines
from assistant.conversation.wording import Wording
from assistant.domain.accounts import CodeVerdict
from assistant.domain.batches import (
    MOST_SHOWN,
    BatchById,
    Batches,
    BatchItems,
    BatchView,
    ItemView,
    PlansOfAll,
)
from assistant.domain.bulk import BulkRow
from assistant.domain.change_many import ChangeMany
from assistant.domain.errors import Forbidden, QuoteOutdated
from assistant.domain.identifiers import BatchId
from assistant.domain.lookups import PlanChoices
from assistant.domain.principals import Permission, Principal, may
from assistant.domain.quotes import Capsule, QuoteValue, Receipt
from assistant.domain.refusals import Refusal
from assistant.ports.access import SecondFactor
from assistant.ports.clock import Clock
from assistant.ports.licensing import Licensing

FLOW = "bulk"
_HEADS = ("Row", "Customer", "Change", "Before and after", "Outcome", "Reference", "Reason")


@dataclass(frozen=True)
class BatchDesk:
    """Reads, shows, confirms and follows batches for one principal at a time.

    ``flows`` are all flows by their ids, the one for batches among them.
    """

    licensing: Licensing
    flows: Mapping[str, Flow]
    wording: Wording
    second_factor: SecondFactor
    clock: Clock

    def read(
        self, principal: Principal, table: Sequence[Sequence[Cell]]
    ) -> tuple[tuple[BulkRow, ...], tuple[Fault, ...]]:
        """Return the changes that a table asks for, and all that is wrong with it. Raises InvalidInput, Forbidden."""
        _refuse_without_right(principal)
        found = lines_of(table)
        known = self._known(principal, tuple(flows_named(found, self.flows, self.wording)))
        reader = Reader(self.flows, known, self.wording, self.clock.now().date())
        return reader.read(found)

    def prepare(self, principal: Principal, rows: Sequence[BulkRow]) -> BatchId:
        """Keep the changes as a batch. Raises Forbidden, InvalidInput, NotFound."""
        return self.licensing.prepare(principal, rows)

    def preview(self, principal: Principal, batch_id: BatchId) -> Capsule | Refusal:
        """Return what has to be confirmed for a batch, or why it cannot be. Raises Forbidden, NotFound."""
        outcome = self.licensing.preview(principal, ChangeMany(batch_id))
        if isinstance(outcome, Refusal):
            return outcome
        return Capsule(FLOW, self.flows[FLOW].version, batch_id, principal.user_id, outcome)

    def confirm(
        self, principal: Principal, batch_id: BatchId, capsule_hash: str, code: str
    ) -> Receipt | Refusal | CodeVerdict:
        """Confirm a batch as it was shown, with a code that is used up for it; its changes are then made one by one.

        Raises QuoteOutdated where it would no longer be as shown, and then no code is used up.
        """
        earlier = self.licensing.status(principal, capsule_hash)
        if earlier is not None:
            return earlier
        capsule = self.preview(principal, batch_id)
        if isinstance(capsule, Refusal):
            return capsule
        if capsule.hash != capsule_hash:
            raise QuoteOutdated(
                "Something changed since this preview; look at the new one. Nothing was changed."
            )
        proof = self.second_factor.accept(principal.user_id, code, capsule.hash)
        return proof if isinstance(proof, CodeVerdict) else self.licensing.execute(principal, capsule, proof)

    def far(self, principal: Principal, batch_id: BatchId) -> BatchView:
        """Tell how far a batch is; asking makes the next changes of a running one. Raises NotFound."""
        view = self.licensing.look_up(principal, BatchById(batch_id))
        goes_on = view.waiting and view.reference and may(principal, Permission.LICENCES_CHANGE)
        return self.licensing.go_on(principal, batch_id) if goes_on else view

    def stop(self, principal: Principal, batch_id: BatchId) -> BatchView:
        """Let a running batch begin no further change. Raises Forbidden, NotFound."""
        return self.licensing.stop(principal, batch_id)

    def newest(self, principal: Principal) -> tuple[BatchView, ...]:
        """Return the partner's newest confirmed batches."""
        return self.licensing.look_up(principal, Batches())

    def items(
        self, principal: Principal, batch_id: BatchId, offset: int = 0, limit: int = 100
    ) -> list[dict[str, Any]]:
        """Return items of a batch in words, from a place on. Raises NotFound, InvalidInput."""
        found = self.licensing.look_up(principal, BatchItems(batch_id, offset, limit))
        return [self._worded(item) for item in found]

    def result(self, principal: Principal, batch_id: BatchId) -> Iterator[tuple[QuoteValue, ...]]:
        """Yield the rows of the result file, heads first. Raises NotFound."""
        view = self.licensing.look_up(principal, BatchById(batch_id))
        yield _HEADS
        for offset in range(0, view.rows, MOST_SHOWN):
            for item in self.items(principal, batch_id, offset, MOST_SHOWN):
                yield tuple(
                    item[name]
                    for name in ("row", "customer", "change", "what", "outcome_text", "reference", "reason")
                )

    def preview_words(self, capsule: Capsule) -> dict[str, Any]:
        """Return what is shown of a batch as a whole before it is confirmed."""
        quote = capsule.quote
        return {
            "lines": lines(quote.values, self.wording),
            "consequences": [
                {"text": self.wording.consequence(c), "cites": cites(c.cites)} for c in quote.consequences
            ],
            "cites": cites(quote.cites),
            "confirm": self.wording.say(f"flow.{FLOW}.confirm", **quote.values),
            "values": dict(quote.values),
            "hash": capsule.hash,
            "short_hash": capsule.short_hash,
        }

    def refusal_words(self, refusal: Refusal) -> str:
        """Return a refusal in words."""
        return self.wording.refusal(refusal)

    def _known(self, principal: Principal, ops: Sequence[str]) -> Known:
        look_up = self.licensing.look_up
        own = {op: look_up(principal, PlansOfAll("seats" if op in TARGETED else op)) for op in ops}
        plans = {op: look_up(principal, PlanChoices(op)) for op in ops if op in TARGETED}
        return Known(own, plans)

    def _worded(self, item: ItemView) -> dict[str, Any]:
        return {
            "row": item.row,
            "customer": item.customer,
            "op": item.op,
            "change": self.wording.title(item.op) if item.op else "",
            "what": what_changes(item.values, self.wording),
            "before": {name: self.wording.shown(value, name) for name, value in item.before.items()},
            "after": {name: self.wording.shown(value, name) for name, value in item.after.items()},
            "values": item.values,
            "outcome": item.outcome,
            "outcome_text": self.wording.say(f"bulk.outcome_{item.outcome}"),
            "reference": item.reference,
            "reason": self.wording.refusal(item.refusal) if item.refusal else None,
            "cites": cites(item.refusal.cites) if item.refusal else [],
        }


def _refuse_without_right(principal: Principal) -> None:
    if not may(principal, Permission.LICENCES_CHANGE):
        raise Forbidden("Your role does not change licences. Ask a partner administrator of your company.")
