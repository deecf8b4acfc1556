import pytest

from assistant.domain.errors import InvalidInput, NotFound, PolicyUnsettled
from assistant.knowledge.bindings import parse_bindings, shipped_bindings
from assistant.knowledge.catalogue import EntrySet
from assistant.knowledge.desk import default_files
from assistant.knowledge.documents.importer import read_document
from assistant.knowledge.publishing import difference
from support.knowledge import FAQ, KnowledgeWorld, ids, source

TRIAL = "are-trial-versions-available"
BINDINGS = parse_bindings(
    f"""
[facts.trial_seats_max]
entry = "{TRIAL}"
patterns = ['max\\. (\\d{{1,6}}) seats']
[rules]
trial = "{TRIAL}"
nothing = "absent"
"""
)
TWENTY = FAQ.replace("max. 10 seats", "max. 20 seats")
NO_NUMBER = FAQ.replace("max. 10 seats", "a few seats")


@pytest.fixture
def empty(empty_on_each_database):
    return empty_on_each_database


@pytest.fixture
def bound(tmp_path, each_database):
    made = KnowledgeWorld(tmp_path, BINDINGS, each_database)
    yield made
    made.close()


def planned(entries):
    return [p.entry.id for p in entries]


def test_an_import_alone_puts_nothing_in_force(empty):
    empty.publish(FAQ, publish_now=False)
    assert empty.desk.published() == ()

    empty.desk.publish()

    assert len(empty.desk.published()) == 7


def test_an_unchanged_text_stays_the_same_version_and_publication(world):
    before = world.desk.publications()
    again = world.publish(FAQ)
    assert len(again.plan.same) == 7
    assert (again.plan.new, again.plan.changed) == ((), ())
    assert world.desk.publications() == before


def test_a_changed_text_is_a_new_version_and_the_old_one_stays_in_the_history(world):
    changed = world.publish(FAQ.replace("blue badge", "red badge"))
    assert planned(changed.plan.changed) == ["which-printers-are-compatible"]
    history = world.service.versions("which-printers-are-compatible")
    assert [(v.version, v.state, "red" in v.text) for v in history] == [
        (2, "approved", True),
        (1, "approved", False),
    ]


def test_a_draft_is_not_answered_before_it_is_published(world):
    world.publish(FAQ.replace("blue badge", "red badge"), publish_now=False)
    assert "blue" in world.service.entry("which-printers-are-compatible").entry.text
    assert [v.version for v in world.service.versions("which-printers-are-compatible")] == [1]
    assert world.service.versions("which-printers-are-compatible", drafts=True)[0].state == "proposed"
    world.desk.publish()
    assert "red" in world.service.entry("which-printers-are-compatible").entry.text


def test_an_entry_that_was_never_published_has_no_versions_to_show(world):
    world.publish("# N\n\n2025-04\n\n## Only this?\n\nYes.\n", publish_now=False)
    with pytest.raises(NotFound):
        world.service.versions("only-this")
    assert [v.state for v in world.service.versions("only-this", drafts=True)] == ["proposed"]


def test_a_version_in_force_is_not_told_as_retired_whatever_the_desk_has_done_since(world):
    other = "# N\n\n2025-04\n\n## Only this?\n\nYes.\n"
    world.publish(other, replace=True, publish_now=False)
    assert [v.state for v in world.service.versions(TRIAL)] == ["approved"]
    world.desk.publish()
    assert [v.state for v in world.service.versions(TRIAL)] == ["retired"]
    world.desk.rollback()
    assert [v.state for v in world.service.versions(TRIAL)] == ["approved"]


def test_rollback_puts_the_publication_before_in_force_and_can_go_no_further_than_the_first(world):
    first = world.desk.publications()[0]
    world.publish(FAQ.replace("blue badge", "red badge"))
    back = world.desk.rollback()
    assert back.hash == first.hash
    assert "blue" in world.service.entry("which-printers-are-compatible").entry.text
    with pytest.raises(NotFound):
        world.desk.rollback()


def test_diff_names_what_was_added_removed_and_changed(world):
    world.publish(
        FAQ.replace("blue badge", "red badge").replace("Can a contract be", "May a deal be"), replace=True
    )
    found = difference(world.desk.named("1"), world.desk.named("2"))
    assert found.added == ("may-a-deal-be-cancelled",)
    assert found.removed == ("can-a-contract-be-cancelled",)
    assert found.changed == ("which-printers-are-compatible",)
    assert difference(world.desk.named("2"), world.desk.named("desk")).changed == ()
    with pytest.raises(NotFound):
        world.desk.named("9")


def test_nothing_to_publish_is_refused(empty):
    with pytest.raises(InvalidInput):
        empty.desk.publish()


def test_replace_retires_every_other_entry(world):
    replaced = world.publish("# New\n\n2025-04\n\n## Only this?\n\nYes.\n", replace=True)
    assert len(replaced.plan.retired) == 7
    assert [e.id for e in world.desk.published()] == ["only-this"]


def test_an_imported_entry_supersedes_the_one_that_answers_to_its_id_and_takes_over_its_attributes(empty):
    ours = "# Ours\n\n2025-01\n\n## How large is a trial?\n\n<!-- knowledge\naliases: are-trial-versions-available\nalternates:\n  - size of a trial\nworkflow: trial\n-->\n\nSmall.\n"
    empty.publish(ours)
    result = empty.publish(FAQ)
    assert result.plan.superseded == (("how-large-is-a-trial", TRIAL),)
    entry = empty.service.entry("how-large-is-a-trial").entry
    assert (entry.id, entry.workflow, entry.alternates) == (TRIAL, "trial", ("size of a trial",))
    assert "max. 10 seats" in entry.text
    assert planned(empty.publish(FAQ).plan.same) == planned(result.plan.new)


def test_a_changed_fact_stops_the_import_and_nothing_is_changed(bound):
    bound.publish(FAQ)
    with pytest.raises(PolicyUnsettled, match=r"trial_seats_max.*10.*20") as refused:
        bound.publish(TWENTY)
    assert refused.value.params == {"fact": "trial_seats_max", "old": 10, "new": 20}
    assert len(bound.service.versions(TRIAL)) == 1
    assert bound.policy.current().fact("trial_seats_max").value == 10


@pytest.mark.parametrize("text", [NO_NUMBER, FAQ.replace("max. 10 seats", "max. 10 seats or max. 12 seats")])
def test_a_fact_that_is_no_longer_stated_clearly_stops_the_publication(bound, text):
    bound.publish(FAQ)
    bound.publish(text, publish_now=False)
    with pytest.raises(PolicyUnsettled, match="no longer states it"):
        bound.desk.publish()


def test_a_changed_fact_is_enforced_after_a_person_approved_it(bound):
    bound.publish(FAQ)
    before = bound.policy.current()
    bound.publish(TWENTY, approve_facts=True)
    after = bound.policy.current()
    assert (after.fact("trial_seats_max").value, after.cite("trial")[0].version) == (20, 2)
    assert before.revision != after.revision
    with pytest.raises(PolicyUnsettled):
        bound.desk.rollback()


def test_a_fact_whose_entry_is_absent_is_absent_from_the_policy(bound):
    bound.publish(FAQ)
    bound.publish("# New\n\n2025-04\n\n## Only this?\n\nYes.\n", replace=True)
    policy = bound.policy.current()
    assert policy.fact("trial_seats_max") is None
    assert policy.cite("trial") == ()


def test_the_revision_stays_when_neither_facts_nor_citations_change(bound):
    bound.publish(FAQ)
    before = bound.policy.current().revision
    bound.publish(FAQ.replace("blue badge", "red badge"))
    assert bound.policy.current().revision == before


def test_without_any_publication_the_policy_is_empty(empty):
    assert dict(empty.policy.current().facts) == {}


def test_the_default_knowledge_is_published_once(empty):
    empty.desk.publish_default()
    empty.desk.publish_default()
    assert len(empty.desk.publications()) == 1
    assert 27 <= len(EntrySet(empty.desk.published()).offered) <= 31


def test_the_default_knowledge_states_every_bound_fact_and_rule(empty):
    empty.desk.publish_default()
    policy = empty.policy.current()
    assert {name: fact.value for name, fact in policy.facts.items()} == {"trial_seats_max": 10}
    assert set(policy.citations) == set(shipped_bindings().rules)
    assert {c.document for c in policy.citations.values()} == {"MSP FAQ restated", "Platform settings"}


def test_the_default_knowledge_has_nothing_to_tell_and_its_relations_exist(empty):
    documents = [read_document(file) for file in default_files()]
    assert [(d.left_out, d.warnings) for d in documents if d.left_out or d.warnings] == []
    empty.desk.publish_default()
    entries = empty.desk.published()
    known = {e.id for e in entries}
    assert [(e.id, r) for e in entries for r in e.related if r not in known] == []


def test_the_export_of_what_is_in_force_imports_as_the_same(empty):
    empty.desk.publish_default()
    files = [source(text, name) for name, text in empty.desk.export().items()]
    plan = empty.desk.import_files(files).plan
    assert (plan.new, plan.changed, plan.superseded, plan.left_out) == ((), (), (), ())
    assert len(plan.same) == len(empty.desk.published())


def test_answers_follow_what_another_process_publishes(world):
    other = world.more()
    other.publish(FAQ.replace("blue badge", "red badge"))
    other.close()
    answer = world.service.ask("Which printers are compatible?")
    assert ids(answer) == ["which-printers-are-compatible"]
    assert "red" in answer.entries[0].entry.text
