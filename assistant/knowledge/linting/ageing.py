"""Statements that age: words of the present and of plans in an entry that nobody promised to look at again."""

import re

from assistant.knowledge.linting.copies import Copies, Finding

CODE = "ageing-statement"
_WORDS = re.compile(
    r"\b(?:today|currently|at\s(?:present|the\smoment(?!\s(?:\w+\s)?(?:the|an?|of|when|that|you|it|we|they)\b))|presently|nowadays|(?:right\s|for\s)?now(?!\son\b)|(?<!as\s)soon|shortly\savailable"
    r"|recently|upcoming|road\s?map|planned|in\sthe\s(?:near\s)?future|until\sfurther\snotice"
    r"|(?:next|this|last)\s(?:year|quarter|release|version|spring|summer|autumn|winter)"
    r"|heute|derzeit(?:ig\w{0,2})?|zurzeit|zur\szeit|aktuell|momentan|gegenwärtig|jetzt|bald|demnächst|geplant|künftig"
    r"|in\skürze|bis\sauf\sweiteres|(?:nächste|dieses|letzte)[snrm]?\s(?:jahr|quartal|version))\b",
    re.IGNORECASE,
)

_SENTENCE_END = re.compile(r"[.!?]\s")
_CONDITION = re.compile(r"\b(?:if|when|whether|wenn|falls|ob)\b", re.IGNORECASE)


def findings(copies: Copies) -> tuple[Finding, ...]:
    """Return a finding for each line with such a word, in entries without the attribute ``reviewed``."""
    hint = "check that it still holds and state the day as reviewed, or say since when or until when"
    return tuple(
        Finding(passage.file, number, CODE, f'"{word}" will not be true for ever', hint)
        for passage in copies.passages
        if not passage.entry.reviewed
        for number, text in passage.lines
        if (word := _word(text))
    )


def _word(text: str) -> str | None:
    """Return the first word that ages; what a condition says of the present is no statement."""
    for sentence in _SENTENCE_END.split(text):
        match = _WORDS.search(sentence)
        if match and not _CONDITION.search(sentence, 0, match.start()):
            return match[0]
    return None
