"""SQLite's full-text search: Porter stemming, its own bm25, the question three times as heavy as the answer."""

import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from assistant.domain.entries import Entry
from benchmarks.engines.shape import SHOWN, Before, Engine, Found, asked, ranked

_SEARCH = """
SELECT id, -bm25(entry, 0.0, 3.0, 1.0) FROM entry WHERE entry MATCH ? ORDER BY bm25(entry, 0.0, 3.0, 1.0) LIMIT ?
"""


def build(entries: Sequence[Entry], folder: Path) -> None:
    """Write the table."""
    with closing(sqlite3.connect(folder / "entries.sqlite3")) as database, database:
        database.execute(
            "CREATE VIRTUAL TABLE entry USING fts5 (id UNINDEXED, question, answer, tokenize = 'porter unicode61')"
        )
        rows = ((str(entry.id), asked(entry), entry.text) for entry in entries)
        database.executemany("INSERT INTO entry VALUES (?, ?, ?)", rows)


def start(_entries: Sequence[Entry], folder: Path) -> Engine:
    """Open the table."""
    database = sqlite3.connect(folder / "entries.sqlite3")

    def search(question: str, _before: Before) -> Found:
        words = dict.fromkeys(re.findall(r"\w+", question.lower()))
        if not words:
            return ranked([])
        query = " OR ".join(f'"{word}"' for word in words)
        return ranked(database.execute(_SEARCH, (query, SHOWN)).fetchall())

    return Engine(search)
