"""Who asks."""

from dataclasses import dataclass
from datetime import datetime

from assistant.domain.catalogue import Catalogue
from assistant.domain.partners import Partner
from assistant.domain.policy import Policy
from assistant.domain.principals import Permission, Principal
from assistant.licensing.scope import partner_of
from assistant.ports.storage.licensing import LicensingUnit


@dataclass(frozen=True)
class Asker:
    """Who looks something up, in which transaction, and what the outside is like."""

    unit: LicensingUnit
    principal: Principal
    catalogue: Catalogue
    policy: Policy
    now: datetime

    def partner(self, permission: Permission = Permission.CUSTOMERS_READ) -> Partner | None:
        """Return the asker's partner, or None for whoever may see none."""
        return partner_of(self.unit, self.principal, permission)
