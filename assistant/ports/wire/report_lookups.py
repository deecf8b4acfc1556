"""Reading lookups about months from their JSON form."""

from collections.abc import Callable, Mapping
from typing import Any

from assistant.domain.identifiers import PartnerId
from assistant.domain.lookups import Lookup
from assistant.domain.report_lookups import BandWhatIf, MonthUsage, Reports, Transactions, WhyBilled
from assistant.ports.wire.fields import Fields

_LONGEST_LINE = 100


def _partner(fields: Fields) -> PartnerId | None:
    partner_id = fields.optional_text("partner_id")
    return None if partner_id is None else PartnerId(partner_id)


READERS: Mapping[str, Callable[[Fields], Lookup[Any]]] = {
    "month_usage": lambda fields: MonthUsage(fields.text("month"), _partner(fields)),
    "reports": lambda _fields: Reports(),
    "transactions": lambda fields: Transactions(fields.text("month")),
    "why_billed": lambda fields: WhyBilled(
        fields.text("month"), fields.text("line", limit=_LONGEST_LINE), _partner(fields)
    ),
    "band_what_if": lambda fields: BandWhatIf(fields.number("seats"), fields.number("change", 0)),
}
"""How each of these lookups is read, by its ``type``."""
