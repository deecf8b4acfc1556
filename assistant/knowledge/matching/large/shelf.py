"""A shelf: what was learnt of some entries, row by row, so that nothing of it is worked out twice."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.domain.entries import Entry
from assistant.domain.identifiers import EntryId
from assistant.knowledge.matching.collection import Census, census_of, prepare, ways_to_ask
from assistant.knowledge.matching.large.texts import Group, Texts, lay_down, means_of
from assistant.knowledge.matching.large.wordindex import WordIndex, indexed
from assistant.knowledge.matching.likeness import Likeness, letters, likeness_among
from assistant.knowledge.matching.material import SENTENCE_COUNTS, sentences, shipped_elsewhere
from assistant.knowledge.matching.semantic.encoders import Encoder, Vectors
from assistant.knowledge.matching.words import Lexicon

_SENTENCES_UP_TO = 20_000
_SAMPLE = 5000
_DIGEST = 12


@dataclass(frozen=True)
class Shelf:
    """What was learnt of entries: row for row their ids and digests, terms by field, texts and mean vectors.

    ``words`` finds rows by terms; ``census`` tells what all of them hold together.
    """

    digests: Mapping[EntryId, str]
    fields: Sequence[Mapping[str, str]]
    texts: Texts
    means: Vectors
    words: WordIndex
    census: Census


@dataclass(frozen=True)
class Base:
    """The shelf of a whole publication, and what other shelves are filled by: its likeness, and whether answers count.

    ``elsewhere`` is one group of texts that no entry answers.
    """

    shelf: Shelf
    elsewhere: Texts
    likeness: Likeness
    said: bool


def fill_base(entries: Sequence[Entry], lexicon: Lexicon, encoder: Encoder | None) -> Base:
    """Learn all of a publication."""
    said = len(entries) <= _SENTENCES_UP_TO
    asked = [text for entry in entries for text in _group(entry, said=said).texts]
    other = shipped_elsewhere()
    sample = [*asked[:: max(1, len(asked) // _SAMPLE)], *other]
    likeness = likeness_among([(lexicon.terms(text), letters(text)) for text in sample])
    elsewhere = lay_down([Group(other, len(other))], likeness, lexicon, encoder)
    return Base(_filled(entries, lexicon, likeness, encoder, said=said), elsewhere, likeness, said)


def fill(entries: Sequence[Entry], lexicon: Lexicon, base: Base, encoder: Encoder | None) -> Shelf:
    """Learn some entries in the way of a base."""
    return _filled(entries, lexicon, base.likeness, encoder, said=base.said)


def digest_of(entry: Entry) -> str:
    """Return a digest of everything of an entry that matching goes by."""
    parts = [entry.id, entry.kind.value, entry.question, entry.source.heading, *entry.alternates]
    said = "\x1e".join(["\x1f".join(parts), entry.text])
    return hashlib.blake2b(said.encode("utf-8", "replace"), digest_size=_DIGEST).hexdigest()


def _filled(
    entries: Sequence[Entry], lexicon: Lexicon, likeness: Likeness, encoder: Encoder | None, *, said: bool
) -> Shelf:
    prepared = [prepare(entry, lexicon) for entry in entries]
    fields = [p.indexed for p in prepared]
    texts = lay_down([_group(entry, said=said) for entry in entries], likeness, lexicon, encoder)
    return Shelf(
        {entry.id: digest_of(entry) for entry in entries},
        fields,
        texts,
        means_of(texts, SENTENCE_COUNTS),
        indexed(fields),
        census_of(prepared, lexicon),
    )


def _group(entry: Entry, *, said: bool) -> Group:
    ways = ways_to_ask(entry)
    return Group([*ways, *(sentences(entry.text) if said else ())], len(ways))
