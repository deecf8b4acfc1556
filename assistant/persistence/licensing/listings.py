"""Long lists out of rows: searching, sorting and cutting are the database's work, whatever the number of customers."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, false, func, or_, select, true

from assistant.domain.customers import Customer
from assistant.domain.identifiers import PartnerId
from assistant.domain.naming import name_key
from assistant.domain.page_lookups import ChangesBy, CustomerKind, CustomerOrder, CustomersBy
from assistant.persistence.licensing import rows
from assistant.persistence.licensing.audit import entry_of
from assistant.persistence.licensing.customers import active_on
from assistant.persistence.tables.licensing import audit_entries, customers, subscriptions
from assistant.ports.storage.licensing_listings import FoundChanges, FoundCustomers

_RANKS = (CustomerKind.ENDING, CustomerKind.TRIAL, CustomerKind.DISABLED, CustomerKind.ACTIVE)
"""What needs attention first; whoever is none of these comes last."""


class SqlListings:
    """Reads cuts of the customers and of the audit."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def customers(self, partner_id: PartnerId, asked: CustomersBy, today: date) -> FoundCustomers:
        """Return a cut of the partner's customers as of a day."""
        mine = customers.c.partner_id == partner_id
        kinds = self._kinds(partner_id, asked, today)
        wanted = and_(mine, *_named(asked.words), kinds[asked.only] if asked.only else true())
        found = self._count(select(customers.c.id).where(wanted))
        narrowed = bool(asked.words or asked.only)
        total = self._count(select(customers.c.id).where(mine)) if narrowed else found
        cut = _sorted(select(customers.c.id).where(wanted), partner_id, asked, today, kinds)
        ids = list(self._connection.scalars(cut.offset(asked.offset).limit(asked.limit)))
        return FoundCustomers(self._light(ids), found, total)

    def changes(self, partner_id: PartnerId, asked: ChangesBy) -> FoundChanges:
        """Return a cut of the partner's changes, newest first."""
        columns = audit_entries.c
        conditions = [columns.partner_id == partner_id]
        if asked.customer_id is not None:
            conditions.append(columns.customer_id == asked.customer_id)
        if asked.customer:
            named = and_(customers.c.partner_id == partner_id, *_named(asked.customer))
            conditions.append(columns.customer_id.in_(select(customers.c.id).where(named)))
        if asked.act:
            conditions.append(columns.op == asked.act)
        conditions += [columns.actor.icontains(word, autoescape=True) for word in asked.person.split()]
        found = self._count(select(columns.seq).where(*conditions))
        cut = select(audit_entries).where(*conditions).order_by(columns.at.desc(), columns.seq.desc())
        entries = self._connection.execute(cut.offset(asked.offset).limit(asked.limit))
        return FoundChanges(tuple(entry_of(row) for row in entries), found)

    def _count(self, found: Select[Any]) -> int:
        return int(self._connection.scalar(select(func.count()).select_from(found.subquery())) or 0)

    def _light(self, ids: Sequence[str]) -> tuple[Customer, ...]:
        heads = self._connection.execute(select(customers).where(customers.c.id.in_(ids))).all()
        plans = (
            select(subscriptions)
            .where(subscriptions.c.customer_id.in_(ids))
            .order_by(subscriptions.c.position)
        )
        loaded = rows.assemble(heads, self._connection.execute(plans).all(), (), ())
        by_id = {str(customer.id): customer for customer in loaded}
        return tuple(by_id[customer_id] for customer_id in ids)

    def _kinds(
        self, partner_id: PartnerId, asked: CustomersBy, today: date
    ) -> dict[CustomerKind, ColumnElement[bool]]:
        by_state = asked.order is CustomerOrder.STATE or asked.only is CustomerKind.ENDING
        notices = self._notices(partner_id) if by_state else []
        active, trial = active_on(today), subscriptions.c.trial
        return {
            CustomerKind.ACTIVE: and_(
                customers.c.enabled == true(), _has(partner_id, active, trial == false())
            ),
            CustomerKind.TRIAL: _has(partner_id, active, trial == true()),
            CustomerKind.ENDING: _has(partner_id, active, _ending(notices, today)),
            CustomerKind.DISABLED: customers.c.enabled == false(),
        }

    def _notices(self, partner_id: PartnerId) -> list[int]:
        notice = subscriptions.c.notice_days
        found = select(notice).where(subscriptions.c.partner_id == partner_id).distinct()
        return list(self._connection.scalars(found))


def _named(words: str) -> Iterator[ColumnElement[bool]]:
    return (customers.c.name_key.contains(word, autoescape=True) for word in name_key(words).split())


def _has(partner_id: PartnerId, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    # one pass over the partner's plans costs less than looking into each customer's
    mine = select(subscriptions.c.customer_id).where(subscriptions.c.partner_id == partner_id, *conditions)
    return customers.c.id.in_(mine)


def _ending(notices: Sequence[int], today: date) -> ColumnElement[bool]:
    # each notice by itself: the databases have no common way to add days to a column
    columns = subscriptions.c
    ends = case((columns.renew_months.is_(None), columns.expires), else_=columns.retires)
    within = (and_(columns.notice_days == n, ends <= today + timedelta(days=n)) for n in notices)
    return or_(false(), *within)


def _sorted(
    found: Select[Any],
    partner_id: PartnerId,
    asked: CustomersBy,
    today: date,
    kinds: dict[CustomerKind, ColumnElement[bool]],
) -> Select[Any]:
    columns = customers.c
    if asked.order is CustomerOrder.STATE:
        rank = case(*((kinds[kind], place) for place, kind in enumerate(_RANKS)), else_=len(_RANKS))
        return found.order_by(rank, columns.name_key)
    if asked.order is CustomerOrder.NAME:
        begins = columns.name_key.startswith(name_key(asked.words), autoescape=True)
        first = [case((begins, 0), else_=1)] if asked.words else []
        return found.order_by(*first, columns.name_key)
    sums = _sums(partner_id, today)
    joined = found.outerjoin(sums, sums.c.customer_id == columns.id)
    if asked.order is CustomerOrder.SEATS:
        return joined.order_by(func.coalesce(sums.c.seats, 0).desc(), columns.name_key)
    return joined.order_by(case((sums.c.next.is_(None), 1), else_=0), sums.c.next, columns.name_key)


def _sums(partner_id: PartnerId, today: date) -> Any:
    columns = subscriptions.c
    # a term that renewed and is not recorded yet belongs before all that lie ahead
    following = case((columns.expires > today, columns.expires), else_=today)
    return (
        select(
            columns.customer_id,
            func.sum(case((columns.trial == false(), columns.seats), else_=0)).label("seats"),
            func.min(following).label("next"),
        )
        .where(columns.partner_id == partner_id, active_on(today))
        .group_by(columns.customer_id)
        .subquery("sums")
    )
