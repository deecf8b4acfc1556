"""Running every check over some files."""

from collections.abc import Callable, Sequence

from assistant.domain.entries import Entry
from assistant.knowledge.documents.importer import Naming
from assistant.knowledge.documents.model import SourceFile
from assistant.knowledge.linting import (
    acronyms,
    ageing,
    figures,
    leaks,
    notices,
    references,
    repetition,
    spelling,
)
from assistant.knowledge.linting.copies import Copies, Finding, read_copy

_CHECKS: tuple[Callable[[Copies], tuple[Finding, ...]], ...] = (
    leaks.findings,
    references.findings,
    notices.findings,
    acronyms.findings,
    ageing.findings,
    figures.findings,
    repetition.findings,
    spelling.findings,
)


def lint(
    files: Sequence[SourceFile], published: Sequence[Entry] = (), naming: Naming | None = None
) -> tuple[Finding, ...]:
    """Return everything doubtful in files, by file and line, without importing them.

    ``published`` are entries the files may rely on: their definitions count, and their ids can be referred to. What
    two checks say about one line under one code is told once. Raises InvalidInput for a file that cannot be read.
    """
    return check(Copies(tuple(read_copy(file, naming) for file in files), tuple(published)))


def check(copies: Copies) -> tuple[Finding, ...]:
    """Return the findings of all checks over files that were read."""
    found: list[Finding] = []
    for run in _CHECKS:
        told = {(f.file, f.line, f.code) for f in found}
        found += [f for f in run(copies) if (f.file, f.line, f.code) not in told]
    return tuple(sorted(found))
