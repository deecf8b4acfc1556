"""Partners: the companies that hold customers. A partner is the boundary of what anybody may see."""

from dataclasses import dataclass
from datetime import date

from assistant.domain.identifiers import PartnerId


@dataclass(frozen=True)
class Partner:
    """One partner; ``time_zone`` is an IANA name, and all its calendar dates are taken there.

    ``since`` is the day it joined: compositions of suites that were in force then need no approval. ``standard_tenant`` tells
    that its Remote Manager holds standard licences, whose customers cannot be brought onto the platform by synchronisation.
    """

    id: PartnerId
    name: str
    time_zone: str
    since: date
    standard_tenant: bool = False
