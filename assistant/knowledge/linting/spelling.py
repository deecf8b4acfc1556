"""Odd spelling in headings, which are what people search for and read first."""

import re
from collections import Counter
from collections.abc import Iterable

from rapidfuzz.distance import OSA

from assistant.knowledge.linting.copies import Copies, Finding
from assistant.knowledge.matching.words import Lexicon, shipped_lexicon, split, stem

CODE = "odd-spelling"
_CONFUSED = dict(
    pair.split(":")
    for pair in (
        "trail:trial trails:trials costumer:customer costumers:customers licens:licence lisence:licence lisences:licences "
        "liscense:licence adress:address adresses:addresses recieve:receive seperate:separate seperately:separately "
        "managment:management maintainance:maintenance maintenence:maintenance availble:available avaliable:available "
        "availible:available priviledge:privilege occured:occurred acess:access acount:account upgarde:upgrade "
        "migartion:migration syncronize:synchronize syncronise:synchronise lizens:Lizenz lizensen:Lizenzen "
        "standart:standard reseler:reseller custmer:customer recuring:recurring refered:referred succesful:successful"
    ).split()
)
_BETWEEN = r"(?:(?!(?:that|if|when|who|which|what|mean|happen|work|need|cost|get|have)\b)\S{1,40}\s){1,5}?"
_PHRASES = (
    (re.compile(r"\bby\s(?:their|his|her|its|our|your|my)\sown\b", re.IGNORECASE), 'write "on ... own"'),
    (re.compile(r"\b(?:have|has|with)\s(?:their|his|her|its|our|your)\son\b", re.IGNORECASE), 'write "own"'),
    (re.compile(r"\bpay\sas\sgo\b", re.IGNORECASE), 'write "pay as you go"'),
    (re.compile(r"\blicen[cs]es?\saccording\b", re.IGNORECASE), "say what is done according to it"),
    (
        re.compile(
            r"\b\w{2,30}ing\sor\s(?:add|remove|change|create|delete|cancel|renew|buy|move)\b", re.IGNORECASE
        ),
        "give both verbs the same form",
    ),
    (
        re.compile(
            rf"\b(?:does|did)\s{_BETWEEN}(?:means|works|needs|happens|costs|gets|has|takes|runs|comes|goes|lasts|starts|ends)"
            r"(?=\s*[?.!]|\s*$|\s(?:for|in|when|if|to|with|after)\b)",
            re.IGNORECASE,
        ),
        'write the verb without "s" after "does"',
    ),
    (
        re.compile(r"\b(?:is|are|it['’]s)\snot\ssupport\b(?!\s(?:for|from|by))", re.IGNORECASE),
        'write "supported"',
    ),
    (
        re.compile(r"\b[A-Z]{2,6}['’]s\s(?:have|are|can|may|must|do|will|report|should)\b"),
        "a plural takes no apostrophe",
    ),
    (
        re.compile(
            r"\b(?:[2-9]|[1-9]\d{1,5})\s(?:month|seat|user|year|day|week|customer|licen[cs]e)\b(?=\s*[.,;:)–]|\s*$|\s(?:etc|and|is|are|can)\b)"
        ),
        "write the plural",
    ),
    (re.compile(r"\b(?:the|an?)\s(?:the|an?)\b"), "keep one article"),
    (
        re.compile(
            r"(?<![\w'’])a\s(?!one\b|once\b|eu|of\b|and\b|or\b|is\b|in\b|at\b|as\b|on\b|if\b|are\b|auf\b|alle)[aeio][a-z]{2,30}\b"
        ),
        'write "an"',
    ),
    (
        re.compile(r"\b(?!(?:the|an|that|had|die|der|das|sie|ist|bye)\b)([a-zäöüß]{2,30})\s\1\b"),
        "write the word once",
    ),
)
_FREQUENT = 3
_SHORTEST = 5


def findings(copies: Copies) -> tuple[Finding, ...]:
    """Return broken phrases and doubled words wherever they stand, and words in headings that are probably misspelt.

    Misspelt is what is on a list of confusions, or unknown and one letter off a word that the files use often.
    """
    counts = Counter(word for passage in copies.passages for _, text in passage.lines for word in split(text))
    frequent = [word for word, count in counts.items() if count >= _FREQUENT and len(word) >= _SHORTEST]
    lexicon = shipped_lexicon()
    found = []
    for passage in copies.passages:
        for number, text in passage.lines:
            odd = [*_broken(text)]
            if number == passage.heading[0]:
                odd += _misspelt(passage.entry.question, counts, frequent, lexicon)
            found += [Finding(passage.file, number, CODE, f'"{what}"', hint) for what, hint in odd]
    return tuple(found)


def _broken(text: str) -> Iterable[tuple[str, str]]:
    for pattern, hint in _PHRASES:
        match = pattern.search(text)
        if match:
            yield match[0], hint


def _misspelt(
    heading: str, counts: Counter[str], frequent: list[str], lexicon: Lexicon
) -> Iterable[tuple[str, str]]:
    for word in split(heading):
        if word in _CONFUSED:
            yield word, f'is "{_CONFUSED[word]}" meant?'
        elif len(word) >= _SHORTEST and counts[word] == 1 and word not in lexicon.known:
            meant = next((other for other in frequent if _one_letter_off(word, other)), None)
            if meant:
                yield word, f'is "{meant}" meant?'


def _one_letter_off(word: str, other: str) -> bool:
    """Tell whether one letter was mistyped; endings and the two spellings of one word are no mistakes."""
    if (
        stem(word) == stem(other)
        or word[:-1] == other[:-1]
        or word.translate(_SPELLINGS) == other.translate(_SPELLINGS)
    ):
        return False
    ending = word.startswith(other) or other.startswith(word)
    return not ending and OSA.distance(word, other, score_cutoff=1) == 1


_SPELLINGS = str.maketrans("sc", "zs")
