"""What a question is after, as far as its small words tell: a meaning, or more about the last answer."""

import re

from assistant.knowledge.matching.words import Word, split

_MEANING = re.compile(
    r"^(?:please )?(?:what(?: exactly)? (?:is|are|s)|define|definition of|explain|meaning of|"
    r"was (?:ist|sind|heisst|bedeutet)|wofur steht)\b|\b(?:stands? for|meaning|abbreviation|acronym|mean|means)\b"
)
_POINTING = frozenset(
    "it its that this these those they them their he she him then there also too das dies dann es sie dazu dabei "
    "dafur auch davon one ones too".split()
)
_OPENING = ("and", "but", "or", "so", "what about", "how about", "und", "aber", "oder")
_FOLLOW_UP_WORDS = 25
_ELLIPTIC = 6


def asks_meaning(text: str) -> bool:
    """Tell whether a question asks what something is or stands for."""
    return _MEANING.search(" ".join(split(text))) is not None


def is_short(text: str) -> bool:
    """Tell whether a question is so short that it may be one half."""
    return len(split(text)) <= _ELLIPTIC


def points_back(text: str) -> bool:
    """Tell whether a question refers to what was said before ("does that ...", "and then?")."""
    words = split(text)
    if not words or len(words) > _FOLLOW_UP_WORDS:
        return False
    plain = " ".join(words) + " "
    return not _POINTING.isdisjoint(words) or any(plain.startswith(f"{opening} ") for opening in _OPENING)


def names(words: list[Word], terms: frozenset[str]) -> bool:
    """Tell whether the words that say something are all of them among these terms, and there are any."""
    telling = [word for word in words if not word.light]
    return bool(telling) and all(terms.intersection(word.terms) for word in telling)
