"""Use: how many of the provisioned seats are in use, as sampled."""

from dataclasses import dataclass
from datetime import datetime

from assistant.domain.identifiers import CustomerId, PartnerId, SubscriptionId


@dataclass(frozen=True)
class UsageSample:
    """Seats of one subscription in use at an instant (UTC)."""

    partner_id: PartnerId
    customer_id: CustomerId
    subscription_id: SubscriptionId
    product: str
    at: datetime
    used: int
