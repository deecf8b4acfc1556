"""Partners of any size: customers that each hold ten suites of five components, written straight into the tables."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from sqlalchemy import Connection, insert

from assistant.domain.catalogue import Catalogue
from assistant.domain.customers import Customer, Profile
from assistant.domain.identifiers import CustomerId, PartnerId
from assistant.domain.issuing import new_licences, new_subscription
from assistant.domain.partners import Partner
from assistant.domain.provisioning import provisions, total_steps
from assistant.licensing.catalogue import parse_catalogue
from assistant.persistence.database import Database, SqlPartnerStorage
from assistant.persistence.licensing import SqlLicensingUnit, rows
from assistant.persistence.tables.licensing import customers, licences, subscriptions
from assistant.persistence.tables.licensing_records import seat_spans, seat_steps

SUITES, COMPONENTS = 10, 5
NOW = datetime(2026, 3, 15, 12, 0, tzinfo=UTC)
START = date(2026, 1, 20)
_AT_ONCE = 500


class Numbers:
    """An issuer that counts; codes are drawn from the count, so that no two are alike."""

    def __init__(self) -> None:
        self._count = count(1)
        self._digits = 0

    def new(self, prefix: str) -> str:
        """Return the next id."""
        return f"{prefix}-{next(self._count):09d}"

    def number(self, below: int) -> int:
        """Return the next digit of a number that grows with every code."""
        if self._digits == 0:
            self._digits = next(self._count)
        self._digits, digit = divmod(self._digits, below)
        return digit


def wide_catalogue() -> Catalogue:
    """Return a catalogue of ten suites with five services each."""
    products, plans = [], []
    for suite in range(SUITES):
        codes = [f"S{suite}P{part}" for part in range(COMPONENTS)]
        products += [
            f'[[products]]\ncode = "{c}"\nname = "{c}"\nkind = "SaaS"\nfamily = "WF"\ndata_centers = ["X"]'
            for c in codes
        ]
        listed = ", ".join(f'"{code}"' for code in codes)
        products.append(
            f'[[products]]\ncode = "S{suite}"\nname = "Suite {suite}"\nkind = "Suite"\nfamily = "WF"\n'
            f"compositions = [{{since = 1970-01-01, components = [{listed}]}}]"
        )
        plans.append(
            f'[[plans]]\nid = "suite-{suite}"\nname = "Suite {suite}"\nproduct = "S{suite}"\n'
            "initial_months = 1\nrenew_months = 1"
        )
    bands = "[[band_cards]]\nsince = 1970-01-01\nbands = [{minimum = 1, maximum = 500}, {minimum = 501}]"
    return parse_catalogue("\n\n".join([bands, *products, *plans]))


def fill(database: Database, catalogue: Catalogue, name: str, size: int, issuer: Numbers) -> list[Customer]:
    """Add a partner with so many customers and return the first of them."""
    partner = Partner(PartnerId(f"P-{name}"), name, "UTC", date(2025, 1, 1))
    with SqlPartnerStorage(database, SqlLicensingUnit).of_every_partner().writing() as unit:
        unit.partners.add(partner)
        unit.commit()
    first: list[Customer] = []
    for begin in range(0, size, _AT_ONCE):
        numbers = range(begin, min(begin + _AT_ONCE, size))
        made = [_customer(partner, catalogue, number, issuer) for number in numbers]
        first = first or made[:20]
        with database.writing() as connection:
            _write(connection, made)
            connection.commit()
    with database.writing() as connection:
        seats = sum(seats for _, seats in total_steps(first[0], START)) * size
        connection.execute(insert(seat_steps).values(partner_id=partner.id, day=START, seats=seats))
        connection.commit()
    return first


def _customer(partner: Partner, catalogue: Catalogue, number: int, issuer: Numbers) -> Customer:
    held = []
    for plan in catalogue.plans.values():
        parts = new_licences(catalogue.components_of(plan, START), issuer)
        made = new_subscription(plan, parts, issuer, seats=10, start=START, today=NOW.date())
        held.append(replace(made, recorded=NOW.date()))
    return Customer(
        CustomerId(f"C-{partner.name}-{number}"),
        partner.id,
        f"Customer {number:06d}",
        Profile(),
        enabled=True,
        subscriptions=tuple(held),
        standard_licences=(),
        version=1,
        since=NOW,
    )


def _write(connection: Connection, made: Sequence[Customer]) -> None:
    plans = [rows.subscription_row(c, position) for c in made for position in range(len(c.subscriptions))]
    parts = [row for c in made for s in c.subscriptions for row in rows.licence_rows(s)]
    connection.execute(insert(customers), [rows.customer_row(c) for c in made])
    connection.execute(insert(subscriptions), plans)
    connection.execute(insert(licences), parts)
    connection.execute(insert(seat_spans), [row for c in made for row in _spans(c)])


def _spans(customer: Customer) -> Iterator[dict[str, Any]]:
    begun = datetime(START.year, START.month, START.day, tzinfo=UTC)
    for provision in provisions(customer, begun, START, "UTC"):
        home = {"partner_id": customer.partner_id, "customer_id": customer.id}
        yield {**vars(provision), **home, "moved": 0, "reference": ""}
