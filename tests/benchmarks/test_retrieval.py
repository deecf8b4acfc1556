"""The comparison of engines: its figures, its table, and that every engine is really asked."""

import json
import shutil

import pytest
from click.testing import CliRunner

from assistant.domain.entries import Entry, EntryKind, Source
from assistant.domain.identifiers import EntryId
from assistant.knowledge.evaluation import Question
from benchmarks.bases import default_knowledge, questions_from
from benchmarks.engines import ENGINES, engine, missing
from benchmarks.engines.shape import NOTHING, Before, Engine, Found
from benchmarks.figures import Outcome, auroc, figures, quantile
from benchmarks.hostile import HOSTILE, costs
from benchmarks.measuring import Measured, ask
from benchmarks.retrieval import main
from benchmarks.tables import engines_table

LEXICAL = [name for name in ENGINES if name not in {"minilm", "use"}]


def entry(entry_id, question, text):
    source = Source("Handbook", question, "2025-03")
    return Entry(EntryId(entry_id), 1, EntryKind.QUESTION, question, text, source)


SHOP = [
    entry("printers", "Which printers are compatible?", "Thermal printers with the blue badge."),
    entry("cancel", "How is a contract cancelled?", "In writing, at the end of a month."),
    entry("tills", "How many tills may a shop have?", "As many as fit on the counter."),
]


def outcome(expect, ids, confidence, milliseconds=1.0):
    return Outcome(Question("q", tuple(EntryId(e) for e in expect), "natural"), ids, confidence, milliseconds)


def test_ranks_are_counted_over_the_questions_that_have_an_answer():
    found = figures(
        [
            outcome(["a"], ("a", "b"), 0.9),
            outcome(["a"], ("b", "a"), 0.8),
            outcome(["a"], ("b", "c", "d", "a"), 0.7),
            outcome(["a"], (), 0.0),
            outcome([], ("a",), 0.1),
        ]
    )

    assert (found.hit1, found.hit3, found.mrr) == (0.25, 0.5, (1 + 1 / 2 + 1 / 4) / 4)


def test_a_right_answer_counts_when_it_is_surer_than_95_percent_of_what_has_none():
    outside = [outcome([], ("a",), number / 100) for number in range(1, 21)]

    found = figures(
        [
            outcome(["a"], ("a",), 0.19),
            outcome(["a"], ("a",), 0.191),
            outcome(["a"], ("b", "a"), 0.9),
            *outside,
        ]
    )

    assert found.right_at_95 == 1 / 3


def test_confidence_that_says_nothing_has_an_auroc_of_one_half():
    assert auroc([0.5, 0.5], [0.5]) == 0.5
    assert auroc([0.9, 0.3], [0.5, 0.1]) == 0.75
    assert auroc([0.9], []) is None


def test_a_quantile_is_a_value_that_was_measured():
    assert quantile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert quantile(list(map(float, range(1, 101))), 0.95) == 95.0
    assert quantile([], 0.5) is None


def test_a_text_is_asked_once_and_timed_once():
    asked = []
    clock = iter(range(100))

    def search(question, before):
        asked.append((question, before))
        return Found(("a",), 0.5)

    again = Question("same", (EntryId("a"),), "natural")
    outcomes = ask(Engine(search), [again, again], lambda: float(next(clock)))

    assert asked == [("same", NOTHING)]
    assert [o.milliseconds for o in outcomes] == [1000.0, None]
    assert [o.rank for o in outcomes] == [1, 1]


def test_what_was_asked_before_goes_to_the_engine_with_the_question():
    asked = []
    engine_ = Engine(lambda *given: asked.append(given) or Found((), 0.0), Before)

    ask(engine_, [Question("and then?", (), "followup", context="first")])

    assert asked == [("and then?", Before("first"))]


@pytest.fixture(scope="module", params=LEXICAL)
def started(request, tmp_path_factory):
    """Each engine that is installed, built once on the shop's handbook."""
    name = request.param
    if missing(name):
        pytest.skip(f"{name} is not installed")
    folder = tmp_path_factory.mktemp(name)
    if name == "ours":
        # what is known not to be answered is the same for every knowledge, and so are the vectors of its texts
        request.getfixturevalue("default").prepare()
        for kept in request.getfixturevalue("default_folder").glob("vectors-*"):
            shutil.copy(kept, folder)
    engine(name).build(SHOP, folder)
    return engine(name).start(SHOP, folder)


def test_an_engine_finds_the_entry_that_shares_its_words(started):
    printers = started.search("compatible printers", NOTHING)
    cancelled = started.search("contract cancelled", NOTHING)

    assert (printers.ids[0], cancelled.ids[0]) == ("printers", "cancel")
    assert printers.confidence > started.search("", NOTHING).confidence == 0.0


def test_no_engine_takes_a_question_for_its_query_language(started):
    found = started.search('tills AND NOT (shop:"*" ~2 OR', NOTHING)

    assert found.ids[0] == "tills"


def test_one_run_prints_one_line_for_each_engine(tmp_path):
    knowledge, questions = tmp_path / "entries.jsonl", tmp_path / "questions.jsonl"
    lines = [{"id": e.id, "question": e.question, "answer": e.text} for e in SHOP]
    knowledge.write_text("\n".join(map(json.dumps, lines)))
    asked = [
        {"query": "compatible printers", "expect": ["printers"]},
        {"query": "contract cancelled", "expect": ["cancel"]},
        {"query": "rain tomorrow", "expect": []},
    ]
    questions.write_text("\n".join(map(json.dumps, asked)))

    arguments = [str(questions), "--entries", str(knowledge), "--engines"]
    shown = CliRunner().invoke(main, [*arguments, "whoosh,fts5"])
    printed = CliRunner().invoke(main, [*arguments, "bm25s", "--json"])

    assert shown.exit_code == printed.exit_code == 0
    assert "3 entries, 2 questions, 1 without an answer" in shown.stdout
    assert [row.split()[1] for row in shown.stdout.splitlines()[-2:]] == ["whoosh", "fts5"]
    (measured,) = json.loads(printed.stdout)
    assert measured["engine"] == "bm25s"
    assert measured["figures"]["hit1"] == measured["figures"]["right_at_95"] == 1.0


def test_an_engine_that_is_not_installed_is_a_line_that_says_so():
    printed = engines_table([Measured("tantivy", problem="not installed: tantivy")])

    assert printed.splitlines()[-2].split("|")[1:3] == [" tantivy ", " -     "]
    assert printed.splitlines()[-1] == "tantivy: not installed: tantivy"


def test_a_sample_is_spread_over_the_whole_file(tmp_path):
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(json.dumps({"query": f"q{number}"}) for number in range(10)))

    assert [q.query for q in questions_from(file, [], 5)] == ["q0", "q2", "q4", "q6", "q8"]
    assert len(questions_from(file, [], 50)) == 10


@pytest.mark.parametrize("given", [["--engines", "sphinx"], ["--scale", "many"], ["--scale", "0"], []])
def test_an_unknown_wish_is_refused_with_what_is_allowed(given):
    refused = CliRunner().invoke(main, given)

    assert refused.exit_code == 2
    assert "Error:" in refused.stderr


def test_the_default_knowledge_is_what_is_measured_unless_another_is_named():
    assert len(default_knowledge()) > 20


def test_every_hostile_text_is_asked_in_as_many_forms_as_it_is_measured():
    asked = []

    costs(asked.append, times=2)

    assert len(set(asked)) == len(asked) == 1 + 2 * (len(HOSTILE) + 1)
    assert max(map(len, asked)) > 9_000_000
