"""Rows as the first release left them: a partner with customers and plans, users, a publication, a conversation.

They are written as that release laid them out, so they say nothing of columns that came later.
"""

from datetime import UTC, date, datetime

RELEASED = "0006"
_AT = datetime(2026, 3, 15, 12, 0, tzinfo=UTC)
_HASH = "a" * 64
_CITES = [{"entry": "trials", "version": 1, "heading": "Trials", "document": "Handbook", "date": "2025-03"}]

ROWS = {
    "simulation": [{"name": "fault", "value": "slow"}],
    "knowledge_entries": [{"id": "trials", "collection": "Handbook", "retired": False}],
    "knowledge_versions": [
        {
            "entry_id": "trials",
            "version": 1,
            "state": "approved",
            "kind": "question",
            "question": "Are there trials?",
            "text": "- Für 10 Plätze",
            "document": "Handbook",
            "heading": "Trials",
            "document_date": "2025-03",
            "line": None,
            "attributes": {"aliases": [], "topic": None},
            "created_at": _AT,
            "approved_at": None,
        }
    ],
    "knowledge_publications": [{"hash": _HASH, "size": 1, "created_at": _AT}],
    "knowledge_publication_entries": [{"hash": _HASH, "entry_id": "trials", "version": 1}],
    "knowledge_switches": [{"number": 1, "hash": _HASH, "back": None, "at": _AT}],
    "knowledge_facts": [{"name": "trial_seats_max", "value": 10, "approved_at": _AT}],
    "knowledge_gaps": [
        {"number": 1, "key": _HASH, "question": "paint?", "missing": ["paint"], "count": 2, "last_at": _AT}
    ],
    "knowledge_gap_askers": [{"number": 1, "asker": _HASH}],
    "knowledge_asked_entries": [{"entry_id": "trials", "count": 3, "last_at": _AT}],
    "users": [
        {
            "id": "US-1",
            "username": "anna",
            "name": "Anna",
            "role": "partner_admin",
            "partner_id": "P-1",
            "customer_id": None,
            "password_hash": "-",
            "created_at": _AT,
            "disabled_at": None,
        }
    ],
    "second_factors": [
        {
            "user_id": "US-1",
            "sealed_secret": "s",
            "last_step": 5,
            "failures_in_a_row": 0,
            "in_force_since": _AT,
        }
    ],
    "recovery_codes": [{"user_id": "US-1", "selector": "AB12", "code_hash": "-", "used_at": None}],
    "attempts": [{"id": 7, "key": "code:US-1", "at": _AT}],
    "security_events": [
        {"id": 9, "name": "session_opened", "at": _AT, "user_id": "US-1", "address": "192.0.2.1"}
    ],
    "partners": [{"id": "P-1", "name": "Northwind", "time_zone": "Europe/Berlin"}],
    "customers": [
        {"id": "C-1", "partner_id": "P-1", "name": "Contoso", "country": "DE", "enabled": True, "version": 2},
        {
            "id": "C-2",
            "partner_id": "P-1",
            "name": "Lucerne",
            "country": None,
            "enabled": False,
            "version": 1,
        },
    ],
    "subscriptions": [
        {
            "id": "S-1",
            "customer_id": "C-1",
            "position": 0,
            "plan_id": "wf-services-monthly",
            "trial": False,
            "seats": 25,
            "start": date(2025, 4, 1),
            "expires": date(2026, 4, 1),
            "initial_months": 1,
            "renew_months": 1,
        }
    ],
    "licences": [
        {
            "id": "L-1",
            "subscription_id": "S-1",
            "position": 0,
            "product": "WFS",
            "code": "WF-DEMO-AAAAA-AAAAA-AAAAA-AAAAA-AAA01",
            "data_center": None,
            "managed": True,
        }
    ],
    "standard_licences": [
        {
            "customer_id": "C-2",
            "position": 0,
            "product": "Endpoint",
            "hosting": "on_premises",
            "model": "upfront",
            "seats": 5,
        }
    ],
    "commands": [
        {
            "key": "k",
            "partner_id": "P-1",
            "request_hash": _HASH,
            "receipt": {"reference": "R-1"},
            "decided_at": _AT,
        },
        {"key": "withdrawn", "partner_id": "P-1", "request_hash": "", "receipt": None, "decided_at": _AT},
    ],
    "audit_entries": [
        {
            "partner_id": "P-1",
            "seq": 1,
            "prev_hash": "0" * 64,
            "hash": _HASH,
            "name": "seats.changed",
            "reference": "R-1",
            "op": "seats",
            "customer_id": "C-1",
            "customer": "Contoso",
            "actor_id": "US-1",
            "actor": "Anna",
            "at": _AT,
            "capsule_hash": _HASH,
            "values": {"seats": 25},
            "before": {"seats": 20},
            "after": {"seats": 25},
            "cites": _CITES,
        }
    ],
    "audit_heads": [{"partner_id": "P-1", "seq": 1, "hash": _HASH}],
    "conversations": [
        {
            "id": "CV-1",
            "owner": "US-1",
            "version": 1,
            "state": {"writes": 0},
            "created_at": _AT,
            "used_at": _AT,
            "used_order": 1,
        }
    ],
    "conversation_events": [
        {"conversation_id": "CV-1", "position": 1, "event": {"type": "asked", "text": "Grüße 🙂"}, "at": _AT}
    ],
    "conversation_replies": [
        {
            "conversation_id": "CV-1",
            "message_id": "m-1",
            "position": 1,
            "request_hash": _HASH,
            "at": _AT,
            "said": "hello",
            "turn": {"blocks": []},
        }
    ],
    "tasks": [
        {
            "id": "T-1",
            "owner": "US-1",
            "conversation_id": "CV-1",
            "task": {"id": "T-1"},
            "updated_at": _AT,
            "updated_order": 1,
        }
    ],
}
