"""The tables, one module for each subject; importing this package fills ``metadata`` with all of them."""

from assistant.persistence.tables import (
    conversations,
    feedback,
    hand_offs,
    identity,
    identity_links,
    knowledge,
    knowledge_asking,
    knowledge_desk,
    licensing,
    licensing_bulk,
    licensing_records,
    simulation,
)
from assistant.persistence.tables.base import metadata

__all__ = [
    "conversations",
    "feedback",
    "hand_offs",
    "identity",
    "identity_links",
    "knowledge",
    "knowledge_asking",
    "knowledge_desk",
    "licensing",
    "licensing_bulk",
    "licensing_records",
    "metadata",
    "simulation",
]
