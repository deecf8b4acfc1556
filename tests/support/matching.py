"""Entries, figures and encoders made up for tests of matching."""

import hashlib
from dataclasses import replace

import numpy as np

from assistant.domain.entries import Audience, Entry, EntryKind, Source, Why
from assistant.domain.identifiers import EntryId
from assistant.knowledge.editions import Edition
from assistant.knowledge.matching.collection import collect
from assistant.knowledge.matching.coverage import Coverage
from assistant.knowledge.matching.decision import Scored
from assistant.knowledge.matching.shortlist import Shortlist
from assistant.knowledge.matching.words import shipped_lexicon, split
from assistant.knowledge.publishing import publication_hash

EVERYBODY = (Audience.PARTNER, Audience.SALES)


class WordEncoder:
    """Texts as the words they hold, each word a fixed direction; ``meanings`` names words that are one.

    ``asked`` are the texts it was given, in order.
    """

    def __init__(self, name="words", size=96, meanings=None):
        self.name = name
        self.size = size
        self.asked = []
        self._meanings = meanings or {}

    def encode(self, texts):
        self.asked += texts
        rows = np.array([self._sum(text) for text in texts], np.float32).reshape(len(texts), self.size)
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)

    def _sum(self, text):
        return sum(self._direction(self._meanings.get(word, word)) for word in split(text) or [""])

    def _direction(self, word):
        digest = hashlib.sha256(f"{self.name} {word}".encode()).digest()
        return np.random.default_rng(int.from_bytes(digest[:8])).standard_normal(self.size)


def entry(entry_id, question, text="Yes.", *, alternates=(), kind=EntryKind.QUESTION, audience=EVERYBODY):
    return Entry(
        EntryId(entry_id),
        1,
        kind,
        question,
        text,
        Source("Handbook", question, "2025-03"),
        alternates=tuple(alternates),
        audience=audience,
    )


def definition(term, meaning):
    return entry(f"def-{term.lower()}", term, f"**{term} = {meaning}**", kind=EntryKind.DEFINITION)


def collection(*entries):
    return collect(entries, shipped_lexicon())


def edition(*entries, encoder=None, folder=None):
    return Edition(publication_hash(entries), entries, folder, encoder)


def chosen(match):
    return [scored.entry.id for scored in match.chosen]


def scored(entry_id, score, *, evidence=1.0, missing=(), same=False):
    return Scored(entry(entry_id, f"{entry_id}?"), score, tuple(missing), Why(), same=same, evidence=evidence)


def figures(words, meaning=None, strength=None, share=None):
    """Return a shortlist of places 0, 1, ... with these figures."""
    count = len(words)
    coverages = tuple(
        Coverage(how_much, how_well, (), ())
        for how_much, how_well in zip(share or [1.0] * count, strength or [0.0] * count, strict=True)
    )
    return Shortlist(
        tuple(range(count)),
        None if meaning is None else np.array(meaning),
        np.array(words),
        np.zeros(count),
        coverages,
    )


def lacking(found, share):
    """Return the same shortlist, asked for attributes of this share of which its entries have no trace."""
    coverages = tuple(replace(coverage, lacking=share) for coverage in found.coverages)
    return replace(found, coverages=coverages)


def shops(*more):
    """Return 32 entries about what may be done with which thing in a shop, and ``more``, by id."""
    things = ("printer", "drawer", "scanner", "scale", "screen", "cable", "modem", "battery")
    deeds = ("moved", "sold", "repaired", "painted")
    made = [
        entry(f"{deed}-{thing}", f"May a {thing} be {deed}?", f"No {thing} here.")
        for thing in things
        for deed in deeds
    ]
    return sorted([*made, *more], key=lambda one: one.id)
