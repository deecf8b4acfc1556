"""Batches as due work: what was confirmed is made to its end whoever began it, and what was never confirmed is forgotten."""

from collections.abc import Mapping
from datetime import timedelta

from assistant.domain.identifiers import PartnerId
from assistant.licensing.batches.running import Runner
from assistant.licensing.scope import Surroundings
from assistant.ports.clock import Ids
from assistant.ports.storage import Storage
from assistant.ports.storage.licensing import LicensingUnit

KEPT = timedelta(days=7)
"""How long a batch that nobody confirms can be confirmed."""


def finish_batches(
    storage: Storage[LicensingUnit], partner_id: PartnerId, around: Surroundings, ids: Ids
) -> Mapping[str, int]:
    """Make the outstanding changes of a partner's confirmed batches; return how many changes of batches were made."""
    runner, made = Runner(storage, around, ids), 0
    with storage.reading() as unit:
        running = unit.batches.running(partner_id)
        started = {batch_id: unit.batches.get(partner_id, batch_id) for batch_id in running}
    for batch_id, before in started.items():
        view = runner.go_on(partner_id, batch_id, before.rows if before else 1)
        made += view.done - (before.done if before else 0)
    with storage.writing() as unit:
        if unit.batches.forget(partner_id, around.now - KEPT):
            unit.commit()
    return {"batch_changes": made} if made else {}
