"""The full-text index: a derived artefact on disk, one folder for each publication.

It is built aside and switched in by one rename, opened by a searcher of its own for every question (one searcher in
several threads gives errors and wrong results), and thrown away and rebuilt when it is missing or broken. Opening an
index unpickles parts of it, so the folder belongs to this user alone and is never taken from outside.
"""

import hashlib
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whoosh import index
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import ID, TEXT, Schema
from whoosh.query import Or, Term
from whoosh.scoring import BM25F

from assistant.knowledge.matching.collection import Collection, Prepared
from assistant.knowledge.matching.derived import discard_old, make_aside, make_private

FORMAT = "3"
"""Part of a folder's name; it changes whenever terms are made otherwise, so that an old index is never read."""

_BOOSTS = {"question": 1.5, "alternates": 1.5, "answer": 1.0}
_LENGTH_NORMALISATION = 0.5
_KEPT = 4
_MANIFEST = "MANIFEST"
_TRIES = 3


class FullTextIndex:
    """Finds entries by terms with BM25F; ``open_or_build`` makes one."""

    def __init__(self, opened: Any) -> None:
        self._index = opened

    def search(self, terms: Iterable[str], limit: int) -> dict[str, float]:
        """Return entry ids with their scores, best first. Terms are taken as they are: there is no query language."""
        wanted = sorted(set(terms))
        if not wanted:
            return {}
        query = Or([Term(field, term, boost=boost) for term in wanted for field, boost in _BOOSTS.items()])
        with self._index.searcher(weighting=BM25F(B=_LENGTH_NORMALISATION)) as searcher:
            return {hit["id"]: float(hit.score) for hit in searcher.search(query, limit=limit)}


def open_or_build(root: Path, name: str, collection: Collection) -> FullTextIndex:
    """Open the index of this name, or build it; a broken one is rebuilt."""
    make_private(root)
    folder = root / f"{name}.{FORMAT}"
    if folder.is_dir():
        try:
            return _opened(folder, collection)
        except Exception:  # noqa: BLE001 - whatever is wrong with a derived file, the answer is to make it anew
            shutil.rmtree(folder, ignore_errors=True)
    make_aside(folder, lambda aside: _write(aside, collection.prepared))
    discard_old(root, f".{FORMAT}", folder, _KEPT)
    return _opened(folder, collection)


def _opened(folder: Path, collection: Collection) -> FullTextIndex:
    if not _intact(folder):
        raise ValueError("the index is not as it was written")
    for attempt in range(_TRIES):
        try:
            found = index.open_dir(str(folder), readonly=True)
        except FileNotFoundError:
            # the table of contents can vanish between listing and opening while another process switches
            if attempt == _TRIES - 1:
                raise
            continue
        if found.doc_count() != len(collection.prepared):
            raise ValueError("the index does not hold the publication")
        return FullTextIndex(found)
    raise FileNotFoundError(folder)


def _write(folder: Path, prepared: Iterable[Prepared]) -> None:
    schema = Schema(
        id=ID(stored=True, unique=True),
        question=TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False),
        alternates=TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False),
        answer=TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False),
    )
    # left by an error, it takes back what was written and closes its files
    with index.create_in(str(folder), schema).writer() as writer:
        for item in prepared:
            writer.add_document(id=str(item.entry.id), **item.indexed)
    (folder / _MANIFEST).write_text("\n".join(_digests(folder)))


def _digests(folder: Path) -> list[str]:
    files = sorted(f for f in folder.iterdir() if f.name != _MANIFEST and not f.name.endswith("LOCK"))
    return [f"{hashlib.sha256(f.read_bytes()).hexdigest()} {f.name}" for f in files]


def _intact(folder: Path) -> bool:
    """Tell whether the files are those that were written, before anything in them is unpickled."""
    manifest = folder / _MANIFEST
    return manifest.is_file() and manifest.read_text().split("\n") == _digests(folder)
