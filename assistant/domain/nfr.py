"""Not-for-resale licences: a partner's own, free, one for each product; for training and demonstrations only."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class NfrLicence:
    """One not-for-resale licence of the partner itself; only its name is free to choose. It is never billed."""

    product: str
    name: str
    code: str
    since: datetime
