"""One example of every lookup and of every action, as JSON; a value ``@case`` stands for the id of a case, and so on."""

_ON_PLAN = {"customer_id": "@customer", "subscription_id": "@subscription"}
_PLAN = "wf-services-monthly"

LOOKUPS = {
    "visible_customers": {},
    "customer_by_id": {"customer_id": "@customer"},
    "plan_choices": {"op": "seats", "customer_id": "@customer"},
    "crossgrade_matrix": {"customer_id": "@customer", "plan_id": _PLAN},
    "seat_limits": {"op": "trial"},
    "history": {"customer_id": "@customer"},
    "change_by_reference": {"reference": "@reference"},
    "partner_totals": {},
    "cases": {"customer_id": "@customer"},
    "case_by_id": {"case_id": "@case"},
    "own_licences": {},
    "own_calendar": {},
    "remote_manager": {},
    "month_usage": {"month": "2026-03", "partner_id": "@partner"},
    "reports": {},
    "transactions": {"month": "2026-03"},
    "why_billed": {"month": "2026-03", "line": "@customer/WFS", "partner_id": "@partner"},
    "band_what_if": {"seats": 10},
    "batch_by_id": {"batch_id": "@batch"},
    "batch_items": {"batch_id": "@batch"},
    "batches": {},
    "plans_of_all": {"op": "seats"},
    "customers_by": {"words": "conto", "order": "seats", "only": "active", "limit": 5},
    "changes_by": {"customer_id": "@customer", "limit": 5},
    "ahead": {"customer_id": "@customer"},
    "ways": {"customer_id": "@customer"},
    "moves": {"customer_id": "@customer"},
    "month_days": {"month": "2026-03"},
}

ACTIONS = {
    "trial": {"customer_id": "@customer", "plan_id": _PLAN, "seats": 5},
    "convert_trial": {**_ON_PLAN, "plan_id": _PLAN, "seats": 5},
    "assign": {"customer_id": "@customer", "plan_id": _PLAN, "seats": 5},
    "seats": {**_ON_PLAN, "seats": 40},
    "term": {**_ON_PLAN, "expires": "2027-04-01"},
    "renewal": {**_ON_PLAN, "months": 1},
    "suspend": _ON_PLAN,
    "resume": _ON_PLAN,
    "cancel": _ON_PLAN,
    "crossgrade": {"customer_id": "@customer", "plan_id": _PLAN, "seats": 5},
    "customer": {"name": "Fabrikam"},
    "customer_state": {"customer_id": "@customer", "enabled": False},
    "migrate": {"customer_id": "@customer", "licence_id": "@licence", "plan_id": _PLAN},
    "migration_step": {"customer_id": "@customer", "case_id": "@case", "step": "x", "evidence": "y"},
    "suite_approval": {"plan_id": _PLAN},
    "suite_change": _ON_PLAN,
    "usage_report": {"month": "2026-02"},
    "report_review": {"partner_id": "@partner", "month": "2026-03", "decision": "approve"},
    "support_case": {**_ON_PLAN, "reason": "r", "level_one": "a", "level_two": "b"},
    "nfr": {"plan_id": _PLAN, "name": "Own use"},
    "bulk": {"batch_id": "@batch"},
}


def filled(body, ids):
    """Put ids into an example."""
    return {name: _filled(value, ids) for name, value in body.items()}


def takes_ids(body):
    """Tell whether an example names anything by its id."""
    return any(isinstance(value, str) and value.startswith("@") for value in body.values())


def _filled(value, ids):
    if not isinstance(value, str) or not value.startswith("@"):
        return value
    name, slash, rest = value[1:].partition("/")
    return f"{ids[name]}{slash}{rest}"
