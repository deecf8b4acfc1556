"""How the stored second factors stand to the keys at hand."""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.access.keys import Vault
from assistant.domain.errors import InvalidInput
from assistant.ports.storage.identity import Factor


@dataclass(frozen=True)
class FactorHealth:
    """How many factors the newest key sealed, how many older keys did, and how many no key at hand opens."""

    current: int
    older: int
    shut: int

    def require_all_open(self) -> None:
        """Raise InvalidInput if there are factors that no key at hand opens: then nobody of theirs could sign in."""
        if self.shut:
            raise InvalidInput(
                "ASSISTANT_SECRET_KEYS",
                f"lack a key: {self.shut} of the stored second factors cannot be opened. Give the keys that were in use"
                " before, also the older ones; in demo and test mode bring secret.key along from the old data directory",
            )


def factor_health(factors: Iterable[Factor], vault: Vault) -> FactorHealth:
    """Try every factor and count; no secret leaves here."""
    current = older = shut = 0
    for factor in factors:
        try:
            vault.open(factor.sealed_secret, factor.user_id)
        except InvalidInput:
            shut += 1
        else:
            if vault.is_current(factor.sealed_secret):
                current += 1
            else:
                older += 1
    return FactorHealth(current, older, shut)
