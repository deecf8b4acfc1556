"""Partners: the companies that hold customers. A partner is the boundary of what anybody may see."""

from dataclasses import dataclass

from assistant.domain.identifiers import PartnerId


@dataclass(frozen=True)
class Partner:
    """One partner; ``time_zone`` is an IANA name, and all its calendar dates are taken there."""

    id: PartnerId
    name: str
    time_zone: str
