"""What the licensing backend costs as a partner grows, each figure against a baseline of the same run.

A partner of 20 customers and one of many, each customer with ten suites of five components: previews and changes, the report of a
month against the bare aggregate in SQL, and the work that falls due when every term ends at once.
"""

import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import click
from sqlalchemy import func, select

from assistant.domain.actions import ChangeSeats
from assistant.domain.catalogue import Catalogue
from assistant.domain.customers import Customer
from assistant.domain.identifiers import PartnerId, UserId
from assistant.domain.periods import BillingMonth
from assistant.domain.policy import Policy
from assistant.domain.principals import Principal, Role
from assistant.domain.quotes import Capsule, Quote, StepUp
from assistant.domain.report_lookups import MonthUsage
from assistant.licensing.due import DueWork
from assistant.licensing.embedded import EmbeddedLicensing
from assistant.licensing.reports import computed_report
from assistant.persistence import schema
from assistant.persistence.database import Database, SqlPartnerStorage
from assistant.persistence.licensing import SqlLicensingUnit
from assistant.persistence.tables.licensing import customers
from assistant.persistence.tables.licensing_records import seat_spans
from assistant.ports.simulation import Fault
from benchmarks.partners import COMPONENTS, NOW, SUITES, Numbers, fill, wide_catalogue
from benchmarks.tables import number, table

_ROUNDS = 60
_LARGE = PartnerId("P-large")
_LATER = datetime(2026, 3, 25, 12, 0, tzinfo=NOW.tzinfo)
_HEADINGS = ["what", "measured", "baseline", "ratio", "goal"]


class Present:
    """Everything around the backend: a clock that is set, a policy that states nothing, no faults."""

    def __init__(self) -> None:
        self.instant: datetime | None = NOW

    def now(self) -> datetime:
        """Return the instant that was set."""
        assert self.instant is not None
        return self.instant

    def current(self) -> Policy:
        """Return an empty policy."""
        return Policy({}, {}, "none")

    def fault(self) -> Fault:
        """Return that nothing misbehaves."""
        return Fault.NONE


class FixedCatalogue:
    """Holds one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def current(self) -> Catalogue:
        """Return it."""
        return self._catalogue


class Bench:
    """A database with a small and a large partner, and the backend on it."""

    def __init__(self, url: str, size: int) -> None:
        self.database = Database(url)
        schema.upgrade(self.database)
        of_partners = SqlPartnerStorage(self.database, SqlLicensingUnit)
        self.storage = of_partners.of_every_partner()
        catalogue, self.ids, self.present = wide_catalogue(), Numbers(), Present()
        self.source = FixedCatalogue(catalogue)
        self.backend = EmbeddedLicensing(
            of_partners, self.source, self.present, self.present, self.ids, self.present
        )
        started = time.perf_counter()
        self.small = fill(self.database, catalogue, "small", 20, self.ids)
        self.large = fill(self.database, catalogue, "large", size, self.ids)
        click.echo(f"filled in {time.perf_counter() - started:.0f} s", err=True)

    def change(self, customer: Customer, round_: int) -> tuple[float, float]:
        """Preview and execute one change of seats; seconds of each."""
        user = Principal(UserId("U-1"), "Anna", Role.PARTNER_ADMIN, customer.partner_id)
        subscription = customer.subscriptions[round_ % SUITES]
        action = ChangeSeats(customer.id, subscription.id, 100 + round_)
        started = time.perf_counter()
        quote = self.backend.preview(user, action)
        previewed = time.perf_counter()
        assert isinstance(quote, Quote), quote
        capsule = Capsule("seats", 1, f"T-{customer.id}-{round_}", user.user_id, quote)
        self.backend.execute(user, capsule, StepUp(user.user_id, capsule.hash, NOW))
        return previewed - started, time.perf_counter() - previewed

    def report(self) -> int:
        """Work out the large partner's report of the running month; the number of its lines."""
        with self.storage.reading() as unit:
            partner = unit.partners.by_id(_LARGE)
            assert partner is not None
            month = BillingMonth.of(NOW.date())
            return len(computed_report(unit, partner, month, self.source.current()).lines)

    def shown(self) -> int:
        """Look the same report up as its partner sees it; the number of its lines."""
        user = Principal(UserId("U-1"), "Anna", Role.PARTNER_ADMIN, _LARGE)
        return len(self.backend.look_up(user, MonthUsage(str(BillingMonth.of(NOW.date())))).lines)

    def aggregate(self) -> int:
        """Read the same lines, by customer and product, with one bare statement; the number of rows."""
        spans, names = seat_spans.c, customers.c
        peaks = (
            select(names.name, spans.product, func.max(spans.seats), func.max(spans.moved))
            .select_from(seat_spans.join(customers, names.id == spans.customer_id))
            .where(spans.partner_id == _LARGE)
            .group_by(spans.customer_id, names.name, spans.product)
            .order_by(names.name, spans.product)
        )
        with self.database.reading() as connection:
            return len(connection.execute(peaks).all())

    def due(self) -> Mapping[str, int]:
        """Let every term end and record it."""
        self.present.instant = _LATER
        return DueWork(self.storage, self.source, self.present, self.present, self.ids).run()


def changes(bench: Bench) -> list[list[str]]:
    """Return the lines of previews and changes: the large partner against the small one, in turn."""
    seconds: dict[str, list[tuple[float, float]]] = {"small": [], "large": []}
    for round_ in range(_ROUNDS):
        for name, held in (("small", bench.small), ("large", bench.large)):
            seconds[name].append(bench.change(held[round_ % len(held)], round_))
    lines = []
    for place, what in enumerate(("preview, ms", "execute, ms")):
        large, small = (median(times[place] for times in seconds[n]) * 1000 for n in ("large", "small"))
        lines.append([what, number(large), number(small), number(large / small), "1.5"])
    return lines


def shortest(work: Callable[[], object], times: int = 3) -> float:
    """Return the seconds of the fastest of some runs."""

    def once() -> float:
        started = time.perf_counter()
        work()
        return time.perf_counter() - started

    return min(once() for _ in range(times))


@click.command()
@click.option(
    "--customers", "size", default=20_000, show_default=True, help="Customers of the large partner."
)
@click.option("--url", help="A database to use instead of a new SQLite file.")
def main(size: int, url: str | None) -> None:
    """Print what growth costs the licensing backend."""
    with TemporaryDirectory() as folder:
        bench = Bench(url or f"sqlite:///{Path(folder) / 'licensing.sqlite3'}", size)
        rows = changes(bench)
        aggregate = shortest(bench.aggregate)
        for what, work in (
            ("report of a month, s", bench.report),
            ("as its partner sees it, s", bench.shown),
        ):
            taken = shortest(work)
            rows.append([what, number(taken), number(aggregate), number(taken / aggregate), "3"])
        started = time.perf_counter()
        done = bench.due()
        seconds = time.perf_counter() - started
        bench.database.close()
    licences = done["renewed"] * COMPONENTS
    rows.append(
        [
            "due work, licences a second",
            number(licences / seconds),
            "20000",
            number(licences / seconds / 20000),
            "1",
        ]
    )
    click.echo(
        f"{size:,} customers, {size * SUITES * COMPONENTS:,} licences; the small partner has 20 customers\n"
    )
    click.echo(table(_HEADINGS, rows))
    click.echo(
        f"\n{done['renewed']:,} terms renewed in {seconds:.1f} s ({done['renewed'] / seconds:,.0f} a second)"
    )


if __name__ == "__main__":
    main()
