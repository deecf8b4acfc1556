"""The words of the pages: one catalogue file for each language, read at start."""

import tomllib
import unicodedata
from datetime import UTC, datetime
from functools import cache, reduce
from pathlib import Path
from typing import Any

from assistant.domain.languages import Language

_FOLDER = Path(__file__).parent / "strings"


class Wording:
    """One language's catalogue. Calling it with a dotted key fills in the values; an unknown key is an error."""

    def __init__(self, language: Language = Language.ENGLISH) -> None:
        self.language = language
        self.catalogue = tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))

    def __call__(self, key: str, /, **values: object) -> str:
        text = self.get(key)
        assert isinstance(text, str), key
        return text.format(**values)

    def get(self, key: str) -> Any:
        """Return whatever stands under a dotted key. Raises KeyError."""
        return reduce(lambda table, name: table[name], key.split("."), self.catalogue)

    def has(self, key: str) -> bool:
        """Tell whether anything stands under a dotted key."""
        try:
            self.get(key)
        except (KeyError, TypeError):
            return False
        return True

    def first(self, *keys: str, **values: object) -> str:
        """Return the text of the first key that exists; the last one must."""
        for key in keys[:-1]:
            try:
                return self(key, **values)
            except (KeyError, TypeError):
                continue
        return self(keys[-1], **values)

    def counted(self, key: str, count: int, **values: object) -> str:
        """Return the sentence for a number of things; for one thing it is the one whose key ends in ``_one``."""
        return self(f"{key}_one" if count == 1 else key, count=self.number(count), **values)

    def act(self, op: str, kind: str | None = None) -> str:
        """Return what a change is called: by its kind where that has a name, else by the workflow."""
        return self.first(f"acts.{kind}", f"acts.{op}", f"flows.{op}.name", "flows.unnamed")

    def month(self, value: str) -> str:
        """Write ``2020-05`` as "May 2020" or "Mai 2020"; anything else unchanged."""
        year, _, month = value.partition("-")
        names: list[str] = self.get("dates.months")
        if not month.isdecimal() or not 1 <= int(month) <= len(names):
            return value
        return f"{names[int(month) - 1]} {year}"

    def day(self, value: object) -> str:
        """Write a date, an instant or ``YYYY-MM-DD`` as "24 November 2026" or "24. November 2026"; anything else unchanged."""
        text = str(value)[:10]
        year, _, rest = text.partition("-")
        month, _, day = rest.partition("-")
        if not (len(year) == 4 and year.isdecimal() and month.isdecimal() and day.isdecimal()):  # noqa: PLR2004
            return str(value)
        return self("dates.day", day=int(day), month=self.month(f"{year}-{month}"))

    def duration(self, seconds: int) -> str:
        """Write seconds in the two largest units that people wait in: 2 d 3 h, 5 h 10 min, 7 min."""
        minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
        if days:
            return self("desk.days", days=days, hours=hours % 24)
        return (
            self("desk.hours", hours=hours, minutes=minutes % 60)
            if hours
            else self("desk.minutes", minutes=minutes)
        )

    def moment(self, value: datetime | str) -> str:
        """Write an instant as a day and "14:03 UTC"; a text that is none stays as it is."""
        try:
            at = (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(UTC)
        except ValueError:
            return str(value)
        return f"{self.day(at.date())}, {at:%H:%M} UTC"

    def number(self, value: object) -> str:
        """Write a whole number with a mark at the thousands, "1,000" or "1.000"; anything else as text."""
        if not isinstance(value, int) or isinstance(value, bool):
            return str(value)
        return f"{value:,}".replace(",", self("numbers.thousands"))


@cache
def words_in(language: Language) -> Wording:
    """Return a language's words, read once."""
    return Wording(language)


def alphabetical(text: str) -> str:
    """Return what a text is sorted by: letters count without their case and marks, so that "Ä" stands beside "A"."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
