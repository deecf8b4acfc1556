import pytest

from assistant.domain.actions import StartTrial
from assistant.domain.errors import BackendUnavailable, OutcomeUnknown
from assistant.domain.identifiers import PlanId
from assistant.domain.lookups import VisibleCustomers
from assistant.ports.simulation import Fault
from support.licensing import a_proof


@pytest.fixture
def capsule(backend):
    return backend.confirm(StartTrial(backend.customer("Lucerne"), PlanId("email-security-standard"), 6))


def test_an_unavailable_backend_changes_nothing(backend, capsule):
    backend.simulation.set_fault(Fault.UNAVAILABLE)

    for operation in (
        lambda: backend.licensing.execute(backend.user(), capsule, a_proof(capsule)),
        lambda: backend.licensing.look_up(backend.user(), VisibleCustomers()),
        lambda: backend.licensing.preview(backend.user(), capsule.quote.action),
        lambda: backend.licensing.status(backend.user(), capsule.hash),
    ):
        with pytest.raises(BackendUnavailable):
            operation()
    assert backend.stored("Lucerne").subscriptions == ()


def test_a_lost_answer_leaves_the_change_made_and_its_status_to_be_asked_later(backend, capsule):
    backend.simulation.set_fault(Fault.TIMEOUT_AFTER_WRITE)

    with pytest.raises(OutcomeUnknown):
        backend.licensing.execute(backend.user(), capsule, a_proof(capsule))
    with pytest.raises(BackendUnavailable):
        backend.licensing.status(backend.user(), capsule.hash)
    assert backend.licensing.look_up(backend.user(), VisibleCustomers())
    backend.simulation.set_fault(Fault.NONE)

    receipt = backend.licensing.status(backend.user(), capsule.hash)

    assert receipt is not None
    assert len(backend.stored("Lucerne").subscriptions) == 1


def test_a_slow_backend_waits_and_answers(backend):
    backend.simulation.set_fault(Fault.SLOW)

    assert backend.licensing.look_up(backend.user(), VisibleCustomers())
    assert backend.waits == ["waited"]
