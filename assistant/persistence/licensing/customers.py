"""Customers in rows: the aggregate is read and saved whole, partner-wide figures are SQL aggregates."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, false, func, insert, or_, select, true, update
from sqlalchemy.exc import IntegrityError

from assistant.domain.customers import Customer
from assistant.domain.errors import Conflict
from assistant.domain.identifiers import CustomerId, PartnerId
from assistant.domain.lookups import CustomerSummary
from assistant.persistence.licensing import rows
from assistant.persistence.tables.licensing import customers, licences, standard_licences, subscriptions


class SqlCustomers:
    """Keeps customers with their subscriptions, licences and standard licences."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, partner_id: PartnerId, customer_id: CustomerId) -> Customer | None:
        """Return one customer of this partner, or None."""
        found = self._load(and_(customers.c.partner_id == partner_id, customers.c.id == customer_id))
        return found[0] if found else None

    def summaries(self, partner_id: PartnerId, today: date) -> tuple[CustomerSummary, ...]:
        """Return one line for each customer, in one query; plans and seats count while they are active."""
        active = _active(today)
        counted = and_(active, customers.c.enabled == true())
        found = (
            select(
                customers.c.id,
                customers.c.name,
                customers.c.country,
                customers.c.enabled,
                func.count(case((active, subscriptions.c.id))).label("plans"),
                _seats(and_(counted, subscriptions.c.trial == false())).label("seats"),
                _seats(and_(counted, subscriptions.c.trial == true())).label("trial_seats"),
            )
            .select_from(customers.outerjoin(subscriptions))
            .where(customers.c.partner_id == partner_id)
            .group_by(customers.c.id, customers.c.name, customers.c.country, customers.c.enabled)
            .order_by(customers.c.name)
        )
        return tuple(CustomerSummary(**row._mapping) for row in self._connection.execute(found))  # noqa: SLF001 - documented

    def chargeable_seats(self, partner_id: PartnerId, today: date) -> int:
        """Return the partner's total of active full seats over its enabled customers."""
        counted = and_(_active(today), subscriptions.c.trial == false(), customers.c.enabled == true())
        found = (
            select(_seats(counted))
            .select_from(customers.join(subscriptions))
            .where(customers.c.partner_id == partner_id)
        )
        return int(self._connection.scalar(found) or 0)

    def add(self, customer: Customer) -> None:
        """Add a new customer with everything in it."""
        try:
            self._connection.execute(insert(customers).values(rows.customer_row(customer)))
        except IntegrityError as error:
            raise Conflict(f"There is a customer named {customer.name} already.") from error
        self._insert(standard_licences, rows.standard_rows(customer))
        self._insert(subscriptions, rows.subscription_rows(customer))
        self._insert(licences, rows.licence_rows(customer))

    def save(self, customer: Customer) -> None:
        """Save a change: the version moves from the one read to the next, or Conflict is raised."""
        moved = self._connection.execute(
            update(customers)
            .where(customers.c.id == customer.id, customers.c.version == customer.version)
            .values(version=customer.version + 1, enabled=customer.enabled)
        )
        if moved.rowcount != 1:
            raise Conflict("The customer was changed by somebody else.")
        self._save_subscriptions(customer)

    def _save_subscriptions(self, customer: Customer) -> None:
        condition = subscriptions.c.customer_id == customer.id
        known = set(self._connection.scalars(select(subscriptions.c.id).where(condition)))
        wanted = rows.subscription_rows(customer)
        for row in (row for row in wanted if row["id"] in known):
            self._connection.execute(update(subscriptions).where(subscriptions.c.id == row["id"]).values(row))
        self._insert(subscriptions, [row for row in wanted if row["id"] not in known])
        self._insert(
            licences, [row for row in rows.licence_rows(customer) if row["subscription_id"] not in known]
        )

    def _insert(self, table: Any, values: list[dict[str, Any]]) -> None:
        if values:
            self._connection.execute(insert(table), values)

    def _load(self, condition: ColumnElement[bool]) -> tuple[Customer, ...]:
        heads = self._connection.execute(select(customers).where(condition).order_by(customers.c.name)).all()
        ids = select(customers.c.id).where(condition)
        plans = (
            select(subscriptions)
            .where(subscriptions.c.customer_id.in_(ids))
            .order_by(subscriptions.c.position)
        )
        plan_ids = select(subscriptions.c.id).where(subscriptions.c.customer_id.in_(ids))
        parts = select(licences).where(licences.c.subscription_id.in_(plan_ids)).order_by(licences.c.position)
        standard = (
            select(standard_licences)
            .where(standard_licences.c.customer_id.in_(ids))
            .order_by(standard_licences.c.position)
        )
        return rows.assemble(
            heads,
            self._connection.execute(plans).all(),
            self._connection.execute(parts).all(),
            self._connection.execute(standard).all(),
        )


def _active(today: date) -> ColumnElement[bool]:
    # the same condition as ``Subscription.state``: begun, and renewing by itself or not yet past its term
    columns = subscriptions.c
    return and_(columns.start <= today, or_(columns.renew_months.is_not(None), columns.expires > today))


def _seats(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, subscriptions.c.seats), else_=0)), 0)
