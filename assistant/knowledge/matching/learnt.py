"""A calibration kept beside the index, so that a process that starts again need not learn it again."""

import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from assistant.knowledge.matching.calibration import Calibration
from assistant.knowledge.matching.material import shipped_elsewhere
from assistant.knowledge.matching.shortlist import Mix
from assistant.knowledge.matching.words import shipped_words

FORMAT = "3"
"""Part of a file's name; it changes whenever figures are made otherwise, so that an old file is never read."""

_KEPT = 8
_log = logging.getLogger(__name__)


def learnt_by(model: str | None) -> str:
    """Return a digest of everything but the entries that matching is learnt from: the model and the shipped lists.

    A release that changes the lists of words or of unanswered questions changes what there is to learn.
    """
    data = "\n".join([model or "", shipped_words(), *shipped_elsewhere()])
    return hashlib.sha256(data.encode()).hexdigest()[:12]


def learnt(
    folder: Path | None, publication: str, model: str | None, learn: Callable[[], Calibration]
) -> Calibration:
    """Return the calibration of a publication by a model: the one kept, or else one that is learnt, and kept."""
    if folder is None:
        return learn()
    file = folder / f"{publication}.{FORMAT}.{learnt_by(model)}.calibration.json"
    kept = _read(file)
    if kept:
        return kept
    made = learn()
    try:
        aside = file.with_suffix(".new")
        aside.write_text(json.dumps(asdict(made)), encoding="utf-8")
        aside.chmod(0o600)
        aside.replace(file)
        _discard_old(folder)
    except OSError:
        _log.warning("what was learnt of publication %s cannot be kept", publication[:12], exc_info=True)
    return made


def _discard_old(folder: Path) -> None:
    files = sorted(folder.glob("*.calibration.json"), key=lambda file: file.stat().st_mtime)
    for old in files[:-_KEPT]:
        old.unlink(missing_ok=True)


def _read(file: Path) -> Calibration | None:
    try:
        data = json.loads(file.read_text("utf-8"))
        mix = Mix(float(data["mix"]["words"]), float(data["mix"]["coverage"]))
        return Calibration(mix, float(data["level"]), float(data["slope"]), int(data["trials"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        # a derived file: whatever is wrong with it, it is made anew
        _log.warning("%s cannot be read and is made again", file.name)
        return None
