"""What-ifs as conversation and doors see them: anybody may ask, and nothing of it can be made to happen."""

from typing import Protocol

from assistant.domain.lookups import PlanChoice
from assistant.domain.principals import Principal
from assistant.domain.what_ifs import Asked, WhatIfView


class WhatIfs(Protocol):
    """Reckons with entered numbers, or with the figures of a customer that the principal may see."""

    def plans(self) -> tuple[PlanChoice, ...]:
        """Return the full plans that can be named."""

    def reckon(self, principal: Principal | None, asked: Asked) -> WhatIfView:
        """Tell what would follow, changing nothing.

        Raises InvalidInput naming what is missing or senseless, and NotFound for a customer that the principal may not see.
        """
