"""What changes from one publication to another, and which questions then lead elsewhere."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from assistant.cli.context import application
from assistant.cli.knowledge import knowledge
from assistant.domain.entries import AnswerKind
from assistant.domain.errors import NotFound
from assistant.knowledge.comparing import FieldChange, Outcome, changes, edition_of, known_questions, rerouted
from assistant.knowledge.matching.semantic.encoders import no_encoder
from assistant.knowledge.publishing import difference
from support.knowledge import FAQ, entries_of
from support.linting import page
from support.matching import WordEncoder

TILLS = page(
    (
        "May tills be moved?",
        "<!-- knowledge\ntopic: Tills\nalternates:\n  - till to another shop\n-->\n\nYes.\n\nAt night.",
    ),
    ("Who opens the door?", "The first one."),
)
MOVED = (
    TILLS.replace("At night.", "At noon.")
    .replace("topic: Tills", "topic: Shops")
    .replace("  - till to another", "  - door to another")
)


def _changes(old, new):
    before, after = tuple(entries_of(old).values()), tuple(entries_of(new).values())
    return changes(before, after, difference(before, after).changed)


def test_a_change_names_its_fields_with_both_values():
    (change,) = _changes(TILLS, MOVED)
    assert change.id == "may-tills-be-moved"
    assert FieldChange("topic", "Tills", "Shops") in change.fields
    assert FieldChange("alternates", ("till to another shop",), ("door to another shop",)) in change.fields
    assert [field.name for field in change.fields] == ["text", "alternates", "topic"]


def test_a_changed_text_is_shown_line_by_line():
    (change,) = _changes(TILLS, MOVED)
    assert change.text == ("--- old", "+++ new", "@@ -1,3 +1,3 @@", " Yes.", " ", "-At night.", "+At noon.")


def test_a_changed_source_is_named_by_its_part():
    dated = TILLS.replace("topic: Tills", "topic: Tills\nsource-date: 2023-01")
    (change,) = _changes(TILLS, dated)
    assert change.fields == (FieldChange("source.date", "2025-03", "2023-01"),)
    assert change.text == ()


def test_known_questions_are_headings_alternates_and_gaps_once(world):
    world.service.ask("Where do elephants sleep?")
    entries = [*entries_of(TILLS).values(), *entries_of(TILLS).values()]
    assert known_questions(entries, world.desk.gaps()) == (
        "May tills be moved?",
        "till to another shop",
        "Who opens the door?",
        "Where do elephants sleep?",
    )


def test_a_question_that_leads_elsewhere_is_told_and_no_other(tmp_path):
    old, new = tuple(entries_of(TILLS).values()), tuple(entries_of(TILLS).values())[:1]
    questions = known_questions(old, ())
    before, after = edition_of(old, tmp_path / "old"), edition_of(new, tmp_path / "new")
    assert rerouted(questions, before.match, before.match) == ()
    (row,) = rerouted(questions, before.match, after.match)
    assert (row.question, row.old.entry) == ("Who opens the door?", "who-opens-the-door")
    assert row.new == Outcome(AnswerKind.NONE, None)


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    application.cache_clear()
    handbook = tmp_path / "handbook.md"
    for text in (
        FAQ,
        FAQ.replace("end of a month", "end of a year").replace(
            "## Which printers are compatible?", "## Which scales are compatible?"
        ),
    ):
        handbook.write_text(text, encoding="utf-8")
        _run("import", handbook, "--publish", "--replace")
    yield _run
    application().database.close()
    application.cache_clear()


def _run(*arguments):
    result = CliRunner().invoke(knowledge, [str(a) for a in arguments], standalone_mode=False)
    if result.exception:
        raise result.exception
    return result


def test_diff_prints_what_came_went_and_changed(run):
    assert run("diff", "2", "3").stdout.splitlines() == [
        "added    which-scales-are-compatible",
        "removed  which-printers-are-compatible",
        "changed  can-a-contract-be-cancelled: text",
        "  --- old",
        "  +++ new",
        "  @@ -1 +1 @@",
        "  -- Yes, at the end of a month.",
        "  +- Yes, at the end of a year.",
    ]


def test_diff_prints_json_with_old_and_new(run):
    told = json.loads(run("diff", "2", "3", "--json").stdout)
    assert told["added"] == ["which-scales-are-compatible"]
    assert told["changed"][0]["fields"]["text"] == {
        "old": "- Yes, at the end of a month.",
        "new": "- Yes, at the end of a year.",
    }
    assert "questions" not in told


def test_diff_asks_every_known_question_of_both(run):
    told = json.loads(run("diff", "2", "3", "--questions", "--json").stdout)
    moved = {row["question"]: (row["old"]["entry"], row["new"]["entry"]) for row in told["questions"]}
    assert moved["Which printers are compatible?"][0] == "which-printers-are-compatible"
    assert moved["Which scales are compatible?"][1] == "which-scales-are-compatible"
    assert "Can a contract be cancelled?" not in moved
    assert "Which scales are compatible?\n" in run("diff", "2", "3", "--questions").stdout


def test_the_same_publication_differs_in_nothing(run):
    assert run("diff", "3", "desk").stdout == ""
    assert run("diff", "3", "3", "--questions").stdout == "0 known question(s) lead elsewhere\n"


def test_an_unknown_publication_is_told(run):
    with pytest.raises(NotFound):
        run("diff", "2", "99")


@pytest.mark.usefixtures("run")
def test_what_is_tried_out_is_matched_by_the_models_in_use_and_its_vectors_are_kept_for_all(tmp_path):
    data = application().settings.data_dir / "index"
    app = replace(application(), encoder=WordEncoder)
    tried = app.edition_of(tuple(entries_of(TILLS).values()), tmp_path / "tried")
    assert tried.match("May tills be moved?").chosen[0].entry.id == "may-tills-be-moved"
    assert tried.model == WordEncoder().name
    assert len(list(data.glob("vectors-*"))) == 1
    assert replace(app, encoder=no_encoder).edition_of((), tmp_path / "none").model is None
