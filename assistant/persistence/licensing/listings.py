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
        columns = customers.c
        mine = columns.partner_id == partner_id
        sums = self._sums(partner_id, asked, today)
        wanted = [mine, *_named(asked.words), *([_kinds(sums)[asked.only]] if asked.only else [])]
        total = self._count(select(columns.id).where(mine))
        found = select(columns.id).where(*wanted)
        if asked.only is None and asked.order is CustomerOrder.NAME:
            many = self._count(found) if asked.words else total
            cut = found.order_by(*_order(asked, sums)).offset(asked.offset).limit(asked.limit)
            return FoundCustomers(self._light(list(self._connection.scalars(cut))), many, total)
        # counted in the same pass, which is most of the work
        counted = found.add_columns(func.count().over().label("found"))
        joined = counted.outerjoin(sums, sums.c.customer_id == columns.id).order_by(*_order(asked, sums))
        listed = self._connection.execute(joined.offset(asked.offset).limit(asked.limit)).all()
        if not listed and asked.offset:
            # a cut beyond the end has no row that could tell how many there are
            first = self._connection.execute(joined.limit(1)).one_or_none()
            return FoundCustomers((), first.found if first else 0, total)
        many = listed[0].found if listed else 0
        return FoundCustomers(self._light([row.id for row in listed]), many, total)

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

    def _sums(self, partner_id: PartnerId, asked: CustomersBy, today: date) -> Any:
        """One row for each customer with something in use, made in one pass over the partner's plans."""
        by_state = asked.order is CustomerOrder.STATE or asked.only is CustomerKind.ENDING
        notices = self._notices(partner_id) if by_state else []
        columns = subscriptions.c
        full, ends = columns.trial == false(), _ending(notices, today)
        # a term that renewed and is not recorded yet belongs before all that lie ahead
        following = case((columns.expires > today, columns.expires), else_=today)
        return (
            select(
                columns.customer_id,
                func.sum(case((full, columns.seats), else_=0)).label("seats"),
                func.min(following).label("next"),
                func.max(case((full, 1), else_=0)).label("full"),
                func.max(case((full, 0), else_=1)).label("trial"),
                func.max(case((ends, 1), else_=0)).label("ending"),
            )
            .where(columns.partner_id == partner_id, active_on(today))
            .group_by(columns.customer_id)
            .subquery("sums")
        )

    def _notices(self, partner_id: PartnerId) -> list[int]:
        notice = subscriptions.c.notice_days
        found = select(notice).where(subscriptions.c.partner_id == partner_id).distinct()
        return list(self._connection.scalars(found))


def _named(words: str) -> Iterator[ColumnElement[bool]]:
    return (customers.c.name_key.contains(word, autoescape=True) for word in name_key(words).split())


def _ending(notices: Sequence[int], today: date) -> ColumnElement[bool]:
    # each notice by itself: the databases have no common way to add days to a column
    columns = subscriptions.c
    ends = case((columns.renew_months.is_(None), columns.expires), else_=columns.retires)
    within = (and_(columns.notice_days == n, ends <= today + timedelta(days=n)) for n in notices)
    return or_(false(), *within)


def _kinds(sums: Any) -> dict[CustomerKind, ColumnElement[bool]]:
    return {
        CustomerKind.ACTIVE: and_(customers.c.enabled == true(), sums.c.full == 1),
        CustomerKind.TRIAL: sums.c.trial == 1,
        CustomerKind.ENDING: sums.c.ending == 1,
        CustomerKind.DISABLED: customers.c.enabled == false(),
    }


def _order(asked: CustomersBy, sums: Any) -> list[ColumnElement[Any]]:
    name = customers.c.name_key
    if asked.order is CustomerOrder.STATE:
        kinds = _kinds(sums)
        rank = case(*((kinds[kind], place) for place, kind in enumerate(_RANKS)), else_=len(_RANKS))
        return [rank, name]
    if asked.order is CustomerOrder.SEATS:
        return [func.coalesce(sums.c.seats, 0).desc(), name]
    if asked.order is CustomerOrder.NEXT:
        return [case((sums.c.next.is_(None), 1), else_=0), sums.c.next, name]
    begins = name.startswith(name_key(asked.words), autoescape=True)
    return [case((begins, 0), else_=1), name] if asked.words else [name]
