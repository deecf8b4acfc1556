"""CSV files of what the pages list, for spreadsheets: no cell becomes a formula."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from flask import Response

from assistant.domain.lookups import HistoryItem
from assistant.domain.page_lookups import (
    MOST_CHANGES,
    MOST_CUSTOMERS,
    ChangesBy,
    CustomerLine,
    CustomersBy,
)
from assistant.domain.principals import Principal
from assistant.domain.spreadsheets import csv_text
from web.current import application
from web.wording import Wording

LONGEST = 20_000
"""The most rows of a file; of changes the newest."""
Row = Sequence[str | int | None]


def csv_file(name: str, rows: Iterable[Row]) -> Response:
    """Return rows as a file to keep."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(csv_text(rows), mimetype="text/csv", headers=headers)


def every_customer(who: Principal, asked: CustomersBy) -> Iterator[CustomerLine]:
    """Yield the customers of all pages of a list."""
    for offset in range(0, LONGEST, MOST_CUSTOMERS):
        cut = replace(asked, offset=offset, limit=MOST_CUSTOMERS)
        lines = application().licensing.look_up(who, cut).lines
        yield from lines
        if len(lines) < MOST_CUSTOMERS:
            return


def every_change(who: Principal, asked: ChangesBy) -> Iterator[HistoryItem]:
    """Yield the changes of all pages of a list."""
    for offset in range(0, LONGEST, MOST_CHANGES):
        cut = replace(asked, offset=offset, limit=MOST_CHANGES)
        items = application().licensing.look_up(who, cut).items
        yield from items
        if len(items) < MOST_CHANGES:
            return


def customer_rows(lines: Iterable[CustomerLine], say: Wording) -> Iterator[Row]:
    """Yield a heading and one row for each customer."""
    yield say.get("customers.csv")
    for line in lines:
        state = say("customers.enabled" if line.enabled else "customers.disabled")
        following = line.next.isoformat() if line.next else None
        how = say("customers.renewing" if line.renews else "customers.finishing") if line.next else None
        yield line.name, line.country, state, line.plans, line.seats, line.trial_seats, following, how


def change_rows(items: Iterable[HistoryItem], say: Wording) -> Iterator[Row]:
    """Yield a heading and one row for each change; times are in UTC."""
    yield say.get("history.csv")
    for item in items:
        yield (
            item.when.isoformat(timespec="seconds"),
            say.act(item.op, item.kind),
            item.customer,
            item.actor,
            item.reference,
            _told(item.before),
            _told(item.after),
            "; ".join(f"{cite.document}, {cite.date}: {cite.heading}" for cite in item.cites),
            item.capsule_hash,
        )


def _told(values: object) -> str:
    pairs = values.items() if isinstance(values, dict) else ()
    return "; ".join(f"{name}: {value}" for name, value in pairs if value is not None)
