"""The action that is many actions: it names the batch that holds them."""

from dataclasses import dataclass
from typing import ClassVar

from assistant.domain.identifiers import BatchId


@dataclass(frozen=True)
class ChangeMany:
    """Make the changes of a batch that was prepared before, each under its own rule."""

    op: ClassVar[str] = "bulk"
    kind: ClassVar[str] = "bulk"
    batch_id: BatchId
    customer_id: None = None
