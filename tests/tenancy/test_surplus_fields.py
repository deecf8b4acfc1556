"""A write takes the fields it knows; whatever else is sent along changes nothing."""

import pytest

from assistant.domain.errors import InvalidInput
from assistant.ports.wire.actions import _ACTIONS
from assistant.ports.wire.licensing import _LOOKUPS, action_from_json, lookup_from_json
from support.databases import rows_of
from support.licensing_bodies import ACTIONS, LOOKUPS, filled
from support.tenancy import MISSING

SURPLUS = (
    "partner_id", "partner", "tenant", "role", "status", "state", "price", "admin", "user_id", "owner", "actor", "id",
    "version", "permissions", "enrolled", "created_at", "__proto__",
)  # fmt: skip
KEPT_APART = {"attempts", "sessions", "sign_ins", "security_events", "security_head"}
"""Tables in which trying leaves its traces."""


KNOWN = {("month_usage", "partner_id"), ("why_billed", "partner_id"), ("customer", "state")}
"""Names of the list that are fields after all."""


@pytest.mark.parametrize("kind", sorted({*_LOOKUPS, *_ACTIONS}))
def test_no_lookup_or_action_takes_a_field_it_does_not_know(kind):
    body = {"type": kind, **filled(LOOKUPS.get(kind) or ACTIONS.get(kind, {}), MISSING)}
    read = lookup_from_json if kind in _LOOKUPS else action_from_json
    for name in SURPLUS:
        if name in body or (kind, name) in KNOWN:
            continue
        with pytest.raises(InvalidInput) as refused:
            read({**body, name: "1"})
        assert refused.value.field == name


def test_surplus_fields_of_any_write_change_nothing(site):
    surplus = dict.fromkeys(SURPLUS, site.marked["partner"])
    before = stored(site)
    answers = {}
    for rule in site.app.url_map.iter_rules():
        for method in rule.methods & {"POST", "PUT", "PATCH", "DELETE"}:
            path = (
                rule.rule.replace("<conversation_id>", site.marked["conversation"])
                .replace("<", "")
                .replace(">", "")
            )
            if path.endswith(("/session", "/sign-out")) and method in {"DELETE", "POST"}:
                continue
            sent = (
                {"json": surplus}
                if path.startswith("/api/")
                else {"data": {**surplus, "csrf_token": site.form_tokens["carla"]}}
            )
            answers[f"{method} {path}"] = site.call("carla", method, path, **sent).status
    assert [name for name, status in answers.items() if status >= 500] == []
    assert stored(site) == before


def stored(site):
    opened = {"conversations", "conversation_events", "conversation_replies"}
    found = {
        name: rows
        for name, rows in rows_of(site.application.database).items()
        if name not in KEPT_APART | opened
    }
    assert found["users"]
    return found
