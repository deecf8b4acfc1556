"""The client: one request for each operation, and what each way of failing means.

A request that cannot have arrived changed nothing: BackendUnavailable. An ``execute`` that was sent and not answered may or may
not have been carried out: OutcomeUnknown, after which only its status may be asked for, under the same key.
"""

import json
from collections.abc import Sequence
from typing import Any, cast
from urllib.parse import quote as quoted

import httpx2 as httpx

from assistant.domain.actions import Action
from assistant.domain.batches import BatchById, BatchView
from assistant.domain.bulk import BulkRow
from assistant.domain.errors import AssistantError, BackendUnavailable, NotFound, OutcomeUnknown
from assistant.domain.identifiers import BatchId, CustomerId, LicenceId
from assistant.domain.lookups import Lookup, ResultT
from assistant.domain.principals import Principal
from assistant.domain.quotes import Capsule, Quote, Receipt, StepUp
from assistant.domain.refusals import Refusal
from assistant.licensing.remote.answers import outcome_of, problem_of, result_of
from assistant.ports.wire.bulk import rows_json
from assistant.ports.wire.licensing import action_json, capsule_json, lookup_json
from assistant.ports.wire.principals import principal_json, step_up_json

_PREFIX = "/api/v1/licensing"
_SECONDS = 10.0
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
_UNREACHABLE = "The licensing backend cannot be reached; nothing was changed."


class RemoteLicensing:
    """Implements the licensing port against another instance, which trusts this one by its token.

    ``transport`` is given by tests, which answer in the same process.
    """

    def __init__(self, url: str, token: str, transport: httpx.BaseTransport | None = None) -> None:
        self._client = httpx.Client(
            base_url=url,
            headers={"Authorization": f"Bearer {token}"},
            timeout=_SECONDS,
            follow_redirects=False,
            transport=transport,
        )

    def look_up(self, principal: Principal, lookup: Lookup[ResultT]) -> ResultT:
        """Answer a lookup. Raises NotFound, InvalidInput, BackendUnavailable."""
        return result_of(lookup, self._send(principal, "/look-up", lookup_json(lookup)).get("result"))

    def preview(self, principal: Principal, action: Action) -> Quote | Refusal:
        """Compute what the action would do. Raises NotFound, InvalidInput, BackendUnavailable."""
        return cast("Quote | Refusal", outcome_of(self._send(principal, "/preview", action_json(action))))

    def execute(self, principal: Principal, capsule: Capsule, proof: StepUp) -> Receipt | Refusal:
        """Make the change once. Raises Forbidden, NotFound, QuoteOutdated, BackendUnavailable, OutcomeUnknown."""
        body = {"capsule": capsule_json(capsule), "proof": step_up_json(proof)}
        try:
            response = self._post(principal, "/execute", body)
        except _NOT_SENT as error:
            raise BackendUnavailable(_UNREACHABLE) from error
        except httpx.HTTPError as error:
            raise _unknown() from error
        answered = _json(response)
        if response.is_success:
            try:
                return cast("Receipt | Refusal", outcome_of(answered))
            except BackendUnavailable as error:
                raise _unknown() from error
        raise problem_of(answered) or (_unknown() if response.is_server_error else _refused(response))

    def status(self, principal: Principal, key: str) -> Receipt | None:
        """Return the receipt under a key of the principal's partner, or None. Raises BackendUnavailable."""
        try:
            return cast("Receipt", outcome_of(self._send(principal, f"/status/{quoted(key, safe='')}", None)))
        except NotFound:
            return None

    def withdraw(self, principal: Principal, key: str) -> Receipt | None:
        """Return the receipt under a key, or see to it that nothing is ever executed under it. Raises BackendUnavailable."""
        answered = self._send(principal, "/withdraw", {"key": key})
        return cast("Receipt", outcome_of(answered)) if answered.get("type") == "receipt" else None

    def prepare(self, principal: Principal, rows: Sequence[BulkRow]) -> BatchId:
        """Keep rows as a batch to be previewed. Raises Forbidden, InvalidInput, NotFound, BackendUnavailable."""
        answered = self._send(principal, "/batches", {"rows": rows_json(rows)})
        return BatchId(str(answered.get("id")))

    def go_on(self, principal: Principal, batch_id: BatchId) -> BatchView:
        """Make the next changes of a running batch. Raises Forbidden, NotFound, BackendUnavailable."""
        return self._moved(principal, batch_id, "go-on")

    def stop(self, principal: Principal, batch_id: BatchId) -> BatchView:
        """Let a running batch begin no further change. Raises Forbidden, NotFound, BackendUnavailable."""
        return self._moved(principal, batch_id, "stop")

    def reveal(self, principal: Principal, customer_id: CustomerId, licence_id: LicenceId) -> str:
        """Return an activation code in full. Raises Forbidden, NotFound, BackendUnavailable."""
        asked = {"customer_id": customer_id, "licence_id": licence_id}
        return str(self._send(principal, "/reveal", asked).get("code"))

    def _moved(self, principal: Principal, batch_id: BatchId, how: str) -> BatchView:
        path = f"/batches/{quoted(batch_id, safe='')}/{how}"
        return result_of(BatchById(batch_id), self._send(principal, path, {}).get("result"))

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _send(self, principal: Principal, path: str, body: object) -> dict[str, Any]:
        try:
            response = self._post(principal, path, body)
        except httpx.HTTPError as error:
            raise BackendUnavailable(_UNREACHABLE) from error
        answered = _json(response)
        if not response.is_success:
            raise problem_of(answered) or _refused(response)
        if not isinstance(answered, dict):
            raise BackendUnavailable("The licensing backend answered no JSON object.")
        return answered

    def _post(self, principal: Principal, path: str, body: object) -> httpx.Response:
        headers = {"Assistant-On-Behalf-Of": json.dumps(principal_json(principal))}
        if body is None:
            return self._client.get(_PREFIX + path, headers=headers)
        return self._client.post(_PREFIX + path, json=body, headers=headers)


def _json(response: httpx.Response) -> object:
    try:
        answered: object = response.json()
    except ValueError:
        return None
    return answered


def _unknown() -> OutcomeUnknown:
    return OutcomeUnknown("The licensing backend did not answer; whether the change was made is not known.")


def _refused(response: httpx.Response) -> AssistantError:
    return BackendUnavailable(f"The licensing backend answered with status {response.status_code}.")
