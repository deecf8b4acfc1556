"""The vault: seals second-factor secrets with keys that are not in the database.

A sealed text is ``1:KEY-ID:BASE64``. It is bound to its owner: moved to another user's row it does not open.
The cipher is AES-SIV (RFC 5297), which needs no random number that could ever repeat.
"""

import base64
import binascii
import hashlib
import os
import tempfile
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from assistant.domain.errors import InvalidInput

_SETTING = "ASSISTANT_SECRET_KEYS"
_FORM = "1"
_KEY_BYTES = 32
_FEWEST_DIFFERENT_BYTES = 8
_KEY_FILE = "secret.key"


class Vault:
    """Seals with the newest key and opens with any; ``keys`` are 32 bytes each, newest first."""

    def __init__(self, keys: tuple[bytes, ...]) -> None:
        self._ciphers = {_key_id(key): AESSIV(_derived(key)) for key in keys}
        self._newest = _key_id(keys[0])

    def seal(self, text: str, owner: str) -> str:
        """Encrypt a text for its owner."""
        sealed = self._ciphers[self._newest].encrypt(text.encode(), [owner.encode()])
        return f"{_FORM}:{self._newest}:{base64.b64encode(sealed).decode()}"

    def open(self, sealed: str, owner: str) -> str:
        """Decrypt a sealed text. Raises InvalidInput when the key is missing, or the text is not this owner's."""
        form, _, rest = sealed.partition(":")
        key_id, _, content = rest.partition(":")
        cipher = self._ciphers.get(key_id)
        if form != _FORM or cipher is None:
            raise InvalidInput(_SETTING, f"lack the key {key_id}, which a stored secret was sealed with")
        try:
            return cipher.decrypt(base64.b64decode(content), [owner.encode()]).decode()
        except (InvalidTag, binascii.Error, ValueError) as error:
            raise InvalidInput(
                "second factor", "was changed in the database, or belongs to another user"
            ) from error

    def is_current(self, sealed: str) -> bool:
        """Tell whether the text was sealed with the newest key."""
        return sealed.startswith(f"{_FORM}:{self._newest}:")


def read_vault(secret_keys: tuple[str, ...], data_dir: Path, *, generate: bool) -> Vault:
    """Build the vault from the keys given, newest first, or from the key file of the data directory.

    ``generate`` allows the key file, which is made at its first use; without it keys must be given. Raises
    InvalidInput for a missing or weak key.
    """
    if not secret_keys and not generate:
        raise InvalidInput(_SETTING, "is required: one or more keys, newest first, comma-separated")
    if secret_keys:
        return Vault(tuple(_read_key(key, _SETTING) for key in secret_keys))
    return Vault((_key_from_file(data_dir / _KEY_FILE),))


def _read_key(text: str, source: str) -> bytes:
    standard = text.strip().rstrip("=").replace("-", "+").replace("_", "/")
    try:
        key = base64.b64decode(standard + "=" * (-len(standard) % 4), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != _KEY_BYTES or len(set(key)) < _FEWEST_DIFFERENT_BYTES:
        raise InvalidInput(
            source, "must each be 32 random bytes in base 64, as openssl rand -base64 32 prints them"
        )
    return key


def _key_from_file(path: Path) -> bytes:
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _create_key_file(path)
        text = path.read_text(encoding="ascii", errors="replace")
    except OSError as error:
        raise InvalidInput("ASSISTANT_DATA_DIR", f"cannot hold {path}: {error.strerror}") from error
    return _read_key(text, str(path))


def _create_key_file(path: Path) -> None:
    # written whole under another name and then linked: of two first starts one wins, and both read the same key
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".key-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(base64.b64encode(os.urandom(_KEY_BYTES)))
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        Path(draft).unlink()


def _key_id(key: bytes) -> str:
    return hashlib.sha256(b"key id:" + key).hexdigest()[:8]


def _derived(key: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=64, salt=None, info=b"second factor secrets").derive(key)
