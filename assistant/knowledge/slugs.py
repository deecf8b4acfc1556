"""Entry ids: the slug of a heading as written."""

import hashlib
import re
import unicodedata

from assistant.domain.identifiers import EntryId

_OTHER = re.compile(r"[^a-z0-9]+")
_BRACKETS = re.compile(r"\([^()]*\)")
_LONGEST = 200


def slug(heading: str) -> EntryId:
    """Return the id of a heading: lower case, ASCII, every run of other characters one hyphen, none at the ends.

    Accents are dropped first (``ü`` is ``u``). A heading without any letter or digit gets an id from its hash, and
    an id longer than 200 characters is cut and ends in one, so that two long headings stay apart.
    """
    plain = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode()
    made = _OTHER.sub("-", plain.lower()).strip("-")
    digest = hashlib.sha256(heading.encode("utf-8", "replace")).hexdigest()[:12]
    if not made:
        return EntryId(f"entry-{digest}")
    return EntryId(made if len(made) <= _LONGEST else f"{made[:_LONGEST]}-{digest}")


def definition_slug(term: str) -> EntryId:
    """Return the id of a definition: ``definition-`` and the slug of the short form without what is in brackets."""
    return slug(f"definition {_BRACKETS.sub(' ', term)}")
