"""Vectors kept by text: encoding is the dear part of preparing a publication, and most texts stay the same.

A file beside the index, derived and of no value of its own: where it cannot be read or written, texts are encoded again.
"""

import hashlib
import logging
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TypeVar

import numpy as np

from assistant.knowledge.matching.semantic.encoders import Encoder, Vectors

_log = logging.getLogger(__name__)
_TABLE = "CREATE TABLE IF NOT EXISTS vectors (text BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID"
_AT_ONCE = 500
_ENCODED_AT_ONCE = 2000
_WAIT = 5.0
_MOST = 1_000_000
_Item = TypeVar("_Item")


class KeptVectors:
    """An encoder that remembers. ``folder`` None keeps nothing.

    What is kept is half as exact as what the model says, and both are given in that exactness, so that a text has the
    same vector whether it was kept or not.
    """

    def __init__(self, encoder: Encoder, folder: Path | None) -> None:
        self._encoder = encoder
        self._file = folder / f"vectors-{_digest(encoder.name).hex()[:12]}.sqlite3" if folder else None
        self.name = encoder.name
        self.size = encoder.size

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of texts, those of new ones made and kept."""
        keys = [_digest(text) for text in texts]
        kept = self._kept(keys)
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in kept}
        for part in _parts(list(new.items()), _ENCODED_AT_ONCE):
            made = self._encoder.encode([text for _, text in part]).astype(np.float16)
            fresh = {key: row.tobytes() for (key, _), row in zip(part, made, strict=True)}
            self._keep(fresh)
            kept |= fresh
        rows = b"".join(kept[key] for key in keys)
        return np.frombuffer(rows, np.float16).reshape(len(texts), self.size).astype(np.float32)

    def _kept(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        if not self._file or not self._file.is_file():
            return {}
        found: dict[bytes, bytes] = {}
        try:
            with closing(sqlite3.connect(self._file, timeout=_WAIT)) as connection:
                for part in _parts(list(dict.fromkeys(keys)), _AT_ONCE):
                    marks = ",".join("?" * len(part))
                    query = f"SELECT text, vector FROM vectors WHERE text IN ({marks})"  # noqa: S608 - marks only
                    found |= {key: row for key, row in connection.execute(query, part) if self._fits(row)}
        except sqlite3.OperationalError:
            _log.warning("kept vectors cannot be read", exc_info=True)
        except sqlite3.DatabaseError:
            _log.warning("the file of kept vectors is broken and made anew", exc_info=True)
            with suppress(OSError):
                self._file.unlink()
        return found

    def _fits(self, row: bytes) -> bool:
        return len(row) == self.size * np.dtype(np.float16).itemsize

    def _keep(self, fresh: dict[bytes, bytes]) -> None:
        if not self._file or not fresh:
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with closing(sqlite3.connect(self._file, timeout=_WAIT)) as connection, connection:
                self._file.chmod(0o600)
                connection.execute(_TABLE)
                if connection.execute("SELECT count(*) FROM vectors").fetchone()[0] > _MOST:
                    connection.execute("DELETE FROM vectors")
                connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", fresh.items())
        except (sqlite3.Error, OSError):
            _log.warning("vectors cannot be kept", exc_info=True)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()[:20]


def _parts(items: list[_Item], size: int) -> Iterator[list[_Item]]:
    yield from (items[start : start + size] for start in range(0, len(items), size))
