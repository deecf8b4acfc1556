"""Folders of derived files: made aside, switched in by one rename, private to this user, and not kept for ever."""

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path


def make_private(root: Path) -> None:
    """Make the folder of derived files if need be, and let nobody else in."""
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    if root.stat().st_mode & 0o077:
        root.chmod(0o700)


def make_aside(folder: Path, write: Callable[[Path], None]) -> None:
    """Have a folder written beside its place and switch it in; if another process was first, its folder stays."""
    aside = Path(tempfile.mkdtemp(prefix="building-", dir=folder.parent))
    try:
        write(aside)
        for made in aside.rglob("*"):
            made.chmod(0o700 if made.is_dir() else 0o600)
        os.rename(aside, folder)  # noqa: PTH104 - fails, as wanted, when another process was first
    except OSError:
        if not folder.is_dir():
            raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def folders_of(root: Path, ending: str) -> list[Path]:
    """Return the finished folders whose names end so, newest first."""
    found = [folder for folder in root.glob(f"*{ending}") if folder.is_dir()]
    return sorted(found, key=lambda folder: folder.stat().st_mtime, reverse=True)


def discard_old(root: Path, ending: str, keep: Path, most: int) -> None:
    """Remove all but the newest so many folders whose names end so; ``keep`` always stays."""
    others = [folder for folder in folders_of(root, ending) if folder != keep]
    for folder in others[most - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)
