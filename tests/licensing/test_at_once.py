"""Several at once on what a partner has beside its customers: one of them is first, and nobody meets a broken record."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest

from assistant.domain.actions import ApproveSuite, CreateCustomer, SubmitReport
from assistant.domain.errors import InvalidInput, QuoteOutdated
from assistant.domain.identifiers import PlanId
from assistant.domain.quotes import Receipt
from assistant.licensing.due import DueWork
from assistant.licensing.report_deadlines import submit_due_reports
from assistant.licensing.usage_desk import UsageDesk
from assistant.licensing.worlds import read_world
from support.cases import with_composition
from support.licensing import WORLD, a_proof

THREADS = 8
CHANGED = with_composition("WFXDR", ("CAS", "TMES", "WFS", "EDR"), since=date(2026, 4, 1))


def raced(backend, action):
    """Confirm an action several times beforehand, and execute all of that at once."""
    capsules = [backend.confirm(action, task_id=f"T-{number}") for number in range(THREADS)]
    user = backend.user()

    def one(capsule):
        try:
            return backend.licensing.execute(user, capsule, a_proof(capsule))
        except QuoteOutdated as outdated:
            return outdated

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, capsules))


@pytest.mark.parametrize(
    "action",
    [
        ApproveSuite(PlanId("wf-services-xdr")),
        SubmitReport("2026-03"),
        CreateCustomer("Adventure Works"),
    ],
)
def test_of_many_confirmed_at_once_one_is_done(each_backend, action):
    backend = each_backend()
    backend.licensing = backend.another(CHANGED)
    backend.clock.set(datetime(2026, 4, 5, tzinfo=UTC))

    outcomes = raced(backend, action)

    assert sum(isinstance(outcome, Receipt) for outcome in outcomes) == 1
    assert not any(backend.licensing.verify_audit().values())


def test_use_is_recorded_and_work_is_done_while_the_partner_is_loaded_again(each_backend):
    backend = each_backend()
    partners = read_world(WORLD).partners
    desk = UsageDesk(backend.storage, backend.catalogues, backend.clock)
    steps = (submit_due_reports,)
    work = DueWork(backend.storage, backend.catalogues, backend.policy, backend.clock, backend.ids, steps)
    backend.clock.set(datetime(2026, 6, 1, tzinfo=UTC))

    def one(number):
        try:
            if number % 3 == 0:
                backend.provisioning.load(partners)
            elif number % 3 == 1:
                desk.record("Northwind", "Contoso", "WF Services Monthly Rolling", number)
            else:
                work.run()
        except InvalidInput:
            return "told"
        return "done"

    with ThreadPoolExecutor(THREADS) as pool:
        outcomes = list(pool.map(one, range(36)))

    assert outcomes.count("done") >= 24
    assert not any(backend.licensing.verify_audit().values())
