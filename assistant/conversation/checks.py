"""Checks of flows before anything runs: all faults of all flows in one report, and a bad flow stops start-up."""

from collections import Counter
from collections.abc import Iterable, Iterator

from assistant.conversation.flow import Flow, Slot
from assistant.conversation.wording import Wording


class FlowFaults(Exception):
    """The declarations are wrong; ``faults`` names flow, place and remedy of each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def check_flows(flows: Iterable[Flow], wording: Wording) -> None:
    """Refuse duplicate ids, slots that can never be asked, and missing wording. Raises FlowFaults."""
    flows = list(flows)
    faults = [
        f"flow {fid}: declared twice; give one another id"
        for fid, n in Counter(f.id for f in flows).items()
        if n > 1
    ]
    for flow in flows:
        faults.extend(f"flow {flow.id}: {fault}" for fault in _faults(flow, wording))
    if faults:
        raise FlowFaults(faults)


def _faults(flow: Flow, wording: Wording) -> Iterator[str]:
    if not flow.slots:
        yield "has no slots, so its preview would be unasked; declare what it has to know"
    if not flow.phrases:
        yield "no phrase starts it; add some"
    for part in ("title", "name", "confirm", "done", "next"):
        key = f"flow.{flow.id}.{part}"
        if not wording.has(key):
            yield f"wording {key} is missing; add it"
    yield from _slot_faults(flow, wording)


def _slot_faults(flow: Flow, wording: Wording) -> Iterator[str]:
    names = [slot.name for slot in flow.slots]
    for name, count in Counter(names).items():
        if count > 1:
            yield f"slot {name} is declared twice; remove one"
    for position, slot in enumerate(flow.slots):
        for needed in (*slot.depends_on, *((slot.relative_to,) if slot.relative_to else ())):
            if needed not in names[:position]:
                yield f"slot {slot.name} needs {needed}, which is not asked before it; move it up"
        if slot.kind.listed and not (slot.look_up or slot.options):
            yield f"slot {slot.name} has nothing to pick from; give it a look_up or options"
        if slot.optional and slot.when:
            yield f"slot {slot.name} is optional and has a condition; a rule that wants it could never get it"
        for key in _keys(flow, slot):
            if not wording.has(key):
                yield f"slot {slot.name} has no wording; add {key}"


def _keys(flow: Flow, slot: Slot) -> Iterator[str]:
    yield f"ask.{flow.id}.{slot.name}"
    if slot.relative_to:
        yield f"ask.{flow.id}.{slot.name}_more"
        yield f"ask.{flow.id}.{slot.name}_fewer"
    yield f"invalid.{slot.name}"
    yield f"invalid.example_{slot.name}"
