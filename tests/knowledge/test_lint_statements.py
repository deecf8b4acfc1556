"""Statements that age, secrets, and figures that disagree."""

import pytest

from support.linting import answer, codes, findings, page

SECRETS = [
    "The code is ZZ-DEMO-ABCD1-EFGH2-JKLM3-NPQR4-STUV5.",
    "Password: hunter22!",
    "password is `tills`",
    "Kennwort = Sommer2020",
    "api_key: 8f3k29dk20fk3",
    "Authorization: Bearer abcdefghijklmnopqrstuvwx",
    "-----BEGIN RSA PRIVATE KEY-----",
    "Recovery code ab1d-ef2h-ij3l-mn4p.",
    "Sign in at https://anna:geheim@example.com/.",
    "anna@example.com / Sommer2020",
]


@pytest.mark.parametrize(
    "word", ["today", "Currently", "at present", "for now", "soon", "roadmap", "next year"]
)
def test_a_word_that_ages_is_told(word):
    assert [code for _, code, _ in answer(f"The till stands, {word}, in the hall.")] == ["ageing-statement"]


@pytest.mark.parametrize(
    "word", ["heute", "derzeit", "zurzeit", "aktuell", "demnächst", "geplant", "nächstes Jahr"]
)
def test_a_german_word_that_ages_is_told(word):
    assert [code for _, code, _ in answer(f"Die Kasse steht {word} in der Halle.")] == ["ageing-statement"]


@pytest.mark.parametrize(
    "text",
    [
        "Report it as soon as it happens.",
        "The term counts from the moment the plan is created, at the moment of signing.",
        "If a shop currently has a till, it keeps it.",
        "The month is charged at the end of the next month.",
    ],
)
def test_a_word_that_says_nothing_of_the_present_is_not_told(text):
    assert answer(text) == []


def test_an_entry_with_a_day_of_review_may_speak_of_the_present():
    block = "<!-- knowledge\nreviewed: 2024-05-02\n-->\n\nThe till is in the hall today."
    assert codes(page(("Where is the till?", block))) == []


@pytest.mark.parametrize("text", SECRETS)
def test_a_secret_is_told_and_never_repeated(text):
    found = [f for f in answer(text) if f[1] == "secret"]
    assert [line for line, _, _ in found] == [7]
    assert not any(part in found[0][2] for part in text.split() if any(c.isdigit() for c in part))


@pytest.mark.parametrize("text", SECRETS)
def test_a_secret_in_an_attribute_is_told_too(text):
    block = f"<!-- knowledge\nalternates:\n  - {text}\n-->\n\nIn the hall."
    assert (9, "secret") in codes(page(("Where is the till?", block)))


@pytest.mark.parametrize(
    "text",
    [
        "Password: see the safe of the shop.",
        "The password is set by the shop.",
        "An API key is needed. The token is secret.",
        "The code XX-\u2022\u2022\u2022\u2022-STUV5 is hidden.",
        "Write to desk@example.com or call 0123.",
        "See https://example.com:8443/path@home.",
    ],
)
def test_talk_of_secrets_is_none(text):
    assert [f for f in answer(text) if f[1] == "secret"] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Trials have max. 10 seats.", "A trial may have up to 15 seats."),
        ("A test version is limited to 10 users.", "Trials run with at most 12 users."),
        ("The backup runs over port 443.", "For the backup, open port 8443."),
        ("Archived reports are kept for 24 months.", "Archived reports are kept for 36 months."),
        ("Testversionen haben höchstens 10 Benutzer.", "Eine Testversion hat bis zu 20 Benutzer."),
    ],
)
def test_two_numbers_for_one_thing_are_told_where_the_second_stands(one, other):
    text = page(("Where do the tills stand?", one), ("Who opens the door?", other))
    assert codes(text) == [(11, "conflicting-figures")]
    assert "line 7 of file1.md" in findings(text)[0][2]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Trials have max. 10 seats.", "A trial may have up to 10 seats."),
        ("Trials have max. 10 seats.", "Bundles have max. 15 seats."),
        ("Trials have max. 10 seats.", "Trials have at least 2 seats."),
        ("Trials have max. 10 seats.", "Trials run for 30 days."),
        ("Trials have max. 10 seats.", "For example, a trial may have up to 15 seats."),
        ("The backup runs over port 443 or port 8443.", "For the backup, open port 8443."),
        ("Plans run for 12 months.", "If a plan runs for 24 months, ask."),
        ("Trials have max. 10 seats.", "| Trial | max |\n| --- | --- |\n| trial | 15 seats |"),
    ],
)
def test_other_things_lists_and_examples_do_not_disagree(one, other):
    assert codes(page(("Where do the tills stand?", one), ("Who opens the door?", other))) == []
