"""Known devices: browsers in which somebody signed in with both factors, recognised by a cookie of their own.

A known device has tries of its own, so that strangers who guess cannot keep the owner out; it opens nothing by itself.
"""

from datetime import datetime

from assistant.access.outbox import Outbox
from assistant.access.resources import Resources, hash_token
from assistant.domain.accounts import User
from assistant.domain.identifiers import UserId
from assistant.domain.security_events import SecurityEvent
from assistant.ports.storage.identity import IdentityUnit
from assistant.ports.storage.identity_links import KnownDevice

MOST_DEVICES = 5


class Devices:
    """Recognises and remembers devices, within the caller's transaction."""

    def __init__(self, resources: Resources, outbox: Outbox) -> None:
        self._resources = resources
        self._outbox = outbox

    def recognise(self, unit: IdentityUnit, token: str, user_id: UserId | None) -> str:
        """Return what a known device's tries are counted under, or nothing for any other."""
        if not token or user_id is None:
            return ""
        hashed = hash_token(token)
        return hashed[:32] if unit.devices.knows(hashed, user_id) else ""

    def remember(
        self, unit: IdentityUnit, user: User, token: str, name: str, address: str, now: datetime
    ) -> str:
        """Note a full sign-in; return the token of a device that was not known, nothing for a known one."""
        user_id = user.principal.user_id
        known = bool(self.recognise(unit, token, user_id))
        given = token if known else self._resources.ids.token()
        if not known:
            unit.events.record(SecurityEvent.DEVICE_NEW, now, user_id, address)
        unit.devices.remember(KnownDevice(hash_token(given), user_id, name, now), MOST_DEVICES)
        return "" if known else given

    def tell(self, unit: IdentityUnit, user: User, name: str, address: str, now: datetime) -> None:
        """Write to the owner about a sign-in from a new device."""
        self._outbox.put(unit, "new_device", user, now, device=name or "?", place=address or "?")
