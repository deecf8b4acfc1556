"""The written shape of recovery codes, for whoever has to keep them out of what is stored."""

import re

RECOVERY_CODE = re.compile(
    r"(?i)(?<![\w-])(?:[a-z0-9]{4}(?:-[a-z0-9]{4}){3}"
    r"|(?=[a-z ]{0,18}\d)(?:[a-z0-9]{16}|[a-z0-9]{4}(?: [a-z0-9]{4}){3,}))(?![\w-])"
)
"""Sixteen letters and digits in four groups joined by hyphens; with spaces or unbroken only if a digit is among them.

With spaces more groups belong to it: a word of four letters before a code must not leave its last group over."""
