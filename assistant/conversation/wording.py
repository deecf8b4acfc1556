"""What the conversation says: one catalogue file for each language, looked up by code."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from assistant.domain.languages import Language
from assistant.domain.policy import Citation
from assistant.domain.quotes import Consequence, QuoteValue
from assistant.domain.refusals import Refusal

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"\d{4}-\d{2}")
_MONTHS_A_YEAR = 12


class Wording:
    """A catalogue of sentences in one language; a missing key is a programming error and raises KeyError."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        self._sentences = sentences

    def with_words(self, flow: str, words: Mapping[str, str]) -> "Wording":
        """Return a catalogue that holds a flow's own words as well; those of the catalogue go first.

        ``label.<slot>``, ``invalid.<slot>`` and ``invalid.example_<slot>`` are for slots that the catalogue does not know.
        """
        own = {_own_key(flow, name): text for name, text in words.items()}
        return Wording({**own, **self._sentences})

    def keys(self) -> frozenset[str]:
        """Return all keys of the catalogue."""
        return frozenset(self._sentences)

    def has(self, key: str) -> bool:
        """Tell whether the catalogue has this key."""
        return key in self._sentences

    def say(self, key: str, **params: QuoteValue) -> str:
        """Return the sentence with its parameters, dates and numbers written out."""
        return self._sentences[key].format(
            **{name: self.shown(value, name) for name, value in params.items()}
        )

    def template(self, key: str) -> str:
        """Return the sentence with the places of its parameters open."""
        return self._sentences[key]

    def title(self, flow: str) -> str:
        """Return a flow's title; one that a release has taken away is called by its id."""
        return self._sentences.get(f"flow.{flow}.title", flow)

    def refusal(self, refusal: Refusal) -> str:
        """Return the words of a refusal, followed by the source that says so."""
        return self._cited(self.say(f"refusal.{refusal.code}", **refusal.params), refusal.cites)

    def consequence(self, consequence: Consequence) -> str:
        """Return the words of a consequence, followed by its source."""
        return self._cited(
            self.say(f"consequence.{consequence.code}", **consequence.params), consequence.cites
        )

    def label(self, name: str) -> str:
        """Return the label of a slot or of a preview's value."""
        return self._sentences.get(f"label.{name}", name.replace("_", " ").capitalize())

    def shown(self, value: QuoteValue, name: str = "") -> str:
        """Write a value for people: 1,000 seats, 15 March 2026; other text as it is.

        Codes, one or more with commas between, become words where the value of this name has words for them.
        """
        if isinstance(value, int):
            return f"{value:,}".replace(",", self._sentences["format.thousands"])
        if value is not None and _DATE.fullmatch(value):
            return self.day(date.fromisoformat(value))
        if value is not None and _MONTH.fullmatch(value):
            return self.month(value)
        if not value:
            return self._sentences["format.none"]
        words = [self._sentences.get(f"word.{name}.{code}") for code in value.split(", ")]
        return ", ".join(word for word in words if word) if all(words) else value

    def day(self, day: date) -> str:
        """Write a day: 15 March 2026."""
        parts = {"day": day.day, "month": self._month_name(day.month), "year": day.year}
        return self._sentences["format.day"].format_map(parts)

    def instant(self, instant: datetime | None) -> str:
        """Write an instant, which is in UTC: 15 March 2026, 10:00 UTC; nothing for None."""
        if instant is None:
            return ""
        return self._sentences["format.instant"].format(day=self.day(instant.date()), time=f"{instant:%H:%M}")

    def month(self, document_date: str) -> str:
        """Write a month ``YYYY-MM``, such as a document's date: May 2020."""
        year, _, month = document_date.partition("-")
        known = month.isdigit() and 1 <= int(month) <= _MONTHS_A_YEAR
        return f"{self._month_name(int(month))} {year}" if known else document_date

    def source(self, document: str, document_date: str, heading: str) -> str:
        """Write a source: MSP FAQ, May 2020, and the heading as written."""
        month = self.month(document_date)
        return self._sentences["format.source"].format(document=document, month=month, heading=heading)

    def _month_name(self, number: int) -> str:
        return self._sentences["format.months"].split()[number - 1]

    def _cited(self, sentence: str, cites: Iterable[Citation]) -> str:
        sources = "; ".join(dict.fromkeys(f"{c.document}, {self.month(c.date)}" for c in cites))
        return f"{sentence} ({sources})" if sources else sentence


@cache
def read_wording(language: Language = Language.ENGLISH) -> Wording:
    """Read the catalogue of a language."""
    text = files("assistant.conversation").joinpath("sentences", f"{language}.toml").read_text("utf-8")
    return Wording(dict(_flatten(tomllib.loads(text))))


def _own_key(flow: str, name: str) -> str:
    group, _, rest = name.partition(".")
    if group in {"label", "invalid"} and rest:
        return name
    return f"{group}.{flow}.{rest}" if group in {"ask", "option"} and rest else f"flow.{flow}.{name}"


def _flatten(tree: Mapping[str, Any], prefix: str = "") -> Iterable[tuple[str, str]]:
    for name, value in tree.items():
        if isinstance(value, dict):
            yield from _flatten(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value
