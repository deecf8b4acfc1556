"""Whole numbers as people write them: digits or words, English or German, absolute or relative."""

import re
from dataclasses import dataclass

from assistant.conversation import vocabulary
from assistant.conversation.words import Word

_DIGITS = re.compile(r"([+\-\u2212]?)(\d{1,3}(?:[.,]\d{3})+|\d+)")
_LARGEST = 10_000_000
_THOUSAND = 1000
_TEN = 10

_UNITS = vocabulary.numbered("number.unit")
_TENS = vocabulary.numbered("number.ten")
_COMPOUNDS = {
    f"{unit}und{ten}": tens + units
    for unit, units in _UNITS.items()
    for ten, tens in _TENS.items()
    if 0 < units < _TEN
}
_AMOUNTS = vocabulary.numbered("number.amount")
_WITHIN = sorted(((w, n) for w, n in _AMOUNTS.items() if n >= _TEN * _TEN), key=lambda one: -one[1])
"""The amounts that other numbers are joined to in one word, the largest first."""
_POINTING = vocabulary.words("number.pointing")
"""Before "one" these point at something and count nothing."""
_AND = vocabulary.words("number.and")
_BY = vocabulary.words("number.by")
_ARTICLES = vocabulary.words("number.article")
"""Articles that are words for one as well; they count only where more or less of something is asked for."""
_FURTHER = vocabulary.words("number.further")
_UP_BEFORE = vocabulary.words("number.up_before")
_DOWN_BEFORE = vocabulary.words("number.down_before")
_UP_AFTER = vocabulary.words("number.up_after")
_DOWN_AFTER = vocabulary.words("number.down_after")
_COUNTED = vocabulary.words("number.counted")
"""What may stand between a number and the word that makes it a difference."""
_LOWERING = _DOWN_BEFORE | vocabulary.words("number.lowering")
_MORE = _UP_AFTER | vocabulary.words("number.more")
_FEWER = _DOWN_AFTER | vocabulary.words("number.fewer")


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
        counted = _one(words, position) if word in _ARTICLES else _in_one_word(word)
        if counted is not None:
            current += counted
        elif word in _AMOUNTS:
            current = (current or 1) * _AMOUNTS[word]
            if _AMOUNTS[word] == _THOUSAND:
                total, current = total + current, 0
        elif not (
            word in _AND
            and position > at
            and position + 1 < len(words)
            and _is_number_word(words[position + 1])
        ):
            break
        position += 1
    return None if position == at else (total + current, False, position)


def _is_number_word(word: Word) -> bool:
    return word.text not in _ARTICLES and (word.text in _UNITS or word.text in _TENS)


def _one(words: tuple[Word, ...], at: int) -> int | None:
    """Return 1 for an article by which one more or one fewer is meant ("eine Lizenz mehr"), None for any other."""
    following = [word.text for word in words[at + 1 : at + 3]]
    if following and following[0] in _FURTHER:
        return 1
    if following and following[0] in _COUNTED:
        del following[0]
    return 1 if following and following[0] in _UP_AFTER | _DOWN_AFTER else None


def _in_one_word(text: str) -> int | None:
    """Return a number below a million that is written as one word, as German does: zweihundertfünfzig."""
    for word, amount in _WITHIN:
        before, found, after = text.partition(word)
        if found and (before or after):
            head = 1 if not before else _in_one_word(before)
            tail = 0 if not after else _in_one_word(after.removeprefix("und"))
            return None if head is None or tail is None else head * amount + tail
    return next((table[text] for table in (_UNITS, _TENS, _COMPOUNDS) if text in table), None)


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
    if before in _BY and (at > 1 or after < len(words)):
        return Number(-value if _goes_down(words) else value, relative=True, start=start, end=end)
    if before in _UP_BEFORE | _DOWN_BEFORE:
        return Number(
            -value if before in _DOWN_BEFORE else value, relative=True, start=words[at - 1].start, end=end
        )
    return Number(value, relative=False, start=start, end=end)


def _goes_down(words: tuple[Word, ...]) -> bool:
    return any(w.text in _LOWERING for w in words)
