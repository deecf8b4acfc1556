"""Batches of changes for tests: rows, a confirmed batch, and a look at how far one is."""

from assistant.domain.actions import ChangeSeats
from assistant.domain.batches import BatchById, BatchItems
from assistant.domain.bulk import BulkRow, assess_all, batch_quote
from assistant.domain.change_many import ChangeMany
from assistant.domain.refusals import Refusal, RefusalCode
from support.licensing import a_customer, a_situation

MANY = """
partners:
  Northwind:
    time_zone: Europe/Berlin
    customers:
      Contoso: {subscriptions: [{plan: WF Services Monthly Rolling, seats: 25, start: 2025-04-01}]}
      Tailspin: {subscriptions: [{plan: WF Services XDR, seats: 60, start: 2025-03-01}]}
      Lucerne: {}
    fill: {customers: %d, seats: %d}
  Southridge:
    customers:
      Woodgrove: {subscriptions: [{plan: WF Services Monthly Rolling, seats: 55, start: 2025-02-01}]}
"""


def seats_by_name(backend):
    """Return the seats of each of Northwind's customers that has a plan, by the customer's name."""
    return {name: customer.subscriptions[0].seats for name, customer in _having_plans(backend).items()}


def more_seats(backend, names=None, more=10):
    """Return rows that give each of these customers, or of all, so many more seats of its first plan."""
    found = _having_plans(backend)
    return [
        BulkRow(number, name, _seats(found[name], more))
        for number, name in enumerate(names or found, start=1)
    ]


def _having_plans(backend):
    with backend.storage.reading() as unit:
        everybody = unit.customers.several(backend.loaded["Northwind"].id, None)
    return {customer.name: customer for customer in everybody if customer.subscriptions}


def _seats(customer, more):
    subscription = customer.subscriptions[0]
    return ChangeSeats(customer.id, subscription.id, subscription.seats + more)


def _assessed(*rows):
    return assess_all(rows, a_situation(a_customer(25)), {"C-1": a_customer(25)}, {})


def _seats_row(number, seats, customer="C-1"):
    return BulkRow(number, "Contoso", ChangeSeats(customer, "S-1", seats))


OF_A_BATCH = {
    RefusalCode.ROW_REPEATED: lambda: _assessed(_seats_row(1, 30), _seats_row(2, 31))[0].outcome,
    RefusalCode.CHANGED_MEANWHILE: lambda: _assessed(_seats_row(1, 30, "C-9"))[0].outcome,
    RefusalCode.NOTHING_POSSIBLE: lambda: batch_quote(
        ChangeMany("B-1"), _assessed(_seats_row(1, 25)), a_situation(a_customer(25))
    ),
    RefusalCode.BATCH_GONE: lambda: Refusal(RefusalCode.BATCH_GONE),
}
"""The refusals that are about a batch itself, each as it is met."""


def prepared(backend, rows, principal=None):
    """Keep rows as a batch and return its id and its quote or refusal."""
    principal = principal or backend.user()
    batch_id = backend.licensing.prepare(principal, rows)
    return batch_id, backend.licensing.preview(principal, ChangeMany(batch_id))


def confirmed(backend, rows):
    """Prepare and confirm a batch, of which no change is made yet; return its id and the capsule."""
    batch_id, _quote = prepared(backend, rows)
    capsule = backend.confirm(ChangeMany(batch_id), task_id=batch_id)
    backend.execute(capsule)
    return batch_id, capsule


def far(backend, batch_id):
    """Return how far a batch is."""
    return backend.licensing.look_up(backend.user(), BatchById(batch_id))


def items(backend, batch_id):
    """Return the items of a batch."""
    return backend.licensing.look_up(backend.user(), BatchItems(batch_id, limit=500))


def finished(backend, batch_id):
    """Go on with a batch until nothing of it is left to do, and return how far it is."""
    for _ in range(100):
        view = backend.licensing.go_on(backend.user(), batch_id)
        if not view.waiting:
            return view
    raise AssertionError(f"the batch does not end: {view}")
