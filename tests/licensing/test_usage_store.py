"""Peaks out of the database equal those of the rules, on every database."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from assistant.domain.periods import BillingMonth
from assistant.domain.usage import Month, SeatSpan, UsageSample, billed_spans, peak_seats, peak_use
from assistant.persistence.licensing import SqlLicensingUnit
from assistant.persistence.row_security import EVERY_PARTNERS
from assistant.persistence.tables.licensing_records import seat_spans, usage_samples
from support.licensing import Backend

MONTH = Month(*BillingMonth(2019, 2).bounds("Europe/Berlin"))
HOURS = 28 * 24
PLANS = ("WF Services Monthly Rolling", "Email Security Standard", "Cloud App Security")
CUSTOMERS = ("Adatum", "Bellows")
TWO_CUSTOMERS = {
    "partners": {
        "Northwind": {
            "customers": {
                name: {"subscriptions": [{"plan": plan, "seats": 1, "start": "2025-01-01"} for plan in PLANS]}
                for name in CUSTOMERS
            }
        },
        "Southridge": {},
    }
}


def at(hour):
    return MONTH.since + timedelta(hours=hour)


@st.composite
def histories(draw):
    """Spans and samples of up to three subscriptions, by their number; those that end by a move among them."""
    spans, samples = [], []
    for number in draw(st.sets(st.integers(0, 2), min_size=1)):
        hour = draw(st.integers(-200, HOURS))
        for left in reversed(range(draw(st.integers(1, 3)))):
            ends = draw(st.integers(hour + 1, hour + 300))
            moved = 0 if left else draw(st.integers(0, 30))
            spans.append(SeatSpan(number, draw(st.integers(1, 30)), at(hour), at(ends), moved))
            hour = ends + draw(st.integers(0, 40))
        hours = draw(st.sets(st.integers(-100, HOURS + 100), max_size=3))
        samples += [UsageSample("", "", number, "WFS", at(h), draw(st.integers(0, 40))) for h in hours]
    return spans, samples


@pytest.fixture
def stored(each_database):
    made = Backend(each_database, json.dumps(TWO_CUSTOMERS))
    yield made
    made.database.close()


def of(backend, name, history):
    """The same history with the ids of a customer and its subscriptions."""
    customer = backend.stored(name)
    ids = [subscription.id for subscription in customer.subscriptions]
    spans, samples = history
    home = {"partner_id": customer.partner_id, "customer_id": customer.id}
    return (
        customer.id,
        [replace(span, subscription_id=ids[span.subscription_id]) for span in spans],
        [replace(sample, **home, subscription_id=ids[sample.subscription_id]) for sample in samples],
    )


def written(connection, partner_id, customer_id, spans, samples):
    home = {"partner_id": partner_id, "customer_id": customer_id, "product": "WFS"}
    connection.execute(insert(seat_spans), [{**vars(span), **home} for span in spans])
    if samples:
        connection.execute(insert(usage_samples), [vars(sample) for sample in samples])


def expected(spans, samples):
    inside = [sample for sample in samples if MONTH.since <= sample.at < MONTH.until]
    within = [s for s in spans if s.since < MONTH.until and s.until > MONTH.since]
    peak = peak_seats(spans, MONTH)
    return peak, peak - peak_seats(billed_spans(spans, MONTH), MONTH), peak_use(within, inside)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.tuples(histories(), histories()))
def test_stored_peaks_are_those_of_the_rules(stored, both):
    partner_id = stored.loaded["Northwind"].id
    found = [of(stored, name, history) for name, history in zip(CUSTOMERS, both, strict=True)]
    with stored.database.writing(EVERY_PARTNERS) as connection:
        for customer_id, spans, samples in found:
            written(connection, partner_id, customer_id, spans, samples)
        peaks = list(SqlLicensingUnit(connection).usage.peaks(partner_id, MONTH))

    assert {peak.customer_id: peak[3:] for peak in peaks} == {
        customer_id: expected(spans, samples)
        for customer_id, spans, samples in found
        if peak_seats(spans, MONTH)
    }


def test_a_partner_reads_its_own_seats_only(stored):
    adatum = stored.customer("Adatum")
    month = Month(*BillingMonth(2026, 3).bounds("UTC"))
    with stored.storage.reading() as unit:
        own, other = (stored.loaded[name].id for name in ("Northwind", "Southridge"))

        assert len(list(unit.usage.peaks(own, month))) == len(CUSTOMERS) * len(PLANS)
        assert (list(unit.usage.peaks(other, month)), unit.usage.spans(other, adatum, "WFS", month)) == (
            [],
            (),
        )
        assert unit.usage.first(own) == datetime(2025, 1, 1, tzinfo=UTC)
        assert unit.usage.first(other) is None
