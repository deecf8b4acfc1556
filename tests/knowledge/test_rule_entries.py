"""Entries that state settings of the platform: published and readable, and no answer to any question."""

import pytest

from assistant.domain.entries import AnswerKind, EntryKind
from assistant.domain.identifiers import EntryId
from assistant.knowledge.catalogue import EntrySet
from assistant.knowledge.desk import default_files
from assistant.knowledge.documents.importer import read_document
from assistant.knowledge.editions import Edition
from assistant.knowledge.publishing import FIRST_RULE, RULES_FILE
from support.knowledge import FAQ, source

RULES = """---
document: House rules
date: 2026-11
---

# House

## The green lamp of the corridor

<!-- knowledge
id: house-lamp
kind: rule
-->

The green lamp of the corridor is switched off at night.
"""


@pytest.fixture
def ruled(world):
    world.desk.import_files([source(RULES, "rules.md")], publish_now=True)
    return world


def test_it_is_published_read_and_kept_in_versions(ruled):
    entry = ruled.service.entry(EntryId("house-lamp")).entry

    assert entry.kind is EntryKind.RULE
    assert len(ruled.service.versions(EntryId("house-lamp"))) == 1


@pytest.mark.parametrize("question", ["The green lamp of the corridor", "house-lamp", "green lamp at night"])
def test_no_question_is_answered_with_it(ruled, question):
    answer = ruled.service.ask(question)

    assert answer.kind is AnswerKind.NONE
    assert "house-lamp" not in {entry.id for entry in answer.nearest}


def test_it_is_not_suggested(ruled):
    assert ruled.service.suggest("the green lamp") == ()


def test_matching_is_prepared_from_the_other_entries_alone(ruled):
    with_rules = ruled.service.edition()
    without = Edition("other", EntrySet(with_rules.entries.entries).offered, None)

    assert with_rules.calibration == without.calibration
    assert with_rules.match("Which printers work?") == without.match("Which printers work?")


def test_documents_that_take_the_place_of_all_others_leave_it(ruled):
    replaced = ruled.desk.import_files([source(FAQ)], replace=True)
    assert replaced.plan.retired == ()

    other = RULES.replace("house-lamp", "house-door").replace("lamp", "door")
    replaced = ruled.desk.import_files([source(other, "rules.md")], replace=True)
    assert EntryId("house-lamp") in replaced.plan.retired


def test_it_is_exported_as_what_it_is(ruled):
    exported = ruled.desk.export()["house-rules.md"]

    assert "kind: rule" in exported


def test_what_was_published_before_there_were_rules_gets_them_and_no_draft_with_them(empty_on_each_database):
    world = empty_on_each_database
    world.publish(FAQ)
    world.publish(FAQ.replace("blue badge", "red badge"), publish_now=False)
    before = {entry.id: entry for entry in world.desk.published()}

    world.desk.publish_default()
    world.desk.publish_default()

    after = {entry.id: entry for entry in world.desk.published()}
    shipped = next(read_document(file) for file in default_files() if file.name == RULES_FILE)
    assert {entry.id: entry for entry in after.values() if entry.id in before} == before
    assert after.keys() - before.keys() == {draft.entry.id for draft in shipped.drafts}
    assert FIRST_RULE in after
    assert len(world.desk.publications()) == 2


def test_rules_that_an_editor_took_out_do_not_come_back(empty_on_each_database):
    world = empty_on_each_database
    world.desk.publish_default()
    world.desk.import_files(
        [source(RULES, "rules.md"), source(FAQ)], publish_now=True, replace=True, approve_facts=True
    )

    world.desk.publish_default()

    assert FIRST_RULE not in {entry.id for entry in world.desk.published()}
