"""A base as files: arrays that are read where they lie, and lists as JSON. Nothing in them can run.

A folder is written aside and switched in whole. One that is not as it was written, cut off or half gone, is not opened.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from assistant.domain.identifiers import EntryId
from assistant.knowledge.matching.collection import Census
from assistant.knowledge.matching.large.shelf import Base, Shelf
from assistant.knowledge.matching.large.texts import Texts
from assistant.knowledge.matching.large.wordindex import opened
from assistant.knowledge.matching.likeness import Likeness, Rarity

FORMAT = "1"
"""Part of a folder's name; it changes whenever figures are made otherwise, so that old files are never read."""

_FIELDS = ("question", "alternates", "answer")
_LISTS = "lists.json"
MANIFEST = "MANIFEST"


def write_base(base: Base, folder: Path) -> None:
    """Write a base to an empty folder."""
    shelf = base.shelf
    lines = ["\t".join(terms[name] for name in _FIELDS).encode() for terms in shelf.fields]
    (folder / "terms.txt").write_bytes(b"".join(lines))
    np.save(folder / "term_ends.npy", np.cumsum([len(line) for line in lines], dtype=np.int64))
    np.save(folder / "means.npy", shelf.means)
    _write_texts(shelf.texts, folder, "entries")
    _write_texts(base.elsewhere, folder, "elsewhere")
    shelf.words.save(folder / "words")
    census = {**vars(shelf.census), "words": sorted(shelf.census.words)}
    likeness = {name: vars(rarity) for name, rarity in vars(base.likeness).items()}
    lists = {"digests": shelf.digests, "census": census, "likeness": likeness, "said": base.said}
    (folder / _LISTS).write_text(json.dumps(lists), "utf-8")
    (folder / MANIFEST).write_text("\n".join(_described(folder)), "utf-8")


def open_base(folder: Path) -> Base:
    """Open a base. Raises ValueError if it is not as it was written, and OSError."""
    if (folder / MANIFEST).read_text("utf-8").split("\n") != _described(folder):
        raise ValueError("the files are not as they were written")
    lists = json.loads((folder / _LISTS).read_text("utf-8"))
    shelf = Shelf(
        {EntryId(entry_id): digest for entry_id, digest in lists["digests"].items()},
        _FiledTerms(folder),
        _read_texts(folder, "entries"),
        _array(folder / "means.npy"),
        opened(folder / "words"),
        _census(lists["census"]),
    )
    likeness = Likeness(*(Rarity(**lists["likeness"][name]) for name in ("terms", "letters")))
    return Base(shelf, _read_texts(folder, "elsewhere"), likeness, bool(lists["said"]))


class _FiledTerms(Sequence[Mapping[str, str]]):
    """The terms of entries by field, read where they lie."""

    def __init__(self, folder: Path) -> None:
        self._ends = _array(folder / "term_ends.npy")
        self._bytes = np.memmap(folder / "terms.txt", np.uint8, "r")

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, row: Any) -> Any:
        start = int(self._ends[row - 1]) if row else 0
        line = self._bytes[start : int(self._ends[row])].tobytes().decode()
        return dict(zip(_FIELDS, line.split("\t"), strict=True))


def _census(data: Mapping[str, Any]) -> Census:
    named, asked = (
        {plain: tuple(map(EntryId, ids)) for plain, ids in data[name].items()} for name in ("named", "asked")
    )
    return Census(data["frequency"], frozenset(data["words"]), named, asked)


def _write_texts(texts: Texts, folder: Path, name: str) -> None:
    for part in fields(texts):
        np.save(folder / f"{name}.{part.name}.npy", getattr(texts, part.name))


def _read_texts(folder: Path, name: str) -> Texts:
    return Texts(*(_array(folder / f"{name}.{part.name}.npy") for part in fields(Texts)))


def _array(file: Path) -> Any:
    # a plain view of what is mapped: the class of mapped arrays makes each slice several times dearer
    return np.load(file, mmap_mode="r", allow_pickle=False).view(np.ndarray)


def _described(folder: Path) -> list[str]:
    """Return each file's name and size and, for what is read whole, its digest."""
    files = sorted(f for f in folder.rglob("*") if f.is_file() and f.name != MANIFEST)
    return [
        f"{file.relative_to(folder)} {file.stat().st_size} {_digest(file) if file.suffix == '.json' else ''}"
        for file in files
    ]


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
