"""Generated entries in any number, the same every time, for tests and figures of size."""

from assistant.domain.entries import Entry, EntryKind, Source
from assistant.domain.identifiers import EntryId

_ASKED = (
    "how do partners",
    "which customers may",
    "when can resellers",
    "where do administrators",
    "who may",
)
_ACTIONS = (
    "renew",
    "cancel",
    "extend",
    "assign",
    "report",
    "transfer",
    "suspend",
    "install",
    "compare",
    "order",
)
_THINGS = (
    "licences",
    "seats",
    "invoices",
    "backups",
    "mailboxes",
    "sensors",
    "gateways",
    "accounts",
    "discounts",
)
_LETTERS = "bcdfgklmnprstvz"


def made_up_word(number):
    """Return a word of its own for each number."""
    vowels = "aeiou"
    word = ""
    for place in range(4):
        word += _LETTERS[number % len(_LETTERS)] + vowels[(number + place) % len(vowels)]
        number //= len(_LETTERS)
    return word


def question(number):
    asked, action = _ASKED[number % 5], _ACTIONS[number // 5 % 10]
    thing = _THINGS[number // 50 % 9]
    return f"{asked} {action} {thing} of {made_up_word(number)} in {made_up_word(number % 997 + 20_000)}?".capitalize()


def entry(number, asked=None, **more):
    text = asked or question(number)
    source = Source("Generated", text, "2026-01")
    return Entry(
        EntryId(f"entry-{number:06d}"), 1, EntryKind.QUESTION, text, "It is stated here.", source, **more
    )


def entries(size):
    """Return so many entries with different questions, each with another way to ask."""
    return [entry(n, alternates=(f"{_ACTIONS[n % 10]} {made_up_word(n)} {n}",)) for n in range(size)]
