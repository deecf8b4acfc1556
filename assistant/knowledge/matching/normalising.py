"""What of a typed text is the question: greetings, thanks, shouting and runs of marks are not."""

import re
from collections.abc import Container

from assistant.knowledge.matching.words import split

_GREETING = re.compile(
    r"\s*(?:hi|hello|hey|dear|good (?:morning|day|afternoon|evening)|hallo|guten (?:tag|morgen|abend)|gr\w{1,3}ezi|servus|moin)"
    r"\b(?!-\w)(?:\s+(?:there|all|everybody|everyone|team|support|zusammen|liebes|miteinander)\b){0,3}\s*[,;:.!\u2013-]*\s*"
)
_THANKS = re.compile(
    r"\b(?:thanks|thank you|thx|danke|vielen dank|merci|please|bitte)"
    r"(?:\s+(?:in advance|very much|a lot|im voraus|schon mal|you)){0,2}\s*[.!?]*\s*$"
)
_LONGEST_THANKS = 60
_BEFORE_THANKS = " ,;.!\u2013-"
_MARKS = re.compile(r"([?!.,;:])[?!.,;:]+")
_RUNS = re.compile(r"[^\w\s]{4,}")


def question_in(text: str) -> str:
    """Return a text in lower case without greetings and thanks; if no word is left, with them.

    Case is dropped because people shout or never capitalise, and one of the models would hear another question.
    """
    plain = " ".join(_RUNS.sub(" ", _MARKS.sub(r"\1", text)).casefold().split())
    bare = _without_thanks(_without_greetings(plain))
    return bare if any(map(str.isalnum, bare)) else plain


def thinned(text: str, small: Container[str], most: int) -> str:
    """Return a text of more than ``most`` words without as many small ones as it has too many, taken evenly from it.

    What a model takes grows with every word, and these say least. Words that are not small all stay.
    """
    words = text.split()
    surplus = len(words) - most
    if surplus <= 0:
        return text
    spare = [place for place, word in enumerate(words) if all(part in small for part in split(word))]
    left_out = {spare[len(spare) * n // surplus] for n in range(surplus)} if spare else ()
    return " ".join(word for place, word in enumerate(words) if place not in left_out)


def _without_greetings(text: str) -> str:
    start = 0
    while found := _GREETING.match(text, start):
        start = found.end()
    return text[start:]


def _without_thanks(text: str) -> str:
    # looking at the end only: a long run of marks would otherwise be tried from each of its places
    while found := _THANKS.search(text, max(0, len(text) - _LONGEST_THANKS)):
        text = text[: found.start()].rstrip(_BEFORE_THANKS)
    return text
