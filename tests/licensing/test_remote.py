"""The backend over HTTP: what each way of failing on the way means, and who may speak for whom."""

import httpx2 as httpx
import pytest

from assistant.domain.actions import ChangeSeats
from assistant.domain.errors import (
    BackendUnavailable,
    InvalidInput,
    NotSignedIn,
    OutcomeUnknown,
    QuoteOutdated,
)
from assistant.domain.identifiers import CustomerId
from assistant.domain.lookups import CustomerById, History, VisibleCustomers
from assistant.licensing.remote import RemoteLicensing
from support.licensing import Backend, a_proof
from support.remote import TOKEN, remote_licensing, the_instance


@pytest.fixture
def backend(tmp_path):
    made = Backend(f"sqlite:///{tmp_path / 'assistant.sqlite3'}")
    made.embedded = made.licensing
    made.licensing = client = remote_licensing(made, tmp_path)
    yield made
    client.close()
    made.database.close()


@pytest.fixture
def capsule(backend):
    subscription = backend.stored("Contoso").subscriptions[0]
    return backend.confirm(ChangeSeats(backend.customer("Contoso"), subscription.id, 30))


def fail_with(error):
    def fail(request):
        raise error("planted", request=request)

    return fail


def works(request):
    """Let a request or its answer pass."""


def answering(status, content):
    """A client of an instance that always answers the same."""
    answer = httpx.MockTransport(lambda request: httpx.Response(status, content=content))
    return RemoteLicensing("http://licensing.example", TOKEN, answer)


def test_an_instance_that_cannot_be_reached_changed_nothing(backend, capsule):
    backend.licensing.wire.before = fail_with(httpx.ConnectError)

    for operation in (
        lambda: backend.licensing.execute(backend.user(), capsule, a_proof(capsule)),
        lambda: backend.licensing.look_up(backend.user(), VisibleCustomers()),
        lambda: backend.licensing.preview(backend.user(), capsule.quote.action),
        lambda: backend.licensing.status(backend.user(), capsule.hash),
        lambda: backend.licensing.withdraw(backend.user(), capsule.hash),
    ):
        with pytest.raises(BackendUnavailable):
            operation()
    assert backend.stored("Contoso").version == 1


def test_a_lost_answer_is_resolved_by_the_status_of_the_same_key(backend, capsule):
    backend.licensing.wire.after = fail_with(httpx.ReadTimeout)
    with pytest.raises(OutcomeUnknown):
        backend.licensing.execute(backend.user(), capsule, a_proof(capsule))
    backend.licensing.wire.after = works

    receipt = backend.licensing.status(backend.user(), capsule.hash)

    assert receipt is not None
    assert receipt.values["seats"] == 30
    assert backend.licensing.withdraw(backend.user(), capsule.hash) == receipt
    assert backend.licensing.execute(backend.user(), capsule, a_proof(capsule)) == receipt
    assert backend.stored("Contoso").version == 2


def test_a_request_that_got_lost_is_settled_so_that_it_never_comes_late(backend, capsule):
    backend.licensing.wire.before = fail_with(httpx.ReadError)
    with pytest.raises(OutcomeUnknown):
        backend.licensing.execute(backend.user(), capsule, a_proof(capsule))
    backend.licensing.wire.before = works

    assert backend.licensing.status(backend.user(), capsule.hash) is None
    assert backend.licensing.withdraw(backend.user(), capsule.hash) is None
    with pytest.raises(QuoteOutdated):
        backend.licensing.execute(backend.user(), capsule, a_proof(capsule))
    assert backend.stored("Contoso").version == 1


@pytest.mark.parametrize(
    ("status", "content"),
    [
        (502, b"<html>gateway</html>"),
        (500, b'{"code": "internal"}'),
        (200, b"[]"),
        (200, b'{"type": "receipt"}'),
    ],
)
def test_an_answer_that_tells_nothing_leaves_the_outcome_of_a_change_unknown(
    backend, capsule, status, content
):
    client = answering(status, content)

    with pytest.raises(OutcomeUnknown):
        client.execute(backend.user(), capsule, a_proof(capsule))
    with pytest.raises(BackendUnavailable):
        client.look_up(backend.user(), History())
    client.close()


@pytest.mark.parametrize("content", [b"{}", b'{"result": 5}', b'{"result": [{"id": 1}]}', b"not json"])
def test_a_result_of_another_shape_is_not_taken_for_one(backend, content):
    client = answering(200, content)

    with pytest.raises(BackendUnavailable):
        client.look_up(backend.user(), VisibleCustomers())
    client.close()


def test_an_instance_that_is_not_trusted_is_not_served(backend, tmp_path):
    backend.licensing = backend.embedded
    stranger = remote_licensing(backend, tmp_path, token="x" * 40)

    with pytest.raises(NotSignedIn):
        stranger.look_up(backend.user(), VisibleCustomers())
    stranger.close()


@pytest.mark.parametrize(
    "said", ["", "nonsense", "[" * 5000, "{}", '{"user_id": "U-1", "name": "A", "role": "king"}']
)
def test_a_trusted_instance_has_to_say_for_whom_it_asks(backend, tmp_path, said):
    backend.licensing = backend.embedded
    browser = the_instance(backend, tmp_path).test_client()
    headers = {"Authorization": f"Bearer {TOKEN}", "Assistant-On-Behalf-Of": said}

    answer = browser.post("/api/v1/licensing/look-up", json={"type": "visible_customers"}, headers=headers)

    assert answer.status_code == 422
    assert answer.json["field"].startswith("Assistant-On-Behalf-Of")


def test_errors_keep_their_kind_and_field_over_the_wire(backend):
    with pytest.raises(InvalidInput) as caught:
        backend.licensing.look_up(backend.user(), History(limit=9999))
    assert caught.value.field == "limit"
    assert caught.value.message == "must be 1 to 500"


def test_a_partners_view_is_the_same_from_near_and_from_afar(backend):
    lookup = CustomerById(CustomerId(backend.customer("Tailspin")))

    assert backend.licensing.look_up(backend.user(), lookup) == backend.embedded.look_up(
        backend.user(), lookup
    )
