"""The only clock of a script."""

from datetime import datetime


class ScriptClock:
    """It stands still until the script moves it."""

    def __init__(self, instant: datetime) -> None:
        self.instant = instant

    def now(self) -> datetime:
        """Return the script's present."""
        return self.instant
