"""The languages that people are spoken to in. What is stored and compared has none: it is made of codes."""

from enum import StrEnum

from assistant.domain.errors import InvalidInput


class Language(StrEnum):
    """A language with a complete catalogue, by its BCP 47 tag."""

    ENGLISH = "en"
    GERMAN = "de"


def read_language(tag: str, field: str = "language") -> Language:
    """Return the language of a tag as it stands in a setting, an option or a form. Raises InvalidInput."""
    if tag not in set(Language):
        raise InvalidInput(field, "must be one of " + ", ".join(Language))
    return Language(tag)
