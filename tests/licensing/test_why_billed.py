"""From a line of a report to the changes behind it, the transactions of a month, and what-ifs."""

import json
from datetime import UTC, datetime

import pytest

from assistant.domain.actions import Cancel, ChangeSeats, Crossgrade, StartTrial
from assistant.domain.errors import InvalidInput, NotFound
from assistant.domain.identifiers import PlanId
from assistant.domain.principals import Role
from assistant.domain.report_lookups import BandWhatIf, MonthUsage, Reports, Transactions, WhyBilled
from assistant.ports.wire.licensing import lookup_from_json, lookup_json

MARCH = "2026-03"


def contoso(backend):
    return backend.stored("Contoso").subscriptions[0].id


def line_key(backend, product="WFS"):
    return f"{backend.customer('Contoso')}/{product}"


def why(backend, product="WFS", month=MARCH, user=None):
    return backend.licensing.look_up(user or backend.user(), WhyBilled(month, line_key(backend, product)))


def change(backend, seats):
    backend.clock.advance(hours=1)
    return backend.change(
        ChangeSeats(backend.customer("Contoso"), contoso(backend), seats), task_id=f"T-{seats}"
    )


def told(bill):
    return [
        (span.seats, span.began and span.began.reference, span.ended and span.ended.reference)
        for span in bill.spans
    ]


def test_a_line_leads_to_the_changes_behind_it(backend):
    more, fewer = change(backend, 40), change(backend, 10)
    backend.clock.advance(hours=1)
    end = backend.change(Cancel(backend.customer("Contoso"), contoso(backend)))

    bill = why(backend)

    assert (bill.month, bill.line.chargeable, bill.line.provisioned) == (MARCH, 40, 40)
    assert told(bill) == [
        (25, None, more.reference),
        (40, more.reference, fewer.reference),
        (10, fewer.reference, end.reference),
    ]
    assert bill.spans[1].began.after["seats"] == 40


def test_what_a_bundle_bills_leads_to_the_crossgrade(backend):
    plan = backend.catalogue.plan_named("WF Services XDR").id
    moved = backend.change(Crossgrade(backend.customer("Contoso"), plan, 30))

    assert told(why(backend)) == [(25, None, moved.reference)]
    assert told(why(backend, "WFXDR")) == [(30, moved.reference, None)]
    assert why(backend).spans[0].moved == 25


def test_a_change_of_another_month_is_not_behind_a_line(backend):
    change(backend, 40)
    backend.clock.set(datetime(2026, 4, 9, tzinfo=UTC))
    change(backend, 50)

    assert [span.seats for span in why(backend, month="2026-05").spans] == [50]
    assert [span.seats for span in why(backend, month="2026-04").spans] == [40, 50]


@pytest.mark.parametrize(("role", "partner"), [(Role.PARTNER_ADMIN, "Southridge"), (Role.SALES, None)])
def test_a_line_of_somebody_else_is_not_found(backend, role, partner):
    with pytest.raises(NotFound):
        why(backend, user=backend.user(role, partner=partner))


def test_a_line_that_the_month_does_not_have_is_not_found(backend):
    with pytest.raises(NotFound):
        why(backend, "CAS")


def test_the_desk_follows_a_line_of_the_partner_it_names(backend):
    olga = backend.user(Role.OPERATOR, partner=None)
    lookup = WhyBilled(MARCH, line_key(backend), backend.loaded["Northwind"].id)

    assert backend.licensing.look_up(olga, lookup) == why(backend)


def test_the_transactions_of_a_month_are_of_four_types_and_oldest_first(backend):
    change(backend, 40)
    backend.change(
        StartTrial(backend.customer("Lucerne"), PlanId("cloud-app-security"), 4), task_id="T-trial"
    )
    backend.clock.set(datetime(2026, 4, 1, tzinfo=UTC))
    change(backend, 41)

    def types(month, user=None):
        found = backend.licensing.look_up(user or backend.user(), Transactions(month))
        return [item.transaction for item in found]

    assert types(MARCH) == ["licence_change", "new_purchase"]
    # the renewal on the first of the month, and the seats
    assert types("2026-04") == ["licence_change", "licence_change"]
    assert types(MARCH, backend.user(partner="Southridge")) == []
    assert types(MARCH, backend.user(Role.SALES, partner=None)) == []


def test_a_what_if_reckons_with_entered_numbers_and_needs_no_partner(backend):
    view = backend.licensing.look_up(backend.user(Role.SALES, partner=None), BandWhatIf(325, -80))

    assert (view.band_before, view.band_after, view.seats_after) == ("251-500", "101-250", 245)
    assert (view.to_lower, view.to_higher) == (145, 6)
    assert view.bands == ("1-50", "51-100", "101-250", "251-500", "501-1000", "1001+")


@pytest.mark.parametrize(
    ("seats", "change_", "field"), [(-1, 5, "seats"), (5, -6, "change"), (10**9, 0, "seats")]
)
def test_a_what_if_beyond_reason_names_its_field(backend, seats, change_, field):
    with pytest.raises(InvalidInput) as refused:
        backend.licensing.look_up(backend.user(), BandWhatIf(seats, change_))

    assert refused.value.field == field


@pytest.mark.parametrize(
    "lookup",
    [
        MonthUsage(MARCH),
        MonthUsage(MARCH, "P-1"),
        Reports(),
        Transactions(MARCH),
        WhyBilled(MARCH, "C-1/WFS"),
        WhyBilled(MARCH, "C-1/WFS", "P-1"),
        BandWhatIf(300, 25),
    ],
)
def test_lookups_about_months_come_back_as_they_went(lookup):
    assert lookup_from_json(json.loads(json.dumps(lookup_json(lookup)))) == lookup


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"type": "month_usage"}, "month"),
        ({"type": "why_billed", "month": MARCH}, "line"),
        ({"type": "band_what_if", "seats": "many"}, "seats"),
        ({"type": "transactions", "month": MARCH, "partner_id": "P-1"}, "partner_id"),
    ],
)
def test_a_faulty_lookup_about_months_names_its_field(data, field):
    with pytest.raises(InvalidInput) as refused:
        lookup_from_json(data)

    assert refused.value.field == field
