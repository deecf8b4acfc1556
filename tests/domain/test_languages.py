"""Which languages there are, and what is said of another."""

import pytest

from assistant.config import read_settings
from assistant.domain.errors import InvalidInput
from assistant.domain.languages import Language, read_language


def test_a_language_is_read_by_its_tag() -> None:
    assert read_language("de") is Language.GERMAN


@pytest.mark.parametrize("tag", ["", "DE", "fr", "de-AT", " de"])
def test_any_other_tag_is_refused_with_those_there_are(tag: str) -> None:
    with pytest.raises(InvalidInput, match="must be one of en, de"):
        read_language(tag)


def test_the_setting_names_itself_when_it_is_wrong() -> None:
    with pytest.raises(InvalidInput) as refused:
        read_settings({"ASSISTANT_LANGUAGE": "klingon"})

    assert refused.value.field == "ASSISTANT_LANGUAGE"
    assert read_settings({"ASSISTANT_LANGUAGE": "de"}).language is Language.GERMAN
    assert read_settings({}).language is Language.ENGLISH
