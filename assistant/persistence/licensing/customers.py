"""Customers in rows: the aggregate is read and saved whole, partner-wide figures are SQL aggregates."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Date,
    Select,
    and_,
    bindparam,
    case,
    delete,
    false,
    func,
    insert,
    or_,
    select,
    true,
    update,
)

from assistant.domain.customers import Customer
from assistant.domain.errors import Conflict
from assistant.domain.identifiers import CustomerId, PartnerId
from assistant.domain.lookups import CustomerSummary
from assistant.domain.naming import name_key
from assistant.persistence.failures import conflict_where_taken
from assistant.persistence.licensing import rows
from assistant.persistence.reading import read_once
from assistant.persistence.tables.licensing import customers, licences, standard_licences, subscriptions


class SqlCustomers:
    """Keeps customers with their subscriptions, licences and standard licences."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, partner_id: PartnerId, customer_id: CustomerId) -> Customer | None:
        """Return one customer of this partner, or None."""
        return read_once(
            self._connection,
            ("customer", partner_id, customer_id),
            lambda: self._one(partner_id, customer_id),
        )

    def several(self, partner_id: PartnerId, wanted: Collection[CustomerId] | None) -> tuple[Customer, ...]:
        """Return those of these customers that belong to the partner, or all of the partner's, whole and by name."""
        own = customers.c.partner_id == partner_id
        return self._load(own if wanted is None else and_(own, customers.c.id.in_(wanted)))

    def summaries(self, partner_id: PartnerId, today: date) -> tuple[CustomerSummary, ...]:
        """Return one line for each customer, in one query; plans and seats count while they are active."""
        found = self._connection.execute(_SUMMARIES, {"partner": partner_id, "today": today})
        return tuple(CustomerSummary(*row) for row in found)

    def named(self, partner_id: PartnerId, name: str) -> Customer | None:
        """Return the customer of this name, without regard to capitals and white space, or None."""
        columns = customers.c
        found = self._load(and_(columns.partner_id == partner_id, columns.name_key == name_key(name)))
        return found[0] if found else None

    def is_taken(self, partner_id: PartnerId, name: str) -> bool:
        """Tell whether a customer of this partner has this name, without regard to capitals and white space."""
        columns = customers.c
        found = select(columns.id).where(columns.partner_id == partner_id, columns.name_key == name_key(name))
        return self._connection.execute(found.limit(1)).one_or_none() is not None

    def add(self, customer: Customer) -> None:
        """Add a new customer with everything in it."""
        message = f"There is a customer named {customer.name} already."
        with conflict_where_taken(message, [customers.c.partner_id, customers.c.name]):
            self._connection.execute(insert(customers).values(rows.customer_row(customer)))
        self._insert(standard_licences, rows.standard_rows(customer))
        positions = range(len(customer.subscriptions))
        self._insert(subscriptions, [rows.subscription_row(customer, position) for position in positions])
        self._insert(licences, list(_licence_rows(customer).values()))

    def save(self, before: Customer, after: Customer) -> None:
        """Save a change: the version moves from the one read to the next, or Conflict is raised."""
        moved = self._connection.execute(
            update(customers)
            .where(customers.c.id == before.id, customers.c.version == before.version)
            .values({**rows.customer_row(after), "version": before.version + 1})
        )
        if moved.rowcount != 1:
            raise Conflict("The customer was changed by somebody else.")
        self._save_subscriptions(before, after)
        for position, licence in enumerate(after.standard_licences):
            if licence != before.standard_licences[position]:
                changed = update(standard_licences).where(standard_licences.c.id == licence.id)
                self._connection.execute(changed.values(ended=licence.ended))

    def _save_subscriptions(self, before: Customer, after: Customer) -> None:
        known = {subscription.id: subscription for subscription in before.subscriptions}
        added = [p for p, s in enumerate(after.subscriptions) if s.id not in known]
        self._insert(subscriptions, [rows.subscription_row(after, position) for position in added])
        for position, subscription in enumerate(after.subscriptions):
            if known.get(subscription.id, subscription) != subscription:
                changed = update(subscriptions).where(subscriptions.c.id == subscription.id)
                self._connection.execute(changed.values(rows.subscription_row(after, position)))
        self._save_licences(_licence_rows(before), _licence_rows(after))

    def _save_licences(self, before: dict[str, rows.Values], after: dict[str, rows.Values]) -> None:
        for licence_id, row in after.items():
            if licence_id in before and row != before[licence_id]:
                self._connection.execute(update(licences).where(licences.c.id == licence_id).values(row))
        self._insert(licences, [row for licence_id, row in after.items() if licence_id not in before])
        gone = before.keys() - after.keys()
        if gone:
            self._connection.execute(delete(licences).where(licences.c.id.in_(gone)))

    def _insert(self, table: Any, values: list[dict[str, Any]]) -> None:
        if values:
            self._connection.execute(insert(table), values)

    def _one(self, partner_id: PartnerId, customer_id: CustomerId) -> Customer | None:
        wanted = {"partner": partner_id, "customer": customer_id}
        found = rows.assemble(*(self._connection.execute(part, wanted).all() for part in _ONE))
        return found[0] if found else None

    def _load(self, condition: ColumnElement[bool]) -> tuple[Customer, ...]:
        return rows.assemble(*(self._connection.execute(part).all() for part in _parts(condition)))


def _parts(condition: ColumnElement[bool]) -> tuple[Select[Any], ...]:
    """Return what reads customers, their subscriptions, the licences in those, and their standard licences."""
    ids = select(customers.c.id).where(condition)
    plan_ids = select(subscriptions.c.id).where(subscriptions.c.customer_id.in_(ids))
    return (
        select(customers).where(condition).order_by(customers.c.name),
        select(subscriptions).where(subscriptions.c.customer_id.in_(ids)).order_by(subscriptions.c.position),
        select(licences).where(licences.c.subscription_id.in_(plan_ids)).order_by(licences.c.position),
        select(standard_licences)
        .where(standard_licences.c.customer_id.in_(ids))
        .order_by(standard_licences.c.position),
    )


def _licence_rows(customer: Customer) -> dict[str, rows.Values]:
    return {row["id"]: row for s in customer.subscriptions for row in rows.licence_rows(s)}


def active_on(today: date | BindParameter[date]) -> ColumnElement[bool]:
    """Return the condition of subscriptions that are in use on a day."""
    # the same condition as ``Subscription.serves``: begun, not ended or retired, and renewing by itself or not yet past its term
    columns = subscriptions.c
    served = or_(columns.renew_months.is_not(None), columns.expires > today)
    lives = or_(columns.retires.is_(None), columns.retires > today)
    return and_(
        columns.start <= today, columns.ended_on.is_(None), columns.disabled_on.is_(None), lives, served
    )


def _seats(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, subscriptions.c.seats), else_=0)), 0)


def _summaries() -> Select[Any]:
    active = active_on(bindparam("today", type_=Date))
    return (
        select(
            customers.c.id,
            customers.c.name,
            customers.c.country,
            customers.c.enabled,
            func.count(case((active, subscriptions.c.id))).label("plans"),
            _seats(and_(active, subscriptions.c.trial == false())).label("seats"),
            _seats(and_(active, subscriptions.c.trial == true())).label("trial_seats"),
        )
        .select_from(customers.outerjoin(subscriptions))
        .where(customers.c.partner_id == bindparam("partner"))
        .group_by(customers.c.id, customers.c.name, customers.c.country, customers.c.enabled)
        .order_by(customers.c.name)
    )


# read with most messages of a conversation, so they are put together once
_SUMMARIES = _summaries()
_ONE = _parts(and_(customers.c.partner_id == bindparam("partner"), customers.c.id == bindparam("customer")))
