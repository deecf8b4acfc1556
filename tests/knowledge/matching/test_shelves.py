import dataclasses
import shutil

import pytest

from assistant.knowledge.matching.large.keeping import MANIFEST
from assistant.knowledge.matching.large.opening import open_shelves
from assistant.knowledge.matching.words import shipped_lexicon
from support.matching import WordEncoder, collection, definition, entry, shops

CHANGED = entry("moved-printer", "May a quillwort be moved?", "No quillwort here.")


def _opened(entries, folder=None, name="one", encoder=None):
    return open_shelves(entries, name, folder, shipped_lexicon(), encoder)


def _exchanged(other=CHANGED):
    return [other if one.id == other.id else one for one in shops()]


def _found(shelves, text):
    return list(shelves.search(shelves.collection.lexicon.terms(text), 3))


def _said(made):
    """Everything that matching asks of a collection about its entries."""
    words = [word for p in made.prepared for phrasing in p.phrasings for word in phrasing.words]
    return (
        [(p.entry, p.question_terms, p.answer_terms, p.phrasings) for p in made.prepared],
        [made.weight(word) for word in words],
        made.ways(),
    )


def test_entries_on_shelves_are_those_that_are_prepared_one_by_one():
    assert _said(_opened(shops())[0].collection) == _said(collection(*shops()))


def test_what_lies_on_disk_is_what_was_learnt_and_is_not_learnt_again(tmp_path):
    first, _ = _opened(shops(), tmp_path, encoder=WordEncoder())
    again = WordEncoder()
    second, name = _opened(shops(), tmp_path, encoder=again)
    assert again.asked == []
    assert _said(second.collection) == _said(first.collection)
    assert name.startswith("one.")


def test_a_changed_entry_is_found_by_its_new_words_and_costs_only_its_own_texts(tmp_path):
    _, before = _opened(shops(), tmp_path, encoder=WordEncoder())
    encoder = WordEncoder()
    shelves, base = _opened(_exchanged(), tmp_path, "two", encoder)
    assert base == before
    assert encoder.asked == ["may a quillwort be moved?", "no quillwort here."]
    assert _found(shelves, "quillwort") == ["moved-printer"]
    assert shelves.collection.asked_for("may a quillwort be moved")
    assert not shelves.collection.asked_for("may a printer be moved")
    assert "moved-printer" not in _found(shelves, "printer")


def test_a_collection_with_a_changed_entry_says_the_same_as_one_learnt_anew(tmp_path):
    _opened(shops(), tmp_path)
    shelves, _ = _opened(_exchanged(), tmp_path, "two")
    assert _said(shelves.collection) == _said(collection(*_exchanged()))


def test_meaning_proposes_the_changed_entry_and_no_more_what_it_was(tmp_path):
    encoder = WordEncoder()
    _opened(shops(), tmp_path, encoder=encoder)
    shelves, _ = _opened(_exchanged(), tmp_path, "two", encoder)
    place = shelves.collection.place["moved-printer"]
    assert shelves.by_meaning(encoder.encode(["may a quillwort be moved?"]), 1) == [place]
    assert place not in shelves.by_meaning(encoder.encode(["may a printer be moved?"]), 3)


def test_an_entry_that_is_gone_is_proposed_no_more_and_a_new_one_is(tmp_path):
    _opened(shops(), tmp_path)
    rest = [one for one in shops() if one.id != "moved-printer"]
    shelves, _ = _opened(rest, tmp_path, "two")
    assert "moved-printer" not in _found(shelves, "moved printer")
    more, _ = _opened(shops(entry("window", "Who cleans the window?")), tmp_path, "three")
    assert _found(more, "window") == ["window"]


def test_an_entry_whose_audience_alone_changed_is_learnt_of_already(tmp_path):
    _opened(shops(), tmp_path, encoder=WordEncoder())
    encoder = WordEncoder()
    widened = dataclasses.replace(shops()[0], audience=(), version=2)
    shelves, _ = _opened([widened, *shops()[1:]], tmp_path, "two", encoder)
    assert encoder.asked == []
    assert shelves.collection.prepared[0].entry is widened


def test_many_changes_or_another_glossary_are_learnt_from_nothing(tmp_path):
    _opened(shops(), tmp_path)
    many = [dataclasses.replace(one, text="Ask the manager.") for one in shops()]
    assert _opened(many, tmp_path, "two")[1].startswith("two.")
    glossary = [*shops(), definition("POS", "point of sale")]
    assert _opened(glossary, tmp_path, "three")[1].startswith("three.")
    assert _opened(shops(), tmp_path, "four", WordEncoder())[1].startswith("four.")


def _cut(folder):
    (folder / "entries.vectors.npy").write_bytes(b"\x93NUMPY")


def _rewritten(folder):
    lists = folder / "lists.json"
    lists.write_text(lists.read_text().replace("moved", "mowed"))


def _gone(folder):
    shutil.rmtree(folder / "words")


def _listed_otherwise(folder):
    (folder / MANIFEST).write_text("")


@pytest.mark.parametrize("harm", [_cut, _rewritten, _gone, _listed_otherwise])
def test_files_that_are_not_as_they_were_written_are_made_again(tmp_path, harm):
    _opened(shops(), tmp_path, encoder=WordEncoder())
    (folder,) = tmp_path.glob("*.large")
    harm(folder)
    shelves, _ = _opened(shops(), tmp_path, encoder=WordEncoder())
    assert _found(shelves, "moved printer")[0] == "moved-printer"
    again = WordEncoder()
    _opened(shops(), tmp_path, encoder=again)
    assert again.asked == []


def test_where_nothing_can_be_written_a_publication_is_learnt_each_time(tmp_path):
    (tmp_path / "file").write_text("in the way")
    shelves, _ = _opened(shops(), tmp_path / "file" / "below")
    assert _found(shelves, "moved printer")[0] == "moved-printer"


def test_no_more_than_two_bases_are_kept_and_nobody_else_may_read_them(tmp_path):
    for number in range(4):
        text = f"Ask number {number}."
        _opened([dataclasses.replace(one, text=text) for one in shops()], tmp_path, f"p{number}")
    folders = list(tmp_path.glob("*.large"))
    assert len(folders) == 2
    assert any(folder.name.startswith("p3.") for folder in folders)
    made = [file for folder in folders for file in folder.rglob("*")]
    assert all(file.stat().st_mode & 0o077 == 0 for file in made)
    assert list(tmp_path.glob("building-*")) == []
