"""Keeping secrets out of knowledge: activation codes in documents, and personal data in recorded questions."""

import re

from assistant.domain.recovery_codes import RECOVERY_CODE

_DASH = r"[*_`]{0,3}[-\u2010-\u2015][*_`]{0,3}"
_DASHED = rf"[A-Za-z]{{2,4}}(?:{_DASH}[A-Za-z0-9]{{4,6}}){{4,}}"
_SPACED = r"[A-Za-z]{2}[ \u00a0][A-Za-z0-9]{4}(?:[ \u00a0][A-Za-z0-9]{5}){5}"
_CODE = re.compile(rf"(?<![A-Za-z0-9])(?:{_DASHED}|{_SPACED})(?![A-Za-z0-9])")
_BLOCK = re.compile(r"[A-Za-z0-9]+")
_ADDRESS = re.compile(r"[^\s@]{1,64}@[^\s@]{1,200}")
_DIGITS = re.compile(r"\d(?:[ .-]?\d){5,}")


def mask_codes(text: str) -> tuple[str, int]:
    """Hide all but the first and last block of every activation code; also return how many there were.

    A code is a family of two to four letters and at least four blocks of four to six letters and digits, joined by
    hyphens or dashes, possibly with emphasis marks between: all in capitals, or with digits in two blocks. Joined by
    spaces it must have the exact shape of a code. A hidden character becomes a bullet (an asterisk would be Markdown).
    Masking masked text changes nothing.
    """
    found = 0

    def hide(match: re.Match[str]) -> str:
        nonlocal found
        blocks = _BLOCK.findall(match[0])
        if not _is_code(blocks):
            return match[0]
        found += 1
        return "-".join([blocks[0], *("\u2022" * len(block) for block in blocks[1:-1]), blocks[-1]])

    return _CODE.sub(hide, text), found


def _is_code(blocks: list[str]) -> bool:
    with_digits = sum(any(c.isdigit() for c in block) for block in blocks)
    return all(block.isupper() or block.isdigit() for block in blocks) or with_digits > 1


def redact_question(question: str) -> str:
    """Return a question fit to be recorded: codes, addresses and runs of six or more digits hidden."""
    masked, _ = mask_codes(question)
    masked = RECOVERY_CODE.sub("[code]", masked)
    return _DIGITS.sub("[number]", _ADDRESS.sub("[address]", masked))
