"""The API held to its own description by requests that it allows, and by requests that it does not.

``HOSTILE_EXAMPLES`` sets how many requests each operation gets, and how many hostile texts each form.
"""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error, unsupported_method
from schemathesis.specs.openapi import checks as openapi

from support.hostile import RAW, TEXTS, VALUES, harm_done
from support.licensing_bodies import ACTIONS, LOOKUPS, filled
from support.soaking import EXAMPLES
from support.tenancy import MISSING

CHECKS = [
    not_a_server_error, unsupported_method, openapi.status_code_conformance, openapi.content_type_conformance,
    openapi.response_schema_conformance, openapi.negative_data_rejection,
]  # fmt: skip
SEARCHED = settings(
    max_examples=EXAMPLES, deadline=None, database=None, derandomize=EXAMPLES < 10, suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)  # fmt: skip


@pytest.fixture(scope="module")
def described(site):
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", site.app)


@pytest.mark.parametrize("who", ["carla", None] if EXAMPLES > 10 else ["carla"])
def test_every_operation_answers_as_described(site, described, who):
    token = site.tokens.get(who)
    watched = {"DELETE /api/v1/session", "GET /api/v1/healthz", "GET /api/v1/readyz", "GET /api/v1/metrics"}
    operations = [
        operation
        for found in described.get_all_operations()
        if (operation := found.ok()).label not in watched
    ]
    # making up requests takes long: a short run takes every sixth operation
    for operation in operations if EXAMPLES > 10 else operations[::6]:
        _check(operation, {"Authorization": f"Bearer {token}"} if token else {})


def _check(operation, headers):
    @SEARCHED
    @given(
        st.one_of(
            operation.as_strategy(),
            operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE),
        )
    )
    def answers(case):
        case.call_and_validate(headers=headers, checks=CHECKS)

    answers()


def writes(site):
    for rule in site.app.url_map.iter_rules():
        for method in sorted(rule.methods & {"POST", "PUT", "PATCH"}):
            if rule.rule.startswith("/api/"):
                yield (
                    method,
                    rule.rule.replace("<conversation_id>", site.marked["conversation"])
                    .replace("<", "")
                    .replace(">", ""),
                )


def test_no_body_that_is_no_json_does_any_harm(site):
    client, headers = site.app.test_client(), {"Authorization": f"Bearer {site.tokens['rita']}"}
    harm = {}
    for number, (method, path) in enumerate(writes(site)):
        # in turn, so that over all addresses every body is sent
        for raw in RAW if EXAMPLES > 10 else RAW[number % 5 :: 5]:
            answer = client.open(
                path, method=method, data=raw, headers=headers, content_type="application/json"
            )
            if found := list(harm_done(answer)):
                harm[path, raw[:20]] = found
    assert harm == {}


@pytest.mark.parametrize("kind", sorted({*LOOKUPS, *ACTIONS}))
def test_no_value_of_any_field_does_any_harm(site, kind):
    client, headers = site.app.test_client(), {"Authorization": f"Bearer {site.tokens['rita']}"}
    body = {"type": kind, **filled({**LOOKUPS, **ACTIONS}[kind], {**MISSING, **site.marked})}
    path = "/api/v1/licensing/" + ("look-up" if kind in LOOKUPS else "preview")
    harm, values = {}, (*VALUES, *TEXTS)
    for place, name in enumerate(body):
        # in turn, so that over all fields every value is tried
        for number in range(min(EXAMPLES * 2, len(values))):
            value = values[(place * 7 + number * 11 + len(kind)) % len(values)]
            answer = client.post(path, json={**body, name: value}, headers=headers)
            if found := list(harm_done(answer)):
                harm[name, repr(value)[:30]] = found
    assert harm == {}
