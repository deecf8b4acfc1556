"""Fixed phrases: control words, assent, decline, and the phrases that start a flow."""

import unicodedata
from collections.abc import Sequence
from enum import StrEnum

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


_COMMANDS: dict[Command, tuple[str, ...]] = {
    Command.CANCEL: (
        "cancel",
        "cancel task",
        "stop",
        "abort",
        "quit",
        "never mind",
        "nevermind",
        "discard",
        "abbrechen",
        "abbruch",
        "stopp",
        "vergiss es",
    ),
    Command.BACK: ("back", "go back", "undo", "previous", "previous step", "zurück", "zurueck"),
    Command.RESTART: (
        "restart",
        "start over",
        "start again",
        "begin again",
        "from the beginning",
        "neu anfangen",
        "von vorne",
    ),
    Command.HELP: ("help", "what can i say", "what can you do", "options", "hilfe"),
    Command.HUMAN: (
        "human",
        "agent",
        "person",
        "talk to a human",
        "speak to a human",
        "talk to a person",
        "speak to a person",
        "speak to someone",
        "talk to someone",
        "talk to the desk",
        "ask the desk",
        "ask the licensing desk",
        "licensing desk",
        "hand over",
        "hand off",
        "hand it over",
        "mensch",
        "mit einem menschen sprechen",
        "übergeben",
    ),
    Command.TAKE_BACK: (
        "take it back",
        "take back",
        "take the task back",
        "i take it back",
        "i'll take it back",
        "give it back",
        "nehme ich zurück",
        "zurücknehmen",
    ),
    Command.RESUME: ("resume", "continue", "go on", "carry on", "weiter", "fortsetzen"),
    Command.STATUS: (
        "did it work",
        "did that work",
        "is it done",
        "is that done",
        "has it worked",
        "what happened",
        "how far is it",
        "how far are you",
        "how far along is it",
        "progress",
        "wie weit ist es",
        "status",
        "did it go through",
        "is it through",
        "hat es geklappt",
        "hat es funktioniert",
        "ist es erledigt",
    ),
}

_WISHES = frozenset(
    "i we want wants would like need to can could you let us me ich wir möchte will bitte".split()
)

_LICENCES = frozenset(
    "plan plans subscription licence licences license licenses suspended suspension lizenz lizenzen abo".split()
)
_DISCARDS = frozenset({"cancel", "stop", "abort", "discard", "forget", "drop"})
_OF_A_TASK = frozenset(
    "the this that it my whole open current task request change form process thing everything all for now about".split()
)
"""Behind a word that discards, these speak of the task; a noun of licences speaks of a change."""

_ASSENT = frozenset(
    """yes|y|yep|yeah|yes do it|yes go ahead|yes confirm|ok|okay|confirm|confirmed|i confirm|go ahead|do it|sure|correct|ja|jawohl|
    ja gerne|passt|bestätigen|bestätigt|einverstanden|confirm it""".replace("\n", "")
    .replace("    ", "")
    .split("|")
)
_DECLINE = frozenset(
    "no|n|nope|not now|no not now|don't|do not|nein|nicht jetzt|lieber nicht|doch nicht|nein doch nicht|nein lieber nicht|not yet|noch nicht|no wait".split(
        "|"
    )
)
_SIGNS = frozenset({"So", "Sm", "Sc", "Cn", "Co"})
_AGREEING = frozenset("\U0001f44d\U0001f44c\U0001f642\U0001f60a\U0001f389\u2705\u2714\u2713~")
_ASSENTING = frozenset("yes yep yeah ok okay sure confirm ja".split())


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
    return max((_contained(phrase.split(), texts) for phrase in phrases), default=0)


def begins_with_phrase(phrases: Sequence[str], words: Sequence[Word]) -> bool:
    """Tell whether the message opens with one of these phrases, behind no more than "I want to" or "can you"."""
    texts = [w.text for w in words if w.text not in FILLER]
    said = (n for n, text in enumerate(texts) if text not in _WISHES and not text.isdecimal())
    opening = next(said, len(texts))
    return any(_match(phrase.split(), texts[at:]) for phrase in phrases for at in {0, opening})


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
    polite = {"please", "thanks", "thank", "bitte", "danke"}
    if not keep_openers:
        polite = polite | {"hi", "hello", "hey", "so", "well", "hallo"}
    kept = [
        t
        for t, before in zip(texts, ["", *texts], strict=False)
        if t not in polite and (before, t) != ("thank", "you")
    ]
    return " ".join(kept or texts)
