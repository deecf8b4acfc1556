"""Where the licensing backend gets the policy it enforces."""

from typing import Protocol

from assistant.domain.policy import Policy


class PolicySource(Protocol):
    """Reads facts and citations from the publication in force."""

    def current(self) -> Policy:
        """Return the policy of the publication in force; facts that no entry states are absent from it."""
