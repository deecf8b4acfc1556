"""Licence actions: what can be asked of the licensing backend, as values.

An action names things by id or by the catalogue's plan id and holds final numbers, never relative ones.
``op`` is the flow id of the contract and appears in the audit and in the list of writes.
"""

from dataclasses import dataclass
from typing import ClassVar

from assistant.domain.identifiers import CustomerId, PlanId, SubscriptionId


@dataclass(frozen=True)
class StartTrial:
    """Start a trial of one service for one customer; ``plan_id`` is the full plan of the service to try."""

    op: ClassVar[str] = "trial"
    customer_id: CustomerId
    plan_id: PlanId
    seats: int


@dataclass(frozen=True)
class ChangeSeats:
    """Set the seats of one subscription to ``seats`` (the total afterwards)."""

    op: ClassVar[str] = "seats"
    customer_id: CustomerId
    subscription_id: SubscriptionId
    seats: int


Action = StartTrial | ChangeSeats
"""Every licence action; a new action is a new member here, a rule file and a line in ``assessment``."""
