"""Generated knowledge: the same every time, without doubles, and with questions that it can and cannot answer."""

from assistant.knowledge.editions import Edition
from benchmarks.generated import changed, entries_of, questions_on
from benchmarks.scale import scale_table, seconds_until_found
from benchmarks.words_of_trade import MAKERS, PARTS


def test_the_same_size_gives_the_same_knowledge():
    assert entries_of(50) == entries_of(50)
    assert questions_on(50) == questions_on(50)


def test_no_two_entries_ask_the_same():
    entries = entries_of(500)

    assert len({e.question for e in entries}) == len({e.id for e in entries}) == 500


def test_answers_have_the_length_of_real_ones():
    lengths = [len(e.text.split()) for e in entries_of(200)]

    assert min(lengths) >= 20
    assert max(lengths) < 80


def test_questions_lead_to_entries_or_nowhere_and_are_asked_once():
    ids = {e.id for e in entries_of(100)}
    questions = questions_on(100)

    assert len({q.query for q in questions}) == len(questions)
    assert {q.kind for q in questions} == {"oos_far", "oos_near", "typo", "paraphrase"}
    assert all((not q.expect) == q.kind.startswith("oos") for q in questions)
    assert {e for q in questions for e in q.expect} <= ids


def test_a_question_in_other_words_is_on_the_product_of_its_entry():
    asked = {e.id: e.question for e in entries_of(100)}
    reworded = [q for q in questions_on(100) if q.kind == "paraphrase"]

    assert len(reworded) > 50
    for question in reworded:
        product = {
            f"{maker} {part}" for part in PARTS for maker in MAKERS if f"{maker} {part}" in question.query
        }
        assert any(name in asked[question.expect[0]] for name in product)


def test_a_question_is_not_the_words_of_its_entry():
    asked = {e.id: e.question for e in entries_of(100)}

    assert all(q.query != asked[e] for q in questions_on(100) for e in q.expect)


def test_a_changed_entry_is_the_next_version_of_itself():
    entry = entries_of(1)[0]
    newer = changed(entry)

    assert (newer.id, newer.version, newer.question) == (entry.id, 2, entry.question)
    assert newer.text.startswith(entry.text)
    assert newer.text != entry.text


def test_a_run_at_several_sizes_has_a_line_for_each_engine_that_takes_part():
    printed = scale_table([20, 30], ["fts5", "whoosh", "tantivy"])

    cells = [[cell.strip() for cell in line.split("|")[1:3]] for line in printed.splitlines()[2:]]
    assert cells == [["20", "whoosh"], ["20", "fts5"], ["30", "whoosh"], ["30", "fts5"]]


def test_a_changed_entry_answers_by_its_new_words(tmp_path):
    assert seconds_until_found(entries_of(10), tmp_path, Edition) is not None
    assert seconds_until_found(entries_of(10), tmp_path, lambda *_: Edition("", (), None)) is None
