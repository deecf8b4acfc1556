"""Fixed phrases: control words, assent, decline, and the phrases that start a flow."""

import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from functools import cache

from assistant.conversation import vocabulary
from assistant.conversation.folding import fold
from assistant.conversation.words import FILLER, Word

_GAP = 4
_FITS = 10
"""What one word of a phrase counts; a word skipped counts one against it, at most ``_GAP`` at each "*"."""


class Command(StrEnum):
    """What a user can say to the conversation itself, in any phase."""

    CANCEL = "cancel"
    BACK = "back"
    RESTART = "restart"
    HELP = "help"
    HUMAN = "human"
    RESUME = "resume"
    STATUS = "status"
    TAKE_BACK = "take_back"


_COMMANDS = {command: vocabulary.phrases(f"command.{command}") for command in Command}
_WISHES = vocabulary.words("polite.wishes")
_LICENCES = vocabulary.words("discard.licences")
_DISCARDS = vocabulary.words("discard.verbs")
_OF_A_TASK = vocabulary.words("discard.of_a_task")
"""Behind a word that discards, these speak of the task; a noun of licences speaks of a change."""

_ASSENT = frozenset(vocabulary.phrases("answer.assent"))
_DECLINE = frozenset(vocabulary.phrases("answer.decline"))
_ASSENTING = vocabulary.words("answer.assenting")
_POLITE = vocabulary.words("polite.words")
_OPENERS = vocabulary.words("polite.openers")
_SIGNS = frozenset({"So", "Sm", "Sc", "Cn", "Co"})
_AGREEING = frozenset("\U0001f44d\U0001f44c\U0001f642\U0001f60a\U0001f389\u2705\u2714\u2713~")


def command_of(words: Sequence[Word]) -> Command | None:
    """Return the control word that is the whole message, politeness aside."""
    said = _plain(words)
    first, *rest = said.split() or [""]
    if first in _DISCARDS and rest and _OF_A_TASK.issuperset(rest):
        return Command.CANCEL
    return next((command for command, phrases in _COMMANDS.items() if said in phrases), None)


def resumes(words: Sequence[Word]) -> bool:
    """Tell whether the message begins by asking to go on with something that it then names."""
    said = _plain(words)
    return any(said.startswith(f"{phrase} ") for phrase in _COMMANDS[Command.RESUME])


def speaks_of_licences(words: Sequence[Word]) -> bool:
    """Tell whether the message names a licence or plan, so that "resume" and the like are meant for that and for no task."""
    return any(word.text in _LICENCES for word in words)


def is_assent(words: Sequence[Word]) -> bool:
    """Tell whether the whole message is an unmixed yes; a yes with a question mark is none."""
    return _plain(words, keep_openers=True) in _ASSENT and all(word.text != "?" for word in words)


def holds_signs(text: str) -> bool:
    """Tell whether a text holds signs or pictures that could say the opposite of its words; those of agreement are none."""
    return any(unicodedata.category(c) in _SIGNS and c not in _AGREEING for c in text)


def begins_with_assent(words: Sequence[Word]) -> bool:
    """Tell whether the message says yes and then something else, which confirms nothing."""
    return bool(words) and words[0].text in _ASSENTING and not is_assent(words)


def is_decline(words: Sequence[Word]) -> bool:
    """Tell whether the whole message is a no."""
    return _plain(words, keep_openers=True) in _DECLINE


def only_politeness(words: Sequence[Word]) -> bool:
    """Tell whether the message greets or thanks and says nothing else."""
    texts = [w.text for w in words if w.text not in {"?", "!", ".", ";"}]
    return bool(texts) and all(text in FILLER for text in texts)


def starts_with_phrase(phrases: Sequence[str], words: Sequence[Word]) -> int:
    """Return how well the best of these phrases fits the message, 0 for not at all.

    A phrase fits if its words stand in the message in order; more words fit better, and each word skipped at a "*" a
    little worse.
    """
    texts = [w.text for w in words if w.text not in FILLER]
    return max((_contained(pattern, texts) for pattern in _patterns(tuple(phrases))), default=0)


def begins_with_phrase(phrases: Sequence[str], words: Sequence[Word]) -> bool:
    """Tell whether the message opens with one of these phrases, behind no more than "I want to" or "can you"."""
    texts = [w.text for w in words if w.text not in FILLER]
    said = (n for n, text in enumerate(texts) if text not in _WISHES and not text.isdecimal())
    opening = next(said, len(texts))
    return any(_match(pattern, texts[at:]) for pattern in _patterns(tuple(phrases)) for at in {0, opening})


@cache
def _patterns(phrases: tuple[str, ...]) -> tuple[list[str], ...]:
    return tuple(fold(phrase).split() for phrase in phrases)


def _contained(pattern: list[str], texts: list[str]) -> int:
    return max((_match(pattern, texts[at:]) for at in range(len(texts))), default=0)


def _match(pattern: list[str], texts: list[str]) -> int:
    if not pattern:
        return 0
    head, rest = pattern[0], pattern[1:]
    if head == "*":
        if not rest:
            return _FITS if texts else 0
        fits = ((_match(rest, texts[skip:]), skip) for skip in range(min(_GAP, len(texts)) + 1))
        return max((fit - skip for fit, skip in fits if fit), default=0)
    if not texts or texts[0] != head:
        return 0
    following = _match(rest, texts[1:])
    return _FITS + following if following or not rest else 0


def _plain(words: Sequence[Word], *, keep_openers: bool = False) -> str:
    texts = [w.text for w in words if w.text not in {"?", "!", ".", ";"}]
    polite = _POLITE if keep_openers else _POLITE | _OPENERS
    kept = [
        t
        for t, before in zip(texts, ["", *texts], strict=False)
        if t not in polite and (before, t) != ("thank", "you")
    ]
    return " ".join(kept or texts)
