"""What an import would tell, as findings: text that would be changed or left out."""

import re

from assistant.knowledge.linting.copies import Copies, Finding
from assistant.knowledge.linting.leaks import CODE as SECRET
from assistant.knowledge.linting.references import CODE as DANGLING

CODE = "import-notice"
_KINDS = (
    (
        re.compile(r"an activation code"),
        SECRET,
        "take it out of the file, and withdraw it: the file was seen by others",
    ),
    (re.compile(r"refers to something"), DANGLING, "say it here, or name the entry to read on under related"),
    (re.compile(r"HTML"), "html", "write it as Markdown"),
    (
        re.compile(r"stands in line \d+ already"),
        "repeated-heading",
        "give one of the entries another heading, or an id",
    ),
    (re.compile(r"this table row has"), "uneven-table", "give every row as many cells as the head has"),
)
_OTHERWISE = (CODE, "change the file if the import should not do this by itself")


def findings(copies: Copies) -> tuple[Finding, ...]:
    """Return a finding for every notice of an import."""
    return tuple(
        Finding(n.file, n.line, code, n.text, hint)
        for copy in copies.files
        for n in copy.notices
        for code, hint in [_kind(n.text)]
    )


def _kind(text: str) -> tuple[str, str]:
    return next(((code, hint) for shape, code, hint in _KINDS if shape.search(text)), _OTHERWISE)
