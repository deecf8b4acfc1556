"""``assistant knowledge``: importing, publishing, checking, looking at and measuring the knowledge.

What lives here: the commands of the editors' desk, which this door reaches directly, one module for each kind of work.
What may not: rules about entries; those are in ``assistant.knowledge``.
"""

from assistant.cli.knowledge import (
    answer_sheet,
    comparing,
    entries,
    evaluating,
    gaps,
    importing,
    linting,
    publications,
)
from assistant.cli.knowledge.group import knowledge

COMMANDS = [knowledge]

for _module in (importing, publications, comparing, entries, linting, gaps, answer_sheet, evaluating):
    for _command in _module.COMMANDS:
        knowledge.add_command(_command)
