"""World files: partners, customers, licences and users for demos and tests, as text and as values."""

from pathlib import Path

from assistant.licensing.worlds.reader import read_world
from assistant.licensing.worlds.values import (
    DEFAULT_CATALOGUE,
    CustomerWorld,
    Fill,
    PartnerWorld,
    SubscriptionWorld,
    UserWorld,
    World,
)


def demo_world() -> World:
    """Return the demo world that comes with the program."""
    return read_world(Path(__file__).with_name("demo.yaml").read_text(encoding="utf-8"))


__all__ = [
    "DEFAULT_CATALOGUE",
    "CustomerWorld",
    "Fill",
    "PartnerWorld",
    "SubscriptionWorld",
    "UserWorld",
    "World",
    "demo_world",
    "read_world",
]
