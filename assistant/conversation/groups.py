"""Several customers named at once: all of them, some by name, or all but some."""

from collections.abc import Iterable, Sequence

from assistant.conversation.flow import Slot, SlotValue
from assistant.conversation.names import Mention, Option, mentions_of
from assistant.conversation.words import Word
from assistant.domain.identifiers import CustomerId

ALL = "*"
"""The value of a group that is every customer."""

ALL_PHRASES = (
    "all customers", "all my customers", "all our customers", "all of my customers", "all of our customers", "all the customers",
    "every customer", "each customer", "everyone", "everybody", "all clients", "all my clients", "every client", "each client",
    "all companies", "all of them", "alle kunden", "allen kunden", "alle meine kunden", "allen meinen kunden", "jeden kunden",
    "jedem kunden", "alle", "allen", "all tenants", "every one of them",
)  # fmt: skip
"""What means every customer."""

_BUT = (
    ("except",), ("except", "for"), ("without",), ("but", "not"), ("apart", "from"), ("other", "than"), ("leave", "out"),
    ("leaving", "out"), ("excluding",), ("skip",), ("außer",), ("ausser",), ("ohne",), ("bis", "auf"), ("drop",), ("omit",),
    ("nicht",), ("not",),
)  # fmt: skip
"""What stands before customers that are not meant."""
_JOINING = frozenset({"and", "or", "und", "oder", "nor", "also", "auch"})
_PHRASES = tuple(tuple(phrase.split()) for phrase in sorted(ALL_PHRASES, key=len, reverse=True))


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
    """Tell whether two or more customers are named, each clearly."""
    found = mentions_of(options, tuple(words))
    named = {mention.options[0].id for mention in found if len(mention.options) == 1}
    return len(named) > 1 and all(len(mention.options) == 1 for mention in found)


def read_group(
    slot: Slot, options: Sequence[Option], words: tuple[Word, ...]
) -> tuple[SlotValue, tuple[int, int]] | None:
    """Return the group that these words name for a slot, and where.

    A slot with ``cues`` takes those behind "except" and the like, one without takes the others.
    """
    mentions = [m for m in mentions_of(options, words) if len(m.options) == 1]
    left_out = _left_out(mentions, words)
    meant = left_out if slot.cues else [m for m in mentions if m not in left_out]
    everyone = None if slot.cues else means_all(words)
    if everyone:
        return SlotValue(ALL, "all customers"), everyone
    if not meant:
        return None
    return of(m.options[0] for m in meant), (meant[0].start, meant[-1].end)


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


def _left_out(mentions: Sequence[Mention], words: Sequence[Word]) -> list[Mention]:
    """Return the mentions behind a word of exception, with those joined to them."""
    found: list[Mention] = []
    for mention in mentions:
        before = [w for w in words if w.end <= mention.start]
        texts = tuple(w.text for w in before)
        cued = any(texts[-len(cue) :] == cue for cue in _BUT)
        joins = bool(found) and {w.text for w in before if w.start >= found[-1].end} <= _JOINING
        if cued or joins:
            found.append(mention)
    return found


def _is_part(phrase: tuple[str, ...], texts: tuple[str, ...], at: int) -> bool:
    """Tell whether a bare "alle" is said of something else than customers."""
    following = texts[at + 1] if at + 1 < len(texts) else ""
    return phrase in {("alle",), ("allen",)} and following not in {"", "außer", "ausser", "bis"}
