"""What of a typed text is the question: greetings, thanks, shouting and runs of marks are not."""

import re

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
