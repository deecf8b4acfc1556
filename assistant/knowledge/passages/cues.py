"""What texts say before they give a reason, an example or one case of several, and how questions ask for a comparison."""

import re

from assistant.knowledge.passages.structure import Piece, Shape, Structure

_EXAMPLE = re.compile(
    r"\b(?:examples?|for instance|e\.\s?g\.|such as|zum beispiel|z\.\s?b\.|beispiel(?:e|sweise)?)|,\s*say\b(?!\s+(?:that|so)\b)",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|since (?:the|it|this|they|we)|due to|owing to|the reason|that is why|this is why|which is why|therefore|"
    r"with this|as a result|depends? on (?:that|this)|tied to|important to understand|cannot technically|"
    r"(?:under|in|with) (?:the|this|our) [\w-]{1,30}(?: [\w-]{1,30})? ?(?:model|programme|program)\b|"
    r"weil|denn|deshalb|deswegen|daher|darum|aus diesem grund|der grund|im [\w-]{1,30}-?(?:modell|programm))\b|"
    r",\s*so (?:a|an|the|that|it|they|its)\b",
    re.IGNORECASE,
)
_KEPT_IN_MIND = re.compile(r"^\W{0,8}(?:no|nein)\b.{0,40}\bkeep in mind\b", re.IGNORECASE | re.DOTALL)
_LEADS_ON = re.compile(
    r"^\W{0,8}(?:because of this|therefore|with this|as a result|deshalb|deswegen|daher|darum)\b",
    re.IGNORECASE,
)
_BOLD_LABEL = re.compile(r"^(?:\*\*|__)([^*_\n]{1,120}?)\s?(?::(?:\*\*|__)|(?:\*\*|__)\s?:)\s*")
_CASE_LABEL = re.compile(
    r"^((?:for|if|in case of|für|bei|wenn|falls|scenario|szenario|case|fall)\b[^.:;\n]{1,160}?)(?=[.:;\n]|, |\s[-–—]\s|$)",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"^(?:important|note|notes|limits?|good to know|attention|caution|warning|tip|wichtig|hinweis|achtung|gut zu wissen|"
    r"(?:worked |for )?examples?|(?:zum )?beispiele?|for instance|for now)\b",
    re.IGNORECASE,
)
_LIST_MARK = re.compile(r"^(?:[-*+]|\d{1,9}[.)])[ \t]+")
_SIDE = r"(.{1,80}?)"
_COMPARISONS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        (
            rf"\b(?:difference|differences|distinction|compare|comparison|unterschied|unterschiede|vergleich|vergleiche)\b.{{0,30}}?"
            rf"\b(?:between|of|zwischen|von)\s+{_SIDE}\s+(?:and|und|or|oder|to|with|&)\s+{_SIDE}\s*[?.!]*$"
        ),
        rf"^\s*(?:please |bitte )?(?:compare|vergleiche|vergleich)\s+{_SIDE}\s+(?:and|with|to|und|mit)\s+{_SIDE}\s*[?.!]*$",
        (
            rf"^\s*(?:how|what|worin|wie)\b.{{0,12}}?\b(?:does|do|makes?|unterscheide[nt])\s+(?:sich )?{_SIDE}\s+"
            rf"(?:differ(?:s|ent)? from|compare (?:to|with)|von)\s+{_SIDE}\s*[?.!]*$"
        ),
        rf"^\s*{_SIDE}\s+(?:vs\.?|versus|gegenüber|compared (?:to|with))\s+{_SIDE}\s*[?.!]*$",
    )
]
_LEAD_IN = re.compile(
    r"^(?:(?:what|how) (?:is|about)|was ist|the|a|an|der|die|das|dem|den|plain|normal)\s+", re.IGNORECASE
)
_LONGEST_COMPARISON = 200


def gives_example(text: str) -> bool:
    """Tell whether a piece says that it gives an example."""
    return _EXAMPLE.search(text) is not None


def gives_reason(text: str) -> bool:
    """Tell whether a piece says that it gives a reason."""
    return _REASON.search(text) is not None or _KEPT_IN_MIND.search(text) is not None


def leads_on(text: str) -> bool:
    """Tell whether a piece draws on the one before it, which then is the reason ("Because of this ...")."""
    return _LEADS_ON.search(unmarked(text)) is not None


def unmarked(text: str) -> str:
    """Return a piece's text without the mark of a list item."""
    return text[mark.end() :] if (mark := _LIST_MARK.match(text)) else text


def case_of(structure: Structure, piece: Piece) -> str | None:
    """Return the case that an item is for, in the text's words ("For WF Services (cloud)"), or None.

    A case is a bold label with a colon, or opens with a word such as "for", "if" or "scenario"; an item that only leads on
    to the next one ("If ..., then:") is none, nor are notes and examples.
    """
    if piece.shape is not Shape.ITEM:
        return None
    own = unmarked(structure.own(piece))
    match = _BOLD_LABEL.match(own) or _CASE_LABEL.match(own)
    if match is None or _NOTE.match(match[1]):
        return None
    leading = own.rstrip().endswith(":") and piece.end == piece.own_end
    return None if leading else match[1].strip()


def sides_of(question: str) -> tuple[str, str] | None:
    """Return the two things that a question asks to compare, in its words and order, or None."""
    question = " ".join(question.split())
    if len(question) > _LONGEST_COMPARISON:
        return None
    for pattern in _COMPARISONS:
        match = pattern.search(question)
        if match:
            left, right = (_bare(side) for side in match.groups())
            return (left, right) if left and right else None
    return None


def _bare(side: str) -> str:
    side = side.strip(" \t\"'“”„?!.,")
    return side[lead.end() :] if (lead := _LEAD_IN.match(side)) else side
