"""Where things lie below the data directory."""

from pathlib import Path

from assistant.config import Settings


def index_dir(settings: Settings) -> Path:
    """Return the folder of the indexes of all publications."""
    return settings.data_dir / "index"
