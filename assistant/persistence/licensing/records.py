"""What a partner has beside its customers, in rows: approvals of suites, not-for-resale licences, cases, samples of use."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, func, insert, select, update

from assistant.domain.cases import CLOSED_STATES, Case, CaseKind, CaseState, CaseStep, ListedCase
from assistant.domain.errors import Conflict
from assistant.domain.identifiers import (
    CaseId,
    CustomerId,
    PartnerId,
    StandardLicenceId,
    SubscriptionId,
)
from assistant.domain.nfr import NfrLicence
from assistant.domain.situations import SuiteApproval
from assistant.domain.usage import UsageSample
from assistant.persistence.failures import conflict_where_taken
from assistant.persistence.tables.licensing import customers, partners
from assistant.persistence.tables.licensing_records import (
    cases,
    nfr_licences,
    suite_approvals,
    usage_samples,
)
from assistant.persistence.upserts import upsert


def _newest_samples() -> Select[Any]:
    columns = usage_samples.c
    last = (
        select(columns.subscription_id, func.max(columns.at).label("at"))
        .where(columns.partner_id == bindparam("partner"), columns.customer_id == bindparam("customer"))
        .group_by(columns.subscription_id)
        .subquery()
    )
    return select(columns.subscription_id, columns.used).join(
        last, (columns.subscription_id == last.c.subscription_id) & (columns.at == last.c.at)
    )


# read for every preview, so they are put together once
_APPROVED = select(suite_approvals.c.product, suite_approvals.c.version).where(
    suite_approvals.c.partner_id == bindparam("partner")
)
_NEWEST_SAMPLES = _newest_samples()


class SqlApprovals:
    """Keeps which composition of a suite each partner approved."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def versions(self, partner_id: PartnerId) -> Mapping[str, int]:
        """Return the approved version of each suite that this partner approved a change of."""
        found = self._connection.execute(_APPROVED, {"partner": partner_id})
        return {row.product: row.version for row in found}

    def data_center(self, partner_id: PartnerId, product: str) -> str | None:
        """Return the data centre wanted for what the approved change of a suite added."""
        columns = suite_approvals.c
        found = select(columns.data_center).where(
            columns.partner_id == partner_id, columns.product == product
        )
        return self._connection.scalar(found)

    def save(self, partner_id: PartnerId, approval: SuiteApproval) -> None:
        """Store an approval; a later one takes its place."""
        row = {"partner_id": partner_id, **vars(approval)}
        upsert(
            self._connection,
            suite_approvals,
            [row],
            lambda new: {"version": new.version, "data_center": new.data_center},
        )


class SqlNfrLicences:
    """Keeps the partners' own not-for-resale licences."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, partner_id: PartnerId) -> tuple[NfrLicence, ...]:
        """Return those of a partner, by product."""
        columns = nfr_licences.c
        found = select(nfr_licences).where(columns.partner_id == partner_id).order_by(columns.product)
        return tuple(
            NfrLicence(row.product, row.name, row.code, row.since) for row in self._connection.execute(found)
        )

    def add(self, partner_id: PartnerId, licence: NfrLicence) -> None:
        """Add one. Raises Conflict when the partner has one of this product."""
        with conflict_where_taken(
            "There is a licence of this product already.", nfr_licences.primary_key.columns
        ):
            self._connection.execute(insert(nfr_licences).values(partner_id=partner_id, **vars(licence)))


class SqlCases:
    """Keeps cases."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, partner_id: PartnerId, case_id: CaseId) -> Case | None:
        """Return one of a partner's cases, or None."""
        found = select(cases).where(cases.c.partner_id == partner_id, cases.c.id == case_id)
        row = self._connection.execute(found).one_or_none()
        return _case(row) if row else None

    def anywhere(self, case_id: CaseId) -> Case | None:
        """Return a case of whatever partner, or None."""
        row = self._connection.execute(select(cases).where(cases.c.id == case_id)).one_or_none()
        return _case(row) if row else None

    def open_of(self, partner_id: PartnerId, customer_id: CustomerId) -> tuple[Case, ...]:
        """Return a customer's open cases."""
        found = select(cases).where(
            cases.c.partner_id == partner_id, cases.c.customer_id == customer_id, _is_open()
        )
        return tuple(_case(row) for row in self._connection.execute(found))

    def listed(
        self, partner_id: PartnerId | None, customer_id: CustomerId | None, limit: int
    ) -> tuple[ListedCase, ...]:
        """Return cases with the names of their customers and partners, in one query, newest first."""
        begun = cases.c.steps[0]["when"].as_string()
        found = (
            select(cases, customers.c.name.label("customer"), partners.c.name.label("partner"))
            .join(customers, customers.c.id == cases.c.customer_id)
            .join(partners, partners.c.id == cases.c.partner_id)
            .where(_is_open() if partner_id is None else cases.c.partner_id == partner_id)
            .order_by(begun.desc(), cases.c.id)
            .limit(limit)
        )
        if customer_id is not None:
            found = found.where(cases.c.customer_id == customer_id)
        return tuple(
            ListedCase(_case(row), row.customer, row.partner) for row in self._connection.execute(found)
        )

    def save(self, case: Case) -> None:
        """Store a new case, or the next version of one. Raises Conflict when somebody else stored that meanwhile."""
        row = _case_row(case)
        if case.version == 1:
            self._connection.execute(insert(cases).values(row))
            return
        moved = self._connection.execute(
            update(cases).where(cases.c.id == case.id, cases.c.version == case.version - 1).values(row)
        )
        if moved.rowcount != 1:
            raise Conflict("The case was changed by somebody else.")


class SqlUsageSamples:
    """Keeps samples of seats in use."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, sample: UsageSample) -> None:
        """Store a sample; a second one of the same instant takes its place."""
        upsert(self._connection, usage_samples, [vars(sample)], lambda new: {"used": new.used})

    def newest(self, partner_id: PartnerId, customer_id: CustomerId) -> Mapping[SubscriptionId, int]:
        """Return the newest sample of each subscription of a customer."""
        found = self._connection.execute(_NEWEST_SAMPLES, {"partner": partner_id, "customer": customer_id})
        return {SubscriptionId(row.subscription_id): row.used for row in found}


def _is_open() -> ColumnElement[bool]:
    return cases.c.state.not_in([state.value for state in CLOSED_STATES])


def _case_row(case: Case) -> dict[str, Any]:
    return {
        **vars(case),
        "kind": case.kind.value,
        "state": case.state.value,
        "about": dict(case.about),
        "steps": [
            {**vars(step), "state": step.state.value, "when": step.when.isoformat()} for step in case.steps
        ],
    }


def _case(row: Row[Any]) -> Case:
    return Case(
        id=CaseId(row.id),
        kind=CaseKind(row.kind),
        partner_id=PartnerId(row.partner_id),
        customer_id=CustomerId(row.customer_id),
        state=CaseState(row.state),
        steps=tuple(_step(step) for step in row.steps),
        about=row.about,
        licence_id=StandardLicenceId(row.licence_id) if row.licence_id else None,
        subscription_id=SubscriptionId(row.subscription_id) if row.subscription_id else None,
        version=row.version,
    )


def _step(step: Mapping[str, str]) -> CaseStep:
    when = datetime.fromisoformat(step["when"])
    return CaseStep(CaseState(step["state"]), step["actor"], when, step["evidence"])
