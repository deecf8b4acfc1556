"""The form in which words are compared, whoever typed them and on whichever keyboard."""

import unicodedata

_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "’": "'"})


def fold(text: str) -> str:
    """Return the text case-folded, with compatibility forms unified, and with umlauts and sharp s spelt out."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_SPELT_OUT)
