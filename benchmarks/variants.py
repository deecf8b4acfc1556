"""The same question worded a little differently, as other people would type it: none of it may change the answer."""

import re
import string
from collections.abc import Callable, Iterator
from random import Random

_GREETINGS = ("Hi there, ", "Hello team - ", "Guten Tag, ")
_MARKS = re.compile(r"[.,;:!?]")
_LONG_WORD = re.compile(r"(?<!\w)[^\W\d_]{5,}(?!\w)")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")

# each form of a term, how it is recognised, and what another person writes for it
_SYNONYMS = (
    (r"LMP", "License Management Platform"),
    (r"Licen[sc]e Management Platform", "LMP"),
    (r"TMRM", "Trend Micro Remote Manager"),
    (r"Trend Micro Remote Manager", "TMRM"),
    (r"2FA", "two factor authentication"),
    (r"two[ -]factor[ -]authentication", "2FA"),
    (r"licence", "license"),
    (r"license", "licence"),
    (r"payg", "pay as you go"),
    (r"pay[ -]as[ -]you[ -]go", "payg"),
    (r"on-prem", "on premises"),
    (r"on[ -]premises?", "on-prem"),
)

_Slip = Callable[[str, int, Random], str]


def variants(question: str, seed: int) -> list[tuple[str, str]]:
    """Return the variants of a question by name, the same for the same seed; texts equal to the question are left out."""
    random = Random(f"{seed} {question}")
    made = [*_greeted(question), *_cased(question), *_punctuated(question)]
    made += _misspelt(question, random)
    made += _renamed(question)
    return [(name, text) for name, text in made if text.strip() and text != question]


def every_word_misspelt(question: str, seed: int) -> str:
    """Return the question with one letter wrong in each word that ``variants`` would misspell."""
    random = Random(f"{seed} {question}")
    return _LONG_WORD.sub(
        lambda word: _slipped(word[0], random.choice(list(_SLIPS.values())), random), question
    )


def _greeted(question: str) -> Iterator[tuple[str, str]]:
    return ((f"greeting: {greeting.strip(' ,-')}", greeting + question) for greeting in _GREETINGS)


def _cased(question: str) -> Iterator[tuple[str, str]]:
    yield "upper case", question.upper()
    yield "lower case", question.lower()
    yield "title case", string.capwords(question)


def _punctuated(question: str) -> Iterator[tuple[str, str]]:
    yield "punctuation dropped", _MARKS.sub("", question)
    yield "punctuation doubled", _MARKS.sub(r"\g<0>\g<0>", question)
    bare = question.rstrip(".!? ")
    yield "three question marks", f"{bare}???"
    yield "exclamation mark", f"{bare}!"


def _misspelt(question: str, random: Random) -> Iterator[tuple[str, str]]:
    words = list(_LONG_WORD.finditer(question))
    for name, slip in _SLIPS.items() if words else ():
        word = random.choice(words)
        yield (
            f"typo: {name}",
            question[: word.start()] + _slipped(word[0], slip, random) + question[word.end() :],
        )


def _renamed(question: str) -> Iterator[tuple[str, str]]:
    for form, other in _SYNONYMS:
        text = re.sub(rf"\b{form}(?=s?\b)", other, question, flags=re.IGNORECASE)
        yield f"synonym: {other}", text


def _slipped(word: str, slip: _Slip, random: Random) -> str:
    """Return the word with one letter wrong, never the first; the word itself where no place would change it."""
    made = (slip(word, place, random) for place in random.sample(range(1, len(word)), len(word) - 1))
    return next((text for text in made if text != word), word)


def _swap(word: str, at: int, _: Random) -> str:
    return word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]


def _drop(word: str, at: int, _: Random) -> str:
    return word[:at] + word[at + 1 :]


def _double(word: str, at: int, _: Random) -> str:
    return word[:at] + word[at] + word[at:]


def _neighbour(word: str, at: int, random: Random) -> str:
    keys = _beside(word[at].lower())
    if not keys:
        return word
    key = random.choice(keys)
    return word[:at] + (key.upper() if word[at].isupper() else key) + word[at + 1 :]


def _beside(letter: str) -> str:
    """Return the keys left and right of a letter; none for letters that an English keyboard has not."""
    row = next((row for row in _ROWS if letter in row), "")
    at = row.find(letter)
    return row[max(0, at - 1) : at] + row[at + 1 : at + 2]


_SLIPS: dict[str, _Slip] = {"swap": _swap, "drop": _drop, "double": _double, "neighbour key": _neighbour}
