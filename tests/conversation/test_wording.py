"""Everything that can be said has words, and the words have their parameters."""

import re
import string
from pathlib import Path

import pytest

import assistant.conversation
from assistant.conversation.wording import Wording, read_wording
from assistant.domain.accounts import CodeOutcome
from assistant.domain.follow_ups import Aspect
from assistant.domain.quotes import ConsequenceCode
from assistant.domain.refusals import RefusalCode
from assistant.workflows import all_flows

PACKAGE = Path(assistant.conversation.__file__).parent
SOURCES = "\n".join(path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py")))
WORDING = read_wording()
REPORTED = {"code_accepted"}


def keys_of(prefix):
    return {key.removeprefix(prefix) for key in WORDING._sentences if key.startswith(prefix)}


def fields(key):
    return {name for _, name, _, _ in string.Formatter().parse(WORDING._sentences[key]) if name}


@pytest.mark.parametrize("code", list(RefusalCode))
def test_every_refusal_has_words(code):
    assert WORDING.has(f"refusal.{code}")


@pytest.mark.parametrize("code", list(ConsequenceCode))
def test_every_consequence_has_words_with_the_parameters_named_beside_it(code):
    source = (PACKAGE.parent / "domain" / "quotes.py").read_text("utf-8")
    line = next(text for text in source.splitlines() if f'= "{code}"' in text)
    named = {name.strip() for name in line.partition("#")[2].split(",") if name.strip()}

    assert fields(f"consequence.{code}") <= named


def test_no_words_are_left_over():
    assert keys_of("refusal.") == set(RefusalCode)
    assert keys_of("consequence.") == set(ConsequenceCode)
    assert keys_of("flow.") == {
        f"{f.id}.{part}" for f in all_flows() for part in ("title", "name", "confirm", "done", "next")
    }
    assert keys_of("ask.") == {
        f"{flow.id}.{slot.name}{asked}"
        for flow in all_flows()
        for slot in flow.slots
        for asked in (("", "_more", "_fewer") if slot.relative_to else ("",))
    }


def test_other_names_and_options_belong_to_slots_that_there_are():
    slots = {f"{flow.id}.{slot.name}" for flow in all_flows() for slot in flow.slots}

    assert keys_of("also.") <= {slot.partition(".")[2] for slot in slots}
    assert {key.rpartition(".")[0] for key in keys_of("option.")} <= slots


def test_every_notice_of_the_source_has_words_and_every_word_a_use():
    used = set(re.findall(r'notice\(\s*"(\w+)"', SOURCES)) | set(re.findall(r'"notice\.(\w+)"', SOURCES))
    used |= set(re.findall(r'_again\(draft, "(\w+)"\)', SOURCES)) | set(
        re.findall(r'refuse\([\w.]+, "(\w+)"[,)]', SOURCES)
    )
    used |= set(re.findall(r'"(not_permitted_\w+)"', SOURCES)) | set(
        re.findall(r'offer\(draft, f?"[^"]+", "(\w+)"', SOURCES)
    )
    used |= {f"code_{outcome}" for outcome in CodeOutcome} - REPORTED
    # a case that is not there is looked for elsewhere, and a source is always there
    used |= {f"no_{aspect}" for aspect in Aspect} - {"no_case", "no_source"}

    assert used - keys_of("notice.") == set()
    assert keys_of("notice.") - used == set()


def test_every_prompt_and_choice_of_the_source_has_words():
    used = set(re.findall(r'say\(\s*f?"((?:prompt|value|handled|choice|invalid)\.\w+)"', SOURCES))

    assert {key for key in used if not WORDING.has(key)} == set()
    for flow in all_flows():
        for slot in flow.slots:
            assert WORDING.has(f"invalid.{slot.name}")
            assert WORDING.has(f"invalid.example_{slot.name}")


def test_no_sentence_of_ours_apologises_or_shouts():
    for sentence in WORDING._sentences.values():
        assert "!" not in sentence
        assert not re.search(r"\b(I|sorry|oops|please)\b", sentence)


def test_a_missing_key_is_a_programming_error():
    with pytest.raises(KeyError):
        Wording({}).say("nothing")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1000, "1,000"),
        (5, "5"),
        ("2026-03-15", "15 March 2026"),
        (None, "none"),
        ("", "none"),
        ("251-500", "251-500"),
        ("2026-3", "2026-3"),
    ],
)
def test_values_are_written_for_people(value, text):
    assert WORDING.shown(value) == text


@pytest.mark.parametrize(
    ("date", "text"),
    [("2020-05", "May 2020"), ("2020", "2020"), ("2020-13", "2020-13"), ("", ""), ("v2-ab", "v2-ab")],
)
def test_document_dates_are_written_as_month_and_year(date, text):
    assert WORDING.month(date) == text


def test_a_customer_name_with_braces_is_written_as_it_is():
    assert Wording({"a": "for {customer}"}).say("a", customer="{customer} {0}") == "for {customer} {0}"


def test_sources_are_written_whole():
    from datetime import date

    assert WORDING.source("MSP FAQ", "2020-05", "What is NFR?") == "MSP FAQ, May 2020, “What is NFR?”"
    assert WORDING.day(date(2026, 1, 2)) == "2 January 2026"
