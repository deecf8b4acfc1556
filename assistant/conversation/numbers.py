"""Whole numbers as people write them: digits or words, English or German, absolute or relative."""

import re
from dataclasses import dataclass

from assistant.conversation.words import Word

_DIGITS = re.compile(r"([+\-\u2212]?)(\d{1,3}(?:[.,]\d{3})+|\d+)")
_LARGEST = 10_000_000
_THOUSAND = 1000
_TEN = 10

_UNITS = {
    w: n
    for n, names in enumerate(
        """zero null|one eins ein|two zwei|three drei|four vier|five fünf fuenf|six sechs|seven sieben|eight acht|nine neun|
        ten zehn|eleven elf|twelve zwölf zwoelf|thirteen dreizehn|fourteen vierzehn|fifteen fünfzehn|sixteen sechzehn|
        seventeen siebzehn|eighteen achtzehn|nineteen neunzehn""".split("|")
    )
    for w in names.split()
}
_TENS = {
    w: 10 * n
    for n, names in enumerate(
        """twenty zwanzig|thirty dreissig dreißig|forty vierzig|fifty fünfzig fuenfzig|sixty sechzig|seventy siebzig|
        eighty achtzig|ninety neunzig""".split("|"),
        start=2,
    )
    for w in names.split()
}
_COMPOUNDS = {
    f"{unit}und{ten}": tens + units
    for unit, units in _UNITS.items()
    for ten, tens in _TENS.items()
    if 0 < units < _TEN
}
_POINTING = frozenset(
    "the first second third last other that this which no any every each only right".split()
)
"""Before "one" these point at something and count nothing."""
# "a", "an" and German "ein" count only in front of "hundred", "dozen" and the like, never alone
_AMOUNTS = {"dozen": 12, "dutzend": 12, "hundred": 100, "hundert": 100, "thousand": 1000, "tausend": 1000}

_UP_BEFORE = frozenset("another extra additional plus add increase weitere zusätzlich zusätzliche".split())
_DOWN_BEFORE = frozenset("remove minus drop reduce decrease less fewer weniger".split())
_UP_AFTER = frozenset("more additional extra mehr weitere zusätzliche".split())
_DOWN_AFTER = frozenset("fewer less weniger".split())
_COUNTED = frozenset(
    """seats seat users user licences licence licenses license places devices plätze platz lizenzen lizenz benutzer
    geräte""".split()
)
"""What may stand between a number and the word that makes it a difference."""
_MORE = _UP_AFTER | frozenset("another add weiteren zusätzlichen".split())
_FEWER = _DOWN_AFTER | {"remove"}


@dataclass(frozen=True)
class Number:
    """A number found in a message; ``relative`` true means a difference, and ``value`` is then signed."""

    value: int
    relative: bool
    start: int
    end: int


def numbers_in(words: tuple[Word, ...]) -> tuple[Number, ...]:
    """Return the numbers among these words, in order; a number is claimed with the words that make it relative."""
    found: list[Number] = []
    position = 0
    while position < len(words):
        read = None if _points(words, position) else _read(words, position)
        if read is None:
            position += 1
            continue
        value, signed, after = read
        found.append(_with_direction(words, position, after, value, signed=signed))
        position = after
    return tuple(found)


def direction_in(words: tuple[Word, ...]) -> int | None:
    """Return 1 where more is asked for, -1 where fewer, None for neither or both."""
    said = {word.text for word in words}
    more, fewer = bool(said & _MORE), bool(said & _FEWER)
    return None if more == fewer else (1 if more else -1)


def _read(words: tuple[Word, ...], at: int) -> tuple[int, bool, int] | None:
    digits = _DIGITS.fullmatch(words[at].text)
    if digits:
        value = int(re.sub(r"\D", "", digits.group(2))[:9])
        sign = -1 if digits.group(1) in {"-", "\u2212"} else 1
        return min(value, _LARGEST) * sign, bool(digits.group(1)), at + 1
    return _read_words(words, at)


def _points(words: tuple[Word, ...], at: int) -> bool:
    return words[at].text == "one" and at > 0 and words[at - 1].text in _POINTING


def _read_words(words: tuple[Word, ...], at: int) -> tuple[int, bool, int] | None:
    total = current = 0
    position = at
    while position < len(words):
        word = words[position].text
        if word in _UNITS and word != "ein":
            current += _UNITS[word]
        elif word in _TENS or word in _COMPOUNDS:
            current += _TENS.get(word) or _COMPOUNDS[word]
        elif word in _AMOUNTS:
            current = (current or 1) * _AMOUNTS[word]
            if _AMOUNTS[word] == _THOUSAND:
                total, current = total + current, 0
        elif not (
            word == "and"
            and position > at
            and position + 1 < len(words)
            and _is_number_word(words[position + 1])
        ):
            break
        position += 1
    return None if position == at else (total + current, False, position)


def _is_number_word(word: Word) -> bool:
    return word.text in _UNITS or word.text in _TENS


def _with_direction(words: tuple[Word, ...], at: int, after: int, value: int, *, signed: bool) -> Number:
    before = words[at - 1].text if at else ""
    following = words[after].text if after < len(words) else ""
    beyond = words[after + 1].text if after + 1 < len(words) else ""
    start, end = words[at].start, words[after - 1].end
    if signed:
        return Number(value, relative=True, start=start, end=end)
    for word, place in (
        (following, after),
        (beyond if following in _COUNTED else "", after + 1),
    ):
        if word in _UP_AFTER | _DOWN_AFTER:
            return Number(
                -value if word in _DOWN_AFTER else value, relative=True, start=start, end=words[place].end
            )
    if before == "by" and at > 1:
        return Number(-value if _goes_down(words[:at]) else value, relative=True, start=start, end=end)
    if before in _UP_BEFORE | _DOWN_BEFORE:
        return Number(
            -value if before in _DOWN_BEFORE else value, relative=True, start=words[at - 1].start, end=end
        )
    return Number(value, relative=False, start=start, end=end)


def _goes_down(words: tuple[Word, ...]) -> bool:
    return any(w.text in _DOWN_BEFORE | {"lower", "cut", "reduzieren", "senken"} for w in words)
