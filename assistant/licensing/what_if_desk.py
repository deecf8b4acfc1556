"""What-ifs over the catalogue and the policy in force; figures of one's own customers come through the licensing port."""

from datetime import date

from assistant.domain.catalogue import Catalogue
from assistant.domain.errors import NotFound
from assistant.domain.identifiers import CustomerId, PlanId
from assistant.domain.lookups import CustomerById, OwnCalendar, PartnerTotals, PlanChoice, SubscriptionView
from assistant.domain.periods import local_date
from assistant.domain.principals import Permission, Principal, may
from assistant.domain.reckoning import reckon, reckon_band
from assistant.domain.subscriptions import SubscriptionState
from assistant.domain.supposing import refuse_senseless, supposed
from assistant.domain.what_ifs import Asked, Figures, Holding, WhatIfView
from assistant.licensing.choices import plan_choices
from assistant.licensing.scope import NO_CUSTOMER
from assistant.ports.catalogue import CatalogueSource
from assistant.ports.clock import Clock
from assistant.ports.licensing import Licensing
from assistant.ports.policy import PolicySource

_IN_USE = frozenset({SubscriptionState.ACTIVE.value, SubscriptionState.GRACE.value})
_UNCHANGED = "as it is"


class WhatIfDesk:
    """Reads, reckons, and keeps nothing. Days are those of the asker's partner, or of UTC."""

    def __init__(
        self, licensing: Licensing, catalogues: CatalogueSource, policy: PolicySource, clock: Clock
    ) -> None:
        self._licensing = licensing
        self._catalogues = catalogues
        self._policy = policy
        self._clock = clock

    def plans(self) -> tuple[PlanChoice, ...]:
        """Return the full plans on sale."""
        return plan_choices("assign", None, self._catalogues.current(), self._today(None))

    def reckon(self, principal: Principal | None, asked: Asked) -> WhatIfView:
        """Tell what would follow. Raises InvalidInput, NotFound, BackendUnavailable."""
        catalogue, policy = self._catalogues.current(), self._policy.current()
        today = self._today(principal)
        refuse_senseless(asked, today)
        if asked.op == "band":
            return reckon_band(
                asked, self._own_total(principal, asked), catalogue, policy, asked.day or today
            )
        figures = self._figures(principal, asked.customer_id, catalogue) if asked.customer_id else None
        return reckon(supposed(asked, figures, catalogue, today), catalogue, policy, _UNCHANGED)

    def _own_total(self, principal: Principal | None, asked: Asked) -> int | None:
        if asked.total is not None or principal is None or not may(principal, Permission.CUSTOMERS_READ):
            return None
        return self._licensing.look_up(principal, PartnerTotals()).seats

    def _figures(self, principal: Principal | None, customer_id: CustomerId, catalogue: Catalogue) -> Figures:
        if principal is None:
            raise NotFound(NO_CUSTOMER)
        customer = self._licensing.look_up(principal, CustomerById(customer_id))
        holdings = tuple(
            _holding(s, s.plan_id)
            for s in customer.subscriptions
            if s.plan_id in catalogue.plans and s.plan_id is not None and s.state in _IN_USE
        )
        return Figures(customer.name, holdings, self._licensing.look_up(principal, PartnerTotals()).seats)

    def _today(self, principal: Principal | None) -> date:
        if principal is not None and may(principal, Permission.CUSTOMERS_READ):
            return self._licensing.look_up(principal, OwnCalendar()).today
        return local_date(self._clock.now(), "UTC")


def _holding(view: SubscriptionView, plan_id: str) -> Holding:
    return Holding(PlanId(plan_id), view.seats, view.start, view.expires, view.renew_months or 0)
