"""What the release with the whole licensing backend knows of the data before it: names, products, terms, and today's seats."""

import unicodedata
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

from assistant.persistence.tables.base import Instant

_SUITES = {
    "wfbs-advanced": "WFBSADV",
    "wf-services-advanced": "WFSADV",
    "wf-services-xdr": "WFXDR",
}


def fill() -> None:
    """Fill the new columns and tables of migration 0007, which has just made them, from the old ones."""
    _fill_customers()
    _fill_subscriptions()
    _fill_seats()


def _fill_customers() -> None:
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT id, name FROM customers")).all()
    if rows:
        connection.execute(
            sa.text("UPDATE customers SET name_key = :key WHERE id = :id"),
            [{"id": row.id, "key": _key(row.name)} for row in rows],
        )
    connection.execute(
        sa.text("UPDATE standard_licences SET id = customer_id || '-' || CAST(position AS VARCHAR(9))")
    )


def _key(name: str) -> str:
    shown = "".join(sign for sign in name if unicodedata.category(sign) != "Cf")
    return unicodedata.normalize("NFC", " ".join(unicodedata.normalize("NFC", shown).split()).casefold())


def _fill_subscriptions() -> None:
    connection = op.get_bind()
    found = sa.text("SELECT subscription_id, product FROM licences WHERE position = 0")
    single = {row.subscription_id: row.product for row in connection.execute(found)}
    rows = connection.execute(sa.select(*_subscription_columns())).all()
    if not rows:
        return
    connection.execute(
        sa.text(
            "UPDATE subscriptions SET partner_id ="
            " (SELECT partner_id FROM customers WHERE customers.id = subscriptions.customer_id)"
        )
    )
    connection.execute(
        sa.text(
            "UPDATE subscriptions SET product = :product, anchor = start, recorded = :recorded,"
            " next_due = :recorded WHERE id = :id"
        ).bindparams(sa.bindparam("recorded", type_=sa.Date)),
        [_subscription_values(row, single) for row in rows],
    )


def _subscription_columns() -> tuple[sa.ColumnClause[Any], ...]:
    columns = (
        sa.column("id", sa.String),
        sa.column("customer_id", sa.String),
        sa.column("plan_id", sa.String),
        sa.column("product", sa.String),
        sa.column("trial", sa.Boolean),
        sa.column("seats", sa.Integer),
        sa.column("start", sa.Date),
        sa.column("expires", sa.Date),
        sa.column("months", sa.Integer),
        sa.column("renew_months", sa.Integer),
    )
    return tuple(sa.table("subscriptions", *columns).c)


def _subscription_values(row: Any, single: dict[str, str]) -> dict[str, Any]:
    months, begun = row.months, row.start
    while row.renew_months and _add_months(row.start, months) < row.expires:
        begun = _add_months(row.start, months)
        months += row.renew_months
    product = _SUITES.get(row.plan_id, single.get(row.id, ""))
    return {"id": row.id, "product": product, "recorded": begun}


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_after = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (first_after - date(year, month + 1, 1)).days))


def _fill_seats() -> None:
    """Write down what is known of seats over time: today's seats, from each subscription's start."""
    connection = op.get_bind()
    homes = sa.text(
        "SELECT customers.id AS id, partners.id AS partner, partners.time_zone AS zone, customers.enabled AS enabled"
        " FROM customers JOIN partners ON partners.id = customers.partner_id"
    )
    home = {row.id: row for row in connection.execute(homes)}
    rows = connection.execute(sa.select(*_subscription_columns())).all()
    full = [row for row in rows if not row.trial and home[row.customer_id].enabled]
    spans = [_span(row, home[row.customer_id]) for row in full]
    steps: dict[tuple[str, date], int] = {}
    for row in full:
        ends = () if row.renew_months else ((row.expires, -row.seats),)
        for day, seats in ((row.start, row.seats), *ends):
            place = home[row.customer_id].partner, day
            steps[place] = steps.get(place, 0) + seats
    if spans:
        op.bulk_insert(_spans_table(), spans)
        op.bulk_insert(
            sa.table(
                "seat_steps",
                sa.column("partner_id", sa.String),
                sa.column("day", sa.Date),
                sa.column("seats", sa.Integer),
            ),
            [{"partner_id": partner, "day": day, "seats": seats} for (partner, day), seats in steps.items()],
        )


def _span(row: Any, home: Any) -> dict[str, Any]:
    def begins(day: date) -> datetime:
        return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(home.zone)).astimezone(UTC)

    return {
        "partner_id": home.partner,
        "customer_id": row.customer_id,
        "subscription_id": row.id,
        "product": row.product,
        "seats": row.seats,
        "since": begins(row.start),
        "until": None if row.renew_months else begins(row.expires),
        "moved": 0,
        "reference": "",
    }


def _spans_table() -> sa.TableClause:
    return sa.table(
        "seat_spans",
        sa.column("partner_id", sa.String),
        sa.column("customer_id", sa.String),
        sa.column("subscription_id", sa.String),
        sa.column("product", sa.String),
        sa.column("seats", sa.Integer),
        sa.column("since", Instant),
        sa.column("until", Instant),
        sa.column("moved", sa.Integer),
        sa.column("reference", sa.String),
    )
