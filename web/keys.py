"""The key that signs form tokens, the same in every process of one installation."""

import hashlib
import hmac
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.config import Settings
    from assistant.ports.clock import Ids

_PURPOSE = b"assistant form tokens, version 1"


def signing_key(settings: "Settings", ids: "Ids") -> bytes:
    """Derive the key from the first secret key; in demo and test mode one is kept in the data directory."""
    secret = settings.secret_keys[0] if settings.secret_keys else _kept(settings.data_dir / "forms.key", ids)
    return hmac.new(secret.encode(), _PURPOSE, hashlib.sha256).digest()


def _kept(path: Path, ids: "Ids") -> str:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        path.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        # an empty file is a start that was killed between the two steps: it has signed nothing yet
        if kept := path.read_text().strip():
            return kept
    path.write_text(ids.token())
    return path.read_text().strip()
