"""What a database server says of itself."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class DatabaseServer:
    """Its kind, its version (``15.4``), its time (UTC), and whether our user passes over row-level security there."""

    kind: str
    version: str
    now: datetime
    bypasses_row_security: bool = False
