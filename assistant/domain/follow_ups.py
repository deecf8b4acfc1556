"""Follow-ups: short messages that want one more thing of the last answer, told by their form alone."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

_LONGEST = 80
"""Characters; anything longer is a question of its own."""


class Aspect(StrEnum):
    """What is wanted of an answer: its reason, an example, its source, one of its cases, or one of its parts by number."""

    REASON = "reason"
    EXAMPLE = "example"
    SOURCE = "source"
    CASE = "case"
    PLACE = "place"


@dataclass(frozen=True)
class FollowUp:
    """A message read as a follow-up; ``place`` counts from 0, or from the end when negative, and belongs to PLACE alone.

    ``connected`` tells that it begins as the continuation of something ("and ...", "what about ...").
    """

    aspect: Aspect
    place: int | None = None
    connected: bool = False


_ENDINGS = r"(?: please| bitte| then| denn| exactly| genau)*"
_LINKS = r"(?:(?:and|but|so|ok|okay|well|und|aber|oder|or|hm+|please|bitte) )*"
_BARE = (
    "is are was were that this it they them those he she we i so not no can can't cannot could couldn't do don't does doesn't "
    "did didn't won't isn't aren't would should the case allowed possible then only be das dies es so nicht denn ist sind geht "
    "darf dürfen kann können man eigentlich wir sie ich möglich erlaubt"
)
_WHY = rf"(?:why|how come|warum|wieso|weshalb)(?: (?:{'|'.join(_BARE.split())}))*"
_REASON = (
    r"(?:(?:what(?:'s| is| was)|tell me|give me|is there) )?(?:the|a|any) (?:reason|reasons|rationale)"
    r"(?: (?:for|behind|of) (?:that|this|it|the rule))?|for what reason|on what grounds|what for|"
    r"(?:was ist |nenne mir |gibt es )?(?:der|den|die|einen) (?:grund|gründe|begründung)(?: dafür| dahinter)?|aus welchem grund"
)
_EXAMPLE = (
    r"(?:(?:can|could|would) (?:you|i|we) )?(?:(?:give|show|tell|have|see|get|is there|do you have|have you got)(?: me| us)? )?"
    r"(?:(?:the|an|a|any|one|some) )?examples?(?: (?:for|of) (?:that|this|it))?|for (?:example|instance)|such as|like what|"
    r"(?:(?:hast du|haben sie|habt ihr|gibt es|gib mir|zeig mir|nenne mir) )?(?:(?:das|ein|dafür ein) )?beispiele?"
    r"(?: dafür| dazu)?|zum beispiel"
)
_SOURCE = (
    r"(?:(?:what(?:'s| is)|which is|show me|name) )?(?:the|your|its)? ?(?:source|sources|reference|origin)(?: (?:of|for) (?:that|this|it))?|"
    r"(?:says|said) who|(?:who|what document|which document) says (?:that|this|so|it)|"
    r"where (?:does|do|is|did) (?:it|that|this|they|you) (?:say (?:that|this|so|it)|come from|written|stated|from|get (?:that|this|it) from)|"
    r"where (?:can i|do i) (?:read|find) (?:that|this|it)|"
    r"(?:how old|from when|how recent|of what date) is (?:that|this|it|the (?:text|document|answer|source))|when was (?:that|this|it) written|"
    r"(?:(?:was ist|welche ist) )?(?:die )?quelle(?: dafür| davon)?|wo steht (?:das|es)(?: geschrieben)?|woher (?:kommt|stammt|ist) das|"
    r"(?:von wann|wie alt) ist (?:das|es|der text|die antwort|das dokument)"
)
_ORDINALS = {
    0: "first|1st|erste|ersten|erster|erstes",
    1: "second|2nd|zweite|zweiten|zweiter|zweites",
    2: "third|3rd|dritte|dritten|dritter|drittes",
    3: "fourth|4th|vierte|vierten|vierter|viertes",
    4: "fifth|5th|fünfte|fünften|fünfter|fünftes",
    5: "sixth|6th|sechste|sechsten|sechster|sechstes",
    -1: "last|final|letzte|letzten|letzter|letztes",
}
_THINGS = (
    r"(?: (?:one|part|point|case|row|line|screen|step|option|entry|item|punkt|fall|teil|zeile|schritt|bild))?"
)
_OPENERS = r"(?:(?:what|how) about |was ist mit |wie ist es mit |only |just |nur |show me |zeig mir )?"
_PLACES = [
    (
        place,
        re.compile(
            rf"{_LINKS}{_OPENERS}(?:(?:the|for the|in the|der|die|das|den|beim|im) )?(?:{names}){_THINGS}{_ENDINGS}"
        ),
    )
    for place, names in _ORDINALS.items()
]
_NUMBERED = re.compile(
    rf"{_LINKS}{_OPENERS}(?:(?:the|number|no|nr|nummer|part|point|screen|step|option|schritt|punkt|teil) )?(\d{{1,2}})(?:(?:st|nd|rd|th){_THINGS})?{_ENDINGS}"
)
_WHOLE = [
    (Aspect.REASON, re.compile(rf"{_LINKS}(?:{_WHY}|{_REASON}){_ENDINGS}")),
    (Aspect.EXAMPLE, re.compile(rf"{_LINKS}(?:{_EXAMPLE}){_ENDINGS}")),
    (Aspect.SOURCE, re.compile(rf"{_LINKS}(?:{_SOURCE}){_ENDINGS}")),
]
_CONNECTED = re.compile(
    r"(?:and|und|or|oder|but|aber|also|auch) |(?:what|how) about |was ist mit |wie ist es mit "
)
_POINTED = re.compile(
    r"(?:the|in the|for the|on the|with the|der|die|das|in der|im|bei der|beim|für die|für den) .+|(?:in|on|for|with|bei|für|mit) .+"
)
_MOST_WORDS = 7
_SPACES = re.compile(r"\s+")
_MARKS = re.compile(r"[^\w\s']+")


def follow_up_of(text: str) -> FollowUp | None:
    """Return how a message would be read as a follow-up of an answer, None if it cannot be one.

    Whether it is one depends on what was answered; a CASE in particular has to be found in that answer.
    """
    if len(text) > _LONGEST:
        return None
    said = _plain(text)
    connected = _CONNECTED.match(said + " ") is not None
    for aspect, pattern in _WHOLE:
        if pattern.fullmatch(said):
            return FollowUp(aspect, connected=connected)
    for place, pattern in _PLACES:
        if pattern.fullmatch(said):
            return FollowUp(Aspect.PLACE, place, connected)
    if (numbered := _NUMBERED.fullmatch(said)) and int(numbered[1]):
        return FollowUp(Aspect.PLACE, int(numbered[1]) - 1, connected)
    few = 0 < len(said.split()) <= _MOST_WORDS
    return FollowUp(Aspect.CASE, connected=connected) if few and (connected or _elliptic(said)) else None


def _elliptic(said: str) -> bool:
    """Tell whether a text names something without saying anything about it."""
    return len(said.split()) <= 2 or _POINTED.fullmatch(said) is not None  # noqa: PLR2004 - two words are a name, not a question


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return _SPACES.sub(" ", _MARKS.sub(" ", folded)).strip()
