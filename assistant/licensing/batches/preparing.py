"""Preparing a batch and previewing it: every row in turn on one state, kept so that it can be paged through and confirmed."""

from collections.abc import Iterable, Mapping, Sequence

from assistant.domain.actions import Action, Cancel, Crossgrade
from assistant.domain.batches import Batch
from assistant.domain.bulk import (
    BULK_ACTIONS,
    MOST_ROWS,
    Assessed,
    BatchState,
    BulkRow,
    assess_all,
    batch_quote,
)
from assistant.domain.change_many import ChangeMany
from assistant.domain.customers import Customer
from assistant.domain.errors import Forbidden, InvalidInput, NotFound
from assistant.domain.identifiers import BatchId, CustomerId, PartnerId, SubscriptionId
from assistant.domain.partners import Partner
from assistant.domain.periods import local_date
from assistant.domain.principals import Permission, Principal
from assistant.domain.quotes import Quote
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.situations import PartnerSituation
from assistant.licensing.scope import NO_CUSTOMER, Surroundings, partner_of
from assistant.ports.clock import Ids
from assistant.ports.storage import Storage
from assistant.ports.storage.licensing import LicensingUnit

_SEVERAL = 500
"""How many customers are asked for by their ids; of more, all of the partner's are read."""
_LOOKS_AT_USE = (Cancel, Crossgrade)


def changing(unit: LicensingUnit, principal: Principal) -> Partner:
    """Return the partner whose licences the principal may change. Raises Forbidden."""
    partner = partner_of(unit, principal, Permission.LICENCES_CHANGE)
    if partner is None:
        raise Forbidden("Your role does not change licences. Ask a partner administrator of your company.")
    return partner


def prepare(
    storage: Storage[LicensingUnit],
    principal: Principal,
    rows: Sequence[BulkRow],
    around: Surroundings,
    ids: Ids,
) -> BatchId:
    """Keep rows as a batch that can be previewed. Raises Forbidden, InvalidInput, NotFound for a customer out of reach."""
    if not 1 <= len(rows) <= MOST_ROWS:
        raise InvalidInput("rows", f"must be 1 to {MOST_ROWS} changes")
    if len({row.row for row in rows}) != len(rows):
        raise InvalidInput("rows", "must have a number each that no other has")
    if any(row.action is not None and not isinstance(row.action, BULK_ACTIONS) for row in rows):
        raise InvalidInput("rows", "must be changes that can be made in a batch: " + _ops())
    batch_id = BatchId(ids.new("B"))
    with storage.writing() as unit:
        partner = changing(unit, principal)
        known = customers_of(unit, partner.id, rows)
        if any(row.action is not None and row.action.customer_id not in known for row in rows):
            raise NotFound(NO_CUSTOMER)
        batch = Batch(batch_id, principal.user_id, principal.name, BatchState.PREPARED, around.now, len(rows))
        unit.batches.add(partner.id, batch, rows)
        unit.commit()
    return batch_id


def preview_batch(
    storage: Storage[LicensingUnit], principal: Principal, action: ChangeMany, around: Surroundings
) -> Quote | Refusal:
    """Assess a prepared batch as of now and keep what each row says. Raises Forbidden, NotFound."""
    with storage.reading() as unit:
        partner = changing(unit, principal)
        batch = batch_of(unit, partner.id, action.batch_id)
        if batch.state is not BatchState.PREPARED:
            return Refusal(RefusalCode.BATCH_GONE)
        rows = unit.batches.rows(partner.id, batch.id)
        first = first_situation(unit, partner, around)
        customers = customers_of(unit, partner.id, rows)
        used = used_by(unit, partner.id, (row.action for row in rows))
    assessed = assess_all(rows, first, customers, used)
    quote = batch_quote(action, assessed, first)
    if batch.quote != quote:
        _keep(storage, partner.id, batch.id, quote, assessed)
    return quote


def batch_of(unit: LicensingUnit, partner_id: PartnerId, batch_id: BatchId) -> Batch:
    """Return a batch of this partner. Raises NotFound, alike for a foreign one and for one that never was."""
    batch = unit.batches.get(partner_id, batch_id)
    if batch is None:
        raise NotFound("There is no such batch.")
    return batch


def first_situation(unit: LicensingUnit, partner: Partner, around: Surroundings) -> PartnerSituation:
    """Return the situation that the first of several changes meets."""
    today = local_date(around.now, partner.time_zone)
    return PartnerSituation(
        partner=partner,
        catalogue=around.catalogue,
        policy=around.policy,
        now=around.now,
        total=unit.seats.total(partner.id, today),
        approved=unit.approvals.versions(partner.id),
    )


def customers_of(
    unit: LicensingUnit, partner_id: PartnerId, rows: Iterable[BulkRow]
) -> dict[CustomerId, Customer]:
    """Return the customers that rows are about, in one reading."""
    wanted = {row.action.customer_id for row in rows if row.action and row.action.customer_id}
    found = unit.customers.several(partner_id, wanted if len(wanted) <= _SEVERAL else None)
    return {customer.id: customer for customer in found}


def used_by(
    unit: LicensingUnit, partner_id: PartnerId, actions: Iterable[Action | None]
) -> Mapping[CustomerId, Mapping[SubscriptionId, int]]:
    """Return the seats in use at the customers of those changes that look at them."""
    looking = {action.customer_id for action in actions if isinstance(action, _LOOKS_AT_USE)}
    return {customer_id: unit.usage_samples.newest(partner_id, customer_id) for customer_id in looking}


def _keep(
    storage: Storage[LicensingUnit],
    partner_id: PartnerId,
    batch_id: BatchId,
    quote: Quote | Refusal,
    assessed: Sequence[Assessed],
) -> None:
    with storage.writing() as unit:
        shown = quote if isinstance(quote, Quote) else None
        if unit.batches.show(partner_id, batch_id, shown, assessed):
            unit.commit()


def _ops() -> str:
    return ", ".join(sorted(action.op for action in BULK_ACTIONS))
