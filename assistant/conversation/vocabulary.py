"""What people say, in every language at once: closed lists of words and phrases, one file for each language.

Whatever language somebody is spoken to in, all of them are understood, since people mix them. A word that means something else in
another language is therefore kept out of the lists that could harm: see ``tests/conversation/test_collisions.py``.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from assistant.conversation.folding import fold
from assistant.domain.languages import Language


def words(key: str) -> frozenset[str]:
    """Return the words of a list, folded."""
    return frozenset(word for text in _all(key) for word in fold(text).split())


def phrases(key: str) -> tuple[str, ...]:
    """Return the phrases of a list, folded."""
    return tuple(dict.fromkeys(fold(phrase) for listed in _all(key) for phrase in listed))


def sequences(key: str) -> tuple[tuple[str, ...], ...]:
    """Return the phrases of a list as sequences of words, the longest first."""
    return tuple(sorted((tuple(phrase.split()) for phrase in phrases(key)), key=len, reverse=True))


def numbered(key: str) -> dict[str, int]:
    """Return the words of a table of numbers: each folded word with what it counts."""
    tables: Iterator[Mapping[str, str]] = _all(key)
    return {
        word: int(number) for table in tables for number, text in table.items() for word in fold(text).split()
    }


def patterns(key: str) -> tuple[str, ...]:
    """Return the regular expressions of a list, as they are written."""
    return tuple(pattern for listed in _all(key) for pattern in listed)


def said_for(flow: str, *names: str) -> tuple[str, ...]:
    """Return what a language's file adds to a flow: the phrases that start it, or the cues or options of a slot, as written."""
    return tuple(text for listed in _all(".".join(("flow", flow, *names))) for text in listed)


def _all(key: str) -> Iterator[Any]:
    """Yield what each language has under a key; a language need not have any."""
    for language in Language:
        found: Any = _read(language)
        for name in key.split("."):
            found = found.get(name) if isinstance(found, dict) else None
        if found is not None:
            yield found


@cache
def _read(language: Language) -> dict[str, Any]:
    text = files("assistant.conversation").joinpath("understood", f"{language}.toml").read_text("utf-8")
    return tomllib.loads(text)
