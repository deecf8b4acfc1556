"""What of a typed text is the question: greetings, thanks, shouting and runs of marks are not."""

import re

_GREETING = re.compile(
    r"^\s*(?:hi|hello|hey|dear|good (?:morning|day|afternoon|evening)|hallo|guten (?:tag|morgen|abend)|gr\w{1,3}ezi|servus|moin)"
    r"\b(?:\s+(?:there|all|everybody|everyone|team|support|zusammen|liebes|miteinander)){0,3}\s*[,;:.!\u2013-]*\s*",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"[\s,;.!\u2013-]*\b(?:thanks|thank you|thx|danke|vielen dank|merci|please|bitte)"
    r"(?:\s+(?:in advance|very much|a lot|im voraus|schon mal|you))?\s*[.!]*\s*$",
    re.IGNORECASE,
)
_MARKS = re.compile(r"([?!.,;:])[?!.,;:]+")


def question_in(text: str) -> str:
    """Return a text in lower case without greeting and thanks; if nothing else is left, with them.

    Case is dropped because people shout or never capitalise, and one of the models would hear another question.
    """
    plain = " ".join(_MARKS.sub(r"\1", text).casefold().split())
    bare = _THANKS.sub("", _GREETING.sub("", plain))
    return bare or plain
