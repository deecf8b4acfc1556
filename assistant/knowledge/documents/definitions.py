"""Definitions: lines that say what a term stands for."""

import re

from assistant.knowledge.documents.model import Line

_DEFINITION = re.compile(
    r"[ ]{0,3}(?:[-*][ ]+)?(?:\*\*|__)([^=*_]{1,80}[^=*_ ]) = (\S[^=]{0,2000}?)(?:\*\*|__)[ ]*$"
)


def term_of(text: str) -> str | None:
    """Return the term that a line like ``**LMP = License Management Platform**`` defines, or None."""
    match = _DEFINITION.match(text)
    return match[1].strip() if match else None


def meaning_of(text: str) -> str:
    """Return what stands after the equals sign of a definition's text."""
    return text.partition(" = ")[2].replace("**", "").replace("__", "").strip()


def only_definitions(lines: list[Line]) -> bool:
    """Tell whether these lines hold definitions and nothing else."""
    said = [text for _, text in lines if text.strip()]
    return bool(said) and all(term_of(text) for text in said)
