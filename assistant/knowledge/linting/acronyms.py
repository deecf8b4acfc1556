"""Acronyms that nobody explains: each answer is read alone, by people who may be new to the field."""

import re
from collections.abc import Iterable

from assistant.domain.entries import Entry, EntryKind
from assistant.knowledge.linting.copies import Copies, Copy, Finding

CODE = "undefined-acronym"
_ACRONYM = re.compile(r"(?<![\w&@./-])(?=[a-z]?[0-9]?[A-Z]+[0-9]?[A-Z])[a-z]?[A-Z0-9]{2,6}(?=s?(?![\w@-]))")
_JOINED = re.compile(r"(?<=[A-Z0-9])/(?=[A-Z])")
_NAMED = re.compile(r"\s{1,2}(?:[A-Z][a-z]|v?\d+(?:\.\d+)*\b)")
_ADDRESS = re.compile(r"<?\b(?:https?://|www\.|mailto:)[^\s>]+>?|\]\([^)]{0,500}\)|`[^`]*`")
_LOWER = re.compile(r"(?<![\w-])[a-z]{2,6}(?![\w-])")
_IN_BRACKETS = re.compile(r"((?:[\w&/'-]{1,40}\s{1,3}){2,8})\(([a-z]?[A-Z0-9]{2,6}s?(?:/[A-Z0-9]{2,6})?)\)")
_THEN_BRACKETS = re.compile(r"\b([a-z]?[A-Z0-9]{2,6})s?\s{0,3}\(([^()]{5,80})\)")
_ORDINARY = frozenset(
    "AG AM API ASCII BIOS CD CEO CET CHF CPU CSS CSV DE DIY DNS DSGVO DVD EDV EMEA EN EU EUR FAQ FAX FTP GB GBP GDPR GMT GPU "
    "HR HTML HTTP HTTPS ID IDS IMAP IO IP ISO IT JPEG JPG JSON KB KG LAN LDAP LED MB MS NA NO OK OS PC PCS PDF PHP PIN PLZ PM PNG "
    "POP QR RAM REST SMS SMTP SQL SSD SSL TB TCP TLS TV TXT UAE UDP UI UK UN URL US USA USB USD UTC UTF VAT VPN WLAN WWW XLS "
    "XLSX XML YES ZIP II III IV VI VII VIII IX XI XII".split()
)


def findings(copies: Copies) -> tuple[Finding, ...]:
    """Return one finding for each acronym of each file, at its first line, that is explained nowhere.

    It is explained by a definition, by words in front of it or behind it in brackets, and by being known to
    everybody. Parts of names (``WFBS Advanced``, cells of tables) and words in capitals for emphasis are left alone.
    """
    entries = copies.entries
    known = _ORDINARY | _defined(entries) | _spelt_out(e.text for e in entries)
    return tuple(found for copy in copies.files for found in _of_file(copy, known))


def _of_file(copy: Copy, known: frozenset[str]) -> Iterable[Finding]:
    lines = [line for passage in copy.passages for line in passage.lines]
    ordinary = {word.upper() for _, text in lines for word in _LOWER.findall(text)}
    seen = set(known | ordinary)
    for number, text in lines:
        for acronym in _used(text):
            if acronym not in seen:
                seen.add(acronym)
                hint = f'write it out, or add "**{acronym} = ...**" to the definitions'
                yield Finding(copy.file, number, CODE, f"{acronym} is explained nowhere", hint)


def _used(text: str) -> Iterable[str]:
    if "\t" in text or text.lstrip().startswith("|"):
        return
    plain = _JOINED.sub(" / ", _ADDRESS.sub(" ", text).replace("*", ""))
    for match in _ACRONYM.finditer(plain):
        if not _NAMED.match(plain, match.end()):
            yield match[0]


def _defined(entries: Iterable[Entry]) -> frozenset[str]:
    terms = (e.question for e in entries if e.kind is EntryKind.DEFINITION)
    return frozenset(word for term in terms for word in re.findall(r"[A-Za-z0-9]+", term))


def _spelt_out(texts: Iterable[str]) -> frozenset[str]:
    explained = set()
    for text in texts:
        bracketed = [
            (part, long)
            for long, short in _IN_BRACKETS.findall(text)
            for part in short.removesuffix("s").split("/")
        ]
        explained |= {short for short, long in bracketed if _abbreviates(short, long)}
        explained |= {short for short, long in _THEN_BRACKETS.findall(text) if _abbreviates(short, long)}
    return frozenset(explained)


def _abbreviates(short: str, long: str) -> bool:
    """Tell whether the letters of a short form occur in the long form in order, the first one as an initial."""
    letters = short.lower().lstrip("0123456789")
    start = re.search(rf"\b{letters[0]}.*", long.lower())
    rest = iter(start[0] if start else "")
    return all(letter in rest for letter in letters)
