"""Conversation scripts: reading them, and checking one reply against what a script expects.

Running them is elsewhere: nothing here sends a message, opens a file or knows an application.
"""

from assistant.conversation.scripts.checks import failures
from assistant.conversation.scripts.model import Failure, Script, Seen, Step
from assistant.conversation.scripts.reading import is_world, read_scripts
from assistant.conversation.scripts.texts import plain, visible_text

__all__ = [
    "Failure",
    "Script",
    "Seen",
    "Step",
    "failures",
    "is_world",
    "plain",
    "read_scripts",
    "visible_text",
]
