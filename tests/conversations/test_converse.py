"""The command: what it prints of a failure, its records, folders, and how it refuses a misspelt script."""

import json

import pytest

WORLD = """
clock: 2026-03-15T10:00:00Z
partners:
  Northwind:
    customers:
      Contoso: {subscriptions: [{plan: WF Services Monthly Rolling, seats: 25, start: 2025-04-01}]}
users:
  anna: {role: partner_admin, partner: Northwind, password: demo-password-anna, totp_secret: JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP}
"""
GOES_WRONG = """\
id: more
title: Five more
as: anna
world: world.yaml
turns:
  - u: "5 more seats for Contoso"
    preview: {seats_after: 31}
    has: ["Nothing has changed yet", "a castle"]
    hasnt: [Contoso]
    task: seats/stepup
  - do: {advance: 1d}
  - u: "how large can a trial be"
    quote: "a partner may set up trials of at most 10 seats"
    cite: [Are there castles?]
    any_of: [{task: none}, {ask: seats, abstain: ambiguous}]
"""
GOES_WELL = 'id: well\nturns:\n  - {u: "how large can a trial be", cite: Are Trail Versions available?}\n'


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "world.yaml").write_text(WORLD, "utf-8")
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "well.yml").write_text(GOES_WELL, "utf-8")
    (tmp_path / "wrong.yaml").write_text(GOES_WRONG, "utf-8")
    (tmp_path / "notes.txt").write_text("id: none of this", "utf-8")
    return tmp_path


def test_a_failure_shows_turn_line_and_difference_and_the_reply_as_it_was_seen(converse, folder):
    status, out, _ = converse(folder / "wrong.yaml")

    lines = [line.strip() for line in out.splitlines()]
    assert status == 1
    assert lines[0] == "FAIL  more  Five more"
    assert f'{folder / "wrong.yaml"}:6: turn 1: "5 more seats for Contoso"' in lines
    assert "preview.seats_after: expected 31, got 30" in lines
    assert "has: not in the reply: a castle" in lines
    assert "hasnt: in the reply: Contoso" in lines
    assert "task: expected seats/stepup" in lines
    assert "got      seats/confirm" in lines
    assert any(line.startswith("|") and "Nothing has changed yet" in line for line in lines)


def test_a_quote_that_differs_shows_which_words(converse, folder):
    _, out, _ = converse(folder / "wrong.yaml")

    assert "quote: expected a partner [may] set up trials of at most 10 seats" in out
    assert "got      a partner [can] set up trials" in out
    assert "cite: expected Are there castles?" in out
    assert "any_of: none of them holds" in out
    assert "2: abstain: expected ambiguous, got ['none']" in out


def test_a_folder_stands_for_its_scripts_and_the_sum_counts_them_all(converse, folder):
    status, out, _ = converse(folder)

    assert status == 1
    assert "ok  well" in out
    assert "1 passed, 1 failed" in out
    assert "4 turns in" in out
    assert out.rstrip().endswith("a second")


def test_json_has_a_record_a_conversation_and_one_a_turn_in_it(converse, folder):
    status, out, _ = converse("--json", folder)

    well, wrong = json.loads(out)
    assert status == 1
    assert (well["id"], well["ok"], well["failures"]) == ("well", True, [])
    assert well["turns"][0]["reply"]["blocks"][0]["type"] == "answer"
    assert [(turn["turn"], turn["line"], turn["ok"]) for turn in wrong["turns"]] == [
        (1, 6, False),
        (2, 11, True),
        (3, 12, False),
    ]
    assert wrong["turns"][1]["event"] == {"advance": "1d"}
    assert {f["check"] for f in wrong["turns"][0]["failures"]} == {"preview", "has", "hasnt", "task"}


def test_when_all_holds_the_status_is_0(converse, folder):
    assert converse(folder / "below")[0] == 0


@pytest.mark.parametrize(
    ("script", "line", "said"),
    [
        ("id: x\nturns:\n  - u: hi\n    hass: a", 4, "did you mean has?"),
        ("id: x\nturn:\n  - u: hi", 2, "did you mean turns?"),
        ("id: x\nturns:\n  - do: {restrat: true}", 3, "did you mean restart?"),
        ("id: x\nturns:\n  - do: {device: B}", 3, "stands beside sign_in"),
        ("id: x\nturns:\n  - u: hi\n    has: a\n    has: b", 5, "stands there twice"),
        ("id: x\nturns:\n  - u: hi\n    ask: [seats]", 4, "one word"),
        ("id: x\nturns:\n  - u: hi\n    any_of:\n      - tusk: none", 5, "did you mean task?"),
        ("id: x\nturns: [{u: hi}]\n---\nid: x\nturns: [{u: hi}]", 4, "another conversation"),
    ],
)
def test_a_misspelt_script_is_refused_with_file_line_and_what_is_known(
    converse, tmp_path, script, line, said
):
    path = tmp_path / "script.yaml"
    path.write_text(script, "utf-8")

    status, out, err = converse(path)

    assert (status, out) == (2, "")
    assert err.startswith(f"{path}:{line}: ")
    assert said in err


def test_nothing_is_played_where_one_of_the_files_is_faulty(converse, folder):
    (folder / "zebra.yaml").write_text("id: z\nturns: []", "utf-8")

    status, out, err = converse(folder)

    assert (status, out) == (2, "")
    assert "zebra.yaml:2: z.turns: must be a list" in err


def test_a_folder_without_scripts_is_bad_use(converse, tmp_path):
    status, _, err = converse(tmp_path)

    assert status == 2
    assert "no conversation" in err


def test_what_people_say_stays_as_it_is_written(play):
    result = play("id: s\nturns: [{u: yes}, {u: 0123}, {u: 12:30}, {u: 2026-03-15}]")

    assert [step.step.says for step in result.steps] == ["yes", "0123", "12:30", "2026-03-15"]
