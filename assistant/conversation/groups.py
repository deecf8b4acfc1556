"""Several customers named at once: all of them, some by name, or all but some.

Whoever is left out by mistake gets a change that nobody wanted, so what cannot be read for certain is asked again, never passed over.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import dropwhile

from assistant.conversation import vocabulary
from assistant.conversation.flow import Slot, SlotValue
from assistant.conversation.names import Mention, Option, each_mention_of
from assistant.conversation.words import GENERIC, Word
from assistant.domain.identifiers import CustomerId

ALL = "*"
"""The value of a group that is every customer."""

OWN_PLAN = "own plan"
"""The value of a plan that is a different one for each customer of a group: the only one that each of them has."""

ALL_PHRASES = vocabulary.phrases("group.all")
"""What means every customer."""

_BARE = vocabulary.words("group.bare")
_EXCEPTIONS = vocabulary.words("group.exceptions")
"""A bare word for everyone is said of customers alone, or with an exception behind it."""
_EXCEPT = vocabulary.sequences("group.except")
"""Behind these stands who is not meant, and nothing else."""
_NEGATING = vocabulary.words("group.not")
_NOT = tuple((word,) for word in sorted(_NEGATING))
_OFF = vocabulary.sequences("group.off")
"""Behind these can stand customers, and many other things."""
_ARTICLES = vocabulary.words("group.articles")
_PREPOSITIONS = _ARTICLES | vocabulary.words("group.prepositions")
_JOINING = _ARTICLES | vocabulary.words("group.joining")
_BEHIND = vocabulary.words("group.behind")
_TAKING = vocabulary.words("group.taking")
_OUT = vocabulary.words("group.out")
_OF_A_PLAN = vocabulary.words("group.of_a_plan")
"""Behind these stands what customers have or get, so that a word there names no customer."""
_AND = vocabulary.words("group.and")
_NO_NAMES = vocabulary.words("group.no_names")
_PHRASES = vocabulary.sequences("group.all")


def ids_in(value: SlotValue) -> frozenset[CustomerId]:
    """Return the customers that a group names."""
    return frozenset(CustomerId(part) for part in str(value.value).split(",") if part and part != ALL)


def is_all(value: SlotValue) -> bool:
    """Tell whether a group is every customer."""
    return value.value == ALL


def means_all(words: Sequence[Word]) -> tuple[int, int] | None:
    """Return the place where the words say that every customer is meant."""
    texts = tuple(w.text for w in words)
    for phrase in _PHRASES:
        for at in range(len(texts) - len(phrase) + 1):
            if texts[at : at + len(phrase)] == phrase and not _is_part(phrase, texts, at):
                return words[at].start, words[at + len(phrase) - 1].end
    return None


def several_named(options: Iterable[Option], words: Sequence[Word]) -> bool:
    """Tell whether two or more customers are named together, clearly or not."""
    return any(len(run) > 1 for run in _runs(each_mention_of(options, tuple(words)), words))


def read_group(
    slot: Slot, options: Sequence[Option], words: tuple[Word, ...]
) -> tuple[SlotValue, tuple[int, int]] | str | None:
    """Return the group that these words name for a slot, and where; or the words of which it is not clear who is meant.

    A slot with ``cues`` takes those who are left out, one without takes the others and tells what is unclear of either.
    """
    everyone = means_all(words)
    mentions = [m for m in each_mention_of(options, words) if not _within(m, everyone)]
    out = [m for run in _runs(mentions, words) if _is_left_out(run, words) for m in run]
    rest = [m for m in mentions if m not in out]
    unclear = _unclear(mentions, out, rest, words, everyone=bool(everyone))
    if unclear is not None:
        return None if slot.cues else unclear
    if slot.cues:
        return _named(out)
    # the words for everyone stay there for the slot of who is left out ("everyone but ...")
    return (SlotValue(ALL, "all customers"), (everyone[0], everyone[0])) if everyone else _named(rest)


def of(customers: Iterable[Option]) -> SlotValue:
    """Return a group of these customers, each once and in their order."""
    named = list({option.id: option for option in customers}.values())
    return SlotValue(",".join(option.id for option in named), ", ".join(option.label for option in named))


def joined(before: SlotValue | None, added: SlotValue) -> SlotValue:
    """Return a group with another one added."""
    if before is None:
        return added
    ids = [*str(before.value).split(","), *str(added.value).split(",")]
    labels = [*before.label.split(", "), *added.label.split(", ")]
    return SlotValue(",".join(dict.fromkeys(ids)), ", ".join(dict.fromkeys(labels)))


def _named(mentions: Sequence[Mention]) -> tuple[SlotValue, tuple[int, int]] | None:
    clear = [m for m in mentions if len(m.options) == 1]
    return (of(m.options[0] for m in clear), (clear[0].start, clear[-1].end)) if clear else None


def _runs(mentions: Sequence[Mention], words: Sequence[Word]) -> list[list[Mention]]:
    """Return the mentions in runs of those that are joined to one another."""
    runs: list[list[Mention]] = []
    for mention in mentions:
        joins = runs and _JOINING.issuperset(_texts(words, runs[-1][-1].end, mention.start))
        if joins:
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return runs


def _is_left_out(run: Sequence[Mention], words: Sequence[Word]) -> bool:
    before, behind = _texts(words, 0, run[0].start), _texts(words, run[-1].end, None)
    if _ends_with(before, _PREPOSITIONS, _EXCEPT + _NOT) or _ends_with(before, _ARTICLES, _OFF):
        return True
    following = behind[0] if behind else ""
    return following in _BEHIND or (following in _OUT and bool(_TAKING.intersection(before)))


def _unclear(
    mentions: Sequence[Mention],
    out: Sequence[Mention],
    rest: Sequence[Mention],
    words: Sequence[Word],
    *,
    everyone: bool,
) -> str | None:
    """Return the first words of which it cannot be told which customer they mean, or whether it is meant."""
    for mention in mentions:
        several = len(mention.options) > 1
        stray = everyone and mention in rest
        if (several or stray) and (mention in out or not _stands_for_a_plan(mention, words)):
            return " ".join(_texts(words, mention.start, mention.end))
    return next(_excepted_strangers(mentions, out, words), None)


def _excepted_strangers(
    mentions: Sequence[Mention], out: Sequence[Mention], words: Sequence[Word]
) -> Iterator[str]:
    """Yield what stands behind a word of exception, or is joined to who is left out, and names no customer."""
    starts = {m.start for m in mentions}
    for at, word in enumerate(words):
        excepts = _ends_with(_texts(words, 0, word.end), frozenset(), _EXCEPT)
        joins = at > 0 and word.text in _AND and any(m.end == words[at - 1].end for m in out)
        behind = list(dropwhile(lambda w: w.text in _PREPOSITIONS | _NEGATING, words[at + 1 :]))
        if (
            not (excepts or joins)
            or not behind
            or behind[0].start in starts
            or not behind[0].text[0].isalpha()
        ):
            continue
        ends = len(behind) == 1 or behind[1].text in _OF_A_PLAN
        if behind[0].text not in (_NO_NAMES if excepts else GENERIC) and (excepts or ends):
            yield behind[0].text


def _stands_for_a_plan(mention: Mention, words: Sequence[Word]) -> bool:
    before = _texts(words, 0, mention.start)
    return bool(before) and before[-1] in _OF_A_PLAN


def _ends_with(texts: Sequence[str], between: frozenset[str], cues: Iterable[tuple[str, ...]]) -> bool:
    """Tell whether the texts end with one of these cues, with no more than articles and the like behind it."""
    kept = tuple(dropwhile(lambda text: text in between, reversed(texts)))[::-1]
    return any(said[-len(cue) :] == cue for cue in cues for said in (tuple(texts), kept))


def _texts(words: Sequence[Word], start: int, end: int | None) -> tuple[str, ...]:
    return tuple(w.text for w in words if w.start >= start and (end is None or w.end <= end))


def _within(mention: Mention, place: tuple[int, int] | None) -> bool:
    return place is not None and place[0] <= mention.start < place[1]


def _is_part(phrase: tuple[str, ...], texts: tuple[str, ...], at: int) -> bool:
    """Tell whether a bare word for everyone is said of something else than customers, or all are denied ("not all customers")."""
    if at and texts[at - 1] in _NEGATING:
        return True
    following = texts[at + 1] if at + 1 < len(texts) else ""
    return len(phrase) == 1 and phrase[0] in _BARE and following not in {"", *_EXCEPTIONS}
