"""What falls due, in rows: taken and written back in sets, whatever the number of customers they belong to."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Date, bindparam, case, func, literal, null, or_, select, update

from assistant.domain.identifiers import CustomerId, PartnerId
from assistant.domain.lifecycle import next_due
from assistant.domain.subscriptions import Subscription
from assistant.persistence.licensing import rows
from assistant.persistence.tables.licensing import customers, subscriptions
from assistant.ports.storage.licensing_due import DueSubscription

_RECORD = (
    update(subscriptions)
    .where(subscriptions.c.id == bindparam("of"))
    .values(
        months=bindparam("to_months"),
        expires=bindparam("to_expires"),
        recorded=bindparam("to_recorded"),
        next_due=bindparam("to_next_due"),
    )
)


class SqlDue:
    """Finds subscriptions by the day on which something falls due."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self, partner_id: PartnerId, today: date, limit: int) -> tuple[DueSubscription, ...]:
        """Return at most ``limit`` subscriptions of a partner of which something is due on a day or before."""
        found = (
            select(subscriptions, customers.c.name)
            .join(customers)
            .where(subscriptions.c.partner_id == partner_id, subscriptions.c.next_due <= today)
            .order_by(subscriptions.c.next_due, subscriptions.c.id)
            .limit(limit)
        )
        return tuple(
            DueSubscription(CustomerId(row.customer_id), row.name, rows.subscription(row, ()))
            for row in self._connection.execute(found)
        )

    def retiring(
        self, partner_id: PartnerId, ends: Mapping[str, date], today: date
    ) -> tuple[CustomerId, ...]:
        """Return the customers with a subscription whose end of life, not past yet, is not its product's in ``ends``."""
        columns = subscriptions.c
        days = {code: literal(day, Date) for code, day in ends.items()}
        stated = case(days, value=columns.product, else_=null()) if days else null()
        found = (
            select(columns.customer_id)
            .where(
                columns.partner_id == partner_id,
                columns.ended_on.is_(None),
                or_(columns.retires.is_(None), columns.retires > today),
                columns.retires.is_distinct_from(stated),
            )
            .distinct()
            .order_by(columns.customer_id)
        )
        return tuple(CustomerId(customer_id) for customer_id in self._connection.scalars(found))

    def waiting(self, partner_id: PartnerId, today: date) -> int:
        """Return how many subscriptions of a partner have something due on a day or before."""
        columns = subscriptions.c
        counted = select(func.count()).where(columns.partner_id == partner_id, columns.next_due <= today)
        return self._connection.scalar(counted) or 0

    def record(self, changed: Iterable[Subscription]) -> None:
        """Store how far these are recorded and the terms they run on; nothing else of them is written."""
        values = [_values(subscription) for subscription in changed]
        if values:
            self._connection.execute(_RECORD, values)


def _values(subscription: Subscription) -> dict[str, Any]:
    return {
        "of": subscription.id,
        "to_months": subscription.months,
        "to_expires": subscription.expires,
        "to_recorded": subscription.recorded,
        "to_next_due": next_due(subscription),
    }
