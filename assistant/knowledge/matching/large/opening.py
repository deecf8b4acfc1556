"""Opening a large publication: by the base that lies on disk, by the last one and what changed since, or from nothing."""

import hashlib
import logging
import shutil
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from assistant.domain.entries import Entry
from assistant.knowledge.matching.derived import discard_old, folders_of, make_aside, make_private
from assistant.knowledge.matching.glossary import glossary_groups
from assistant.knowledge.matching.large.keeping import FORMAT, MANIFEST, open_base, write_base
from assistant.knowledge.matching.large.shelf import Base, fill_base
from assistant.knowledge.matching.large.shelves import Shelves, changed_since
from assistant.knowledge.matching.material import shipped_elsewhere
from assistant.knowledge.matching.semantic.encoders import Encoder
from assistant.knowledge.matching.words import Lexicon, shipped_words

_MOST_CHANGED = 500
_SHARE_CHANGED = 0.05
_KEPT = 2
_log = logging.getLogger(__name__)


def open_shelves(
    entries: Sequence[Entry], name: str, root: Path | None, lexicon: Lexicon, encoder: Encoder | None
) -> tuple[Shelves, str]:
    """Return a publication on shelves, and the name of the base they stand on.

    A base of another publication does as long as few entries differ from it and the glossary is the same.
    """
    groups = glossary_groups(entries)
    widened = lexicon.with_groups(groups)
    ending = f".{FORMAT}.{_made_by(encoder, groups)}.large"
    for folder, base in _bases(root, f"{name}{ending}", ending):
        changed = changed_since(base, entries)
        if len(changed) <= min(_MOST_CHANGED, _SHARE_CHANGED * len(entries)):
            return Shelves(entries, widened, base, changed, encoder), folder.name
    base = fill_base(entries, widened, encoder)
    if root:
        base = _kept(base, root / f"{name}{ending}", ending)
    return Shelves(entries, widened, base, (), encoder), f"{name}{ending}"


def _made_by(encoder: Encoder | None, groups: Sequence[Sequence[str]]) -> str:
    """Return a digest of everything but the entries that a base depends on."""
    data = [encoder.name if encoder else "", shipped_words(), *shipped_elsewhere(), *map(str, groups)]
    return hashlib.sha256("\n".join(data).encode("utf-8", "replace")).hexdigest()[:12]


def _bases(root: Path | None, own: str, ending: str) -> Iterator[tuple[Path, Base]]:
    """Open the bases that are kept, that of the publication itself first; a broken one is removed."""
    folders = folders_of(root, ending) if root else []
    for folder in sorted(folders, key=lambda folder: folder.name != own):
        try:
            yield folder, _opened(folder, (folder / MANIFEST).stat().st_mtime_ns)
        except Exception:  # noqa: BLE001 - whatever is wrong with a derived file, the answer is to make it anew
            _log.warning("%s is not as it was written and is made again", folder.name, exc_info=True)
            shutil.rmtree(folder, ignore_errors=True)


@lru_cache(maxsize=_KEPT)
def _opened(folder: Path, _written: int) -> Base:
    return open_base(folder)


def _kept(base: Base, folder: Path, ending: str) -> Base:
    """Keep a base, and return it as it lies on disk, where it takes less memory."""
    try:
        make_private(folder.parent)
        make_aside(folder, lambda aside: write_base(base, aside))
        discard_old(folder.parent, ending, folder, _KEPT)
        return _opened(folder, (folder / MANIFEST).stat().st_mtime_ns)
    except (OSError, ValueError):
        _log.warning("what was learnt of a publication cannot be kept", exc_info=True)
        return base
