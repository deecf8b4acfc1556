"""Reading a what-if from its JSON form."""

from assistant.domain.identifiers import CustomerId, PlanId
from assistant.domain.what_ifs import Asked
from assistant.ports.wire.fields import Fields

NUMBERS = ("seats", "seats_after", "change", "total")
"""The fields that hold whole numbers."""
DAYS = ("since", "day")
"""The fields that hold days, ``YYYY-MM-DD``."""
TEXTS = ("plan", "to", "customer_id")
"""The fields that hold an id or a name."""


def asked_from_json(fields: Fields) -> Asked:
    """Read what is supposed; everything but ``op`` may be absent. Raises InvalidInput."""
    plan, to, customer = (fields.optional_text(name) for name in TEXTS)
    seats, after, change, total = (_number(fields, name) for name in NUMBERS)
    since, day = (fields.optional_day(name) for name in DAYS)
    asked = Asked(
        op=fields.text("op"),
        plan=None if plan is None else PlanId(plan),
        seats=seats,
        to=None if to is None else PlanId(to),
        seats_after=after,
        change=change,
        total=total,
        since=since,
        day=day,
        customer_id=None if customer is None else CustomerId(customer),
    )
    fields.done()
    return asked


def _number(fields: Fields, name: str) -> int | None:
    return None if fields.raw(name) is None else fields.number(name)
