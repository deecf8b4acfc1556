"""Generated knowledge of any size, and questions on it: the same for everyone who asks for the same size.

An entry is about who does what with which product under which condition. Words come as they do in real text, a few of
them very often and most of them hardly ever, so that an index meets both.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate
from random import Random
from typing import NamedTuple

from assistant.domain.entries import Entry, EntryKind, Source
from assistant.domain.identifiers import EntryId
from assistant.knowledge.evaluation import Question
from benchmarks.words_of_trade import (
    ABSENT_ACTIONS,
    ACTIONS,
    CONDITIONS,
    EVERYDAY,
    FRAMES,
    MAKERS,
    OTHER_FRAMES,
    PARTS,
    ROLES,
    SENTENCES,
)

_PRODUCTS = [f"{maker} {part}" for part in PARTS for maker in MAKERS]
_RARE_WORDS = 20_000
_SHORTEST, _LONGEST = 20, 60
_SOURCE = Source("Generated handbook", "", "2020-01")
_SMALLEST_TYPO = 5
_SEED = 20


class Subject(NamedTuple):
    """What an entry is about: places in the lists of words."""

    product: int
    action: int
    condition: int
    role: int


def entries_of(size: int) -> list[Entry]:
    """Return that many entries with questions that all differ."""
    random = Random(_SEED)
    rare = _rare_words(random)
    return [_entry(number, subject, random, rare) for number, subject in enumerate(_subjects(size, random))]


def questions_on(size: int, count: int = 300) -> list[Question]:
    """Return questions on ``entries_of(size)``: in other words, misspelt, and a third that nothing answers."""
    random = Random(_SEED)
    _rare_words(random)
    subjects = _subjects(size, random)
    asking = Random(_SEED + 1)
    made = [_question(number, subjects, asking) for number in range(count)]
    return list({q.query: q for q in made}.values())


def changed(entry: Entry) -> Entry:
    """Return the next version of an entry, which can be found by a word that no other has."""
    text = f"{entry.text} Since then a quillwort form is asked for."
    alternates = ("Where is the quillwort form?",)
    return Entry(entry.id, 2, entry.kind, entry.question, text, entry.source, alternates=alternates)


def _subjects(size: int, random: Random) -> list[Subject]:
    """Draw subjects that all differ; common products and actions come up most."""
    draws = [_zipf(len(words)) for words in (_PRODUCTS, ACTIONS, CONDITIONS, ROLES)]
    found: dict[Subject, None] = {}
    while len(found) < size:
        found[Subject(*(bisect_left(draw, random.random()) for draw in draws))] = None
    return list(found)


def _zipf(count: int) -> list[float]:
    """Return the running sums of shares that fall with the rank, up to 1."""
    total = sum(1 / rank for rank in range(1, count + 1))
    sums = list(accumulate(1 / rank / total for rank in range(1, count + 1)))
    sums[-1] = 1.0
    return sums


def _entry(number: int, subject: Subject, random: Random, rare: Iterator[str]) -> Entry:
    frame = random.choice(FRAMES)
    question = frame.format(**_words(subject, 0))
    wanted = random.randint(_SHORTEST, _LONGEST - 10)
    sentences: list[str] = []
    while sum(len(sentence.split()) for sentence in sentences) < wanted:
        sentences.append(random.choice(SENTENCES).format(**_words(subject, 0), rare=next(rare)))
    return Entry(EntryId(f"e{number}"), 1, EntryKind.QUESTION, question, " ".join(sentences), _SOURCE)


def _words(subject: Subject, way: int) -> dict[str, str]:
    """Return the words of a subject; ``way`` 0 as its entry says it, 1 in other words."""
    return {
        "product": _PRODUCTS[subject.product],
        "action": ACTIONS[subject.action][way],
        "condition": CONDITIONS[subject.condition][way],
        "role": ROLES[subject.role][way],
    }


def _question(number: int, subjects: Sequence[Subject], random: Random) -> Question:
    place = random.randrange(len(subjects))
    words = _words(subjects[place], 1)
    frame = random.choice(OTHER_FRAMES)
    kind = number % 6
    if kind == 0:
        return Question(random.choice(EVERYDAY).format(number=number), (), "oos_far")
    if kind == 1:
        words["action"] = random.choice(ABSENT_ACTIONS)
        return Question(frame.format(**words), (), "oos_near")
    expect = (EntryId(f"e{place}"),)
    if kind == 2:  # noqa: PLR2004 - every sixth
        return Question(_misspelt(frame.format(**words), random), expect, "typo")
    return Question(frame.format(**words), expect, "paraphrase")


def _misspelt(text: str, random: Random) -> str:
    """Exchange two neighbouring letters in one of the longer words, never its first."""
    words = text.split()
    place = random.choice([p for p, word in enumerate(words) if len(word) >= _SMALLEST_TYPO])
    word = words[place]
    at = random.randrange(1, len(word) - 2)
    words[place] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return " ".join(words)


def _rare_words(random: Random) -> Iterator[str]:
    """Return names and codes as they stand in real documents, most of them hardly ever again."""
    syllables = "ba ce di fo gu ha ki lo mu ne pa ri so tu ve wi xa yo zu tra ster lin mond".split()
    words = ["".join(random.choices(syllables, k=3)) for _ in range(_RARE_WORDS)]
    return _drawn(words, _zipf(_RARE_WORDS), Random(_SEED + 2))


def _drawn(words: Sequence[str], draw: Sequence[float], random: Random) -> Iterator[str]:
    while True:
        yield words[bisect_left(draw, random.random())]
