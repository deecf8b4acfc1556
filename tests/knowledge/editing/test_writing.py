"""What is decided about text that an editor types: what differs, what is taken, who may approve."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.editing import EntriesBy, EntryForm, Piece, Show
from assistant.domain.entries import Head, VersionState
from assistant.domain.errors import InvalidInput
from assistant.domain.identifiers import UserId
from assistant.domain.publishing import own_changes
from assistant.knowledge.bindings import parse_bindings
from assistant.knowledge.catalogue import same_content
from assistant.knowledge.editing.forms import Known, entry_of, form_of, with_alternate
from assistant.knowledge.editing.listing import is_older, listed
from assistant.knowledge.editing.remarks import facts_at_stake, remarks_on
from assistant.knowledge.editing.word_diff import field_diffs, word_diff
from support.clock import NOON
from support.knowledge import FAQ, entries_of

ENTRIES = {entry_id: replace(entry, version=1) for entry_id, entry in entries_of(FAQ).items()}
TRIALS = ENTRIES["are-trial-versions-available"]
KNOWN = Known(ENTRIES.keys(), ("trial",))
BINDINGS = parse_bindings(
    '[facts.trial_seats_max]\nentry = "are-trial-versions-available"\npatterns = ["max\\\\. (\\\\d+) seats"]\n'
    '[rules.trial]\nentry = "are-trial-versions-available"\nfact = "trial_seats_max"\n'
)
TEXT = st.text(st.sampled_from("ab \n-"), max_size=40)


@settings(max_examples=50)
@given(TEXT, TEXT)
def test_the_pieces_of_a_comparison_make_both_texts(old, new):
    pieces = word_diff(old, new)

    assert "".join(p.text for p in pieces if p.piece is not Piece.ADDED) == old
    assert "".join(p.text for p in pieces if p.piece is not Piece.REMOVED) == new


def test_only_the_words_that_differ_are_told():
    (text,) = field_diffs(TRIALS, replace(TRIALS, text=TRIALS.text.replace("10", "15")))

    told = [(p.piece, p.text) for p in text.words if p.piece is not Piece.SAME]
    assert told == [(Piece.REMOVED, "10"), (Piece.ADDED, "15")]


def test_two_long_texts_without_a_word_in_common_are_told_apart_as_wholes():
    pieces = word_diff("a b " * 5000, "c d " * 5000)

    assert [p.piece for p in pieces] == [Piece.REMOVED, Piece.ADDED]


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
def test_what_is_there_is_taken_unchanged(entry):
    assert same_content(entry_of(form_of(entry), entry, KNOWN), entry)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("question", " ? "),
        ("question", "x" * 501),
        ("text", ""),
        ("text", "<b>bold</b>"),
        ("text", "x" * 40_001),
        ("text", "## A heading of the document"),
        ("text", "Take WF-DEMO-AAAA1-BBBB2-CCCC3-DDDD4-EEEE5."),
        ("document", ""),
        ("date", "2020"),
        ("reviewed", "2026-02-30"),
        ("alternates", "y" * 501),
        ("related", "no-such-entry"),
        ("related", "are-trial-versions-available"),
        ("workflow", "no-such-flow"),
        ("audience", ("everybody",)),
        ("audience", ()),
    ],
)
def test_a_field_that_is_not_acceptable_is_named(field, typed):
    with pytest.raises(InvalidInput) as refused:
        entry_of(replace(form_of(TRIALS), **{field: typed}), TRIALS, KNOWN)

    assert refused.value.field == field


def test_a_new_entry_may_not_ask_what_another_one_asks():
    with pytest.raises(InvalidInput, match="are-trial-versions-available"):
        entry_of(replace(form_of(TRIALS)), None, KNOWN)


def test_a_new_entry_gets_its_id_from_its_question():
    typed = EntryForm("Is it so?", "Yes.", "Handbook", "", "2025-03", audience=("sales",))

    made = entry_of(typed, None, KNOWN)

    assert (made.id, made.version, made.source.heading) == ("is-it-so", 1, "Is it so?")


def test_a_way_to_ask_is_added_once():
    once = with_alternate(TRIALS, "may I try it")

    assert once.alternates == ("may I try it",)
    assert with_alternate(once, "May I try it") is once


def test_a_fact_that_changes_or_vanishes_is_told_with_the_rules_that_go_by_it():
    changed = facts_at_stake(replace(TRIALS, text="max. 15 seats"), BINDINGS, {"trial_seats_max": 10})
    lost = facts_at_stake(replace(TRIALS, text="some seats"), BINDINGS, {"trial_seats_max": 10})

    assert [(f.approved, f.new, f.rules, f.unsettled) for f in changed] == [(10, 15, ("trial",), True)]
    assert [(f.new, f.unsettled) for f in lost] == [(None, True)]


def test_a_remark_names_the_line_of_the_text():
    remarks = remarks_on(replace(TRIALS, text="Fine.\n\nFor details see slide 8."), ())

    assert [r.line for r in remarks if r.code == "dangling-reference"] == [3]


def test_entries_are_cut_by_where_they_stand_and_how_old_they_are():
    heads = [
        Head(TRIALS, "Handbook", VersionState.APPROVED),
        Head(ENTRIES["which-printers-are-compatible"], "Handbook", VersionState.DRAFT),
        Head(ENTRIES["can-a-contract-be-cancelled"], "Handbook", VersionState.APPROVED, retired=True),
    ]

    def found(**by):
        listing = listed(heads, {TRIALS.id: 1}, {}, EntriesBy(**by), NOON.date())
        return [e.head.entry.id for e in listing.entries]

    assert found() == ["are-trial-versions-available", "which-printers-are-compatible"]
    assert found(show=Show.DRAFT) == ["which-printers-are-compatible"]
    assert found(show=Show.RETIRED) == ["can-a-contract-be-cancelled"]
    assert found(older_than=24) == []
    assert is_older("2023-11", 24, NOON.date())


def test_nobody_approves_what_is_their_own():
    roth, other = UserId("U-1"), UserId("U-2")
    written = Head(replace(TRIALS, version=2), "Handbook", VersionState.PROPOSED, author=roth)
    retired = Head(
        ENTRIES["which-printers-are-compatible"],
        "Handbook",
        VersionState.APPROVED,
        retired=True,
        retired_by=roth,
    )
    in_force = {(TRIALS.id, 1), ("which-printers-are-compatible", 1)}

    assert own_changes(roth, [written, retired], in_force) == (TRIALS.id, "which-printers-are-compatible")
    assert own_changes(other, [written, retired], in_force) == ()
    assert own_changes(None, [written, retired], in_force) == ()
