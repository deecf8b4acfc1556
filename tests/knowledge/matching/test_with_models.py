"""The default knowledge with the real models: one edition, encoded once, asked what a partner would ask."""

from statistics import mean

import pytest

from assistant.domain.entries import AnswerKind
from support.matching import chosen

INSIDE = {
    "my client would like another five users in the middle of the year, is he then billed longer?": "does-the-term-change",
    "is it cheaper if the customer happens to be a primary school": "is-there-a-discount",
    "who picks up the phone when an end user has a problem": "who-gives-support",
    "somebody wants to stop after three months, what will it cost": "what-is-charged",
    "do I have to report usage every month or is there another way": "is-monthly-reporting",
    "we log on with Azure AD accounts, will that work": "does-it-integrate",
    "can the directory be read over an encrypted connection": "can-active-directory",
    "our licence was bought years ago outside the platform, may it come in": "can-an-existing-licence",
    "how large can a test account be": "how-many-seats-may-a-trial",
    "what happens at the end of the term if nobody does anything": "how-does-auto-renewal",
}
OUTSIDE = (
    "what does a firewall appliance cost per month",
    "how do I reset the password of my router",
    "which antivirus is the best one for a Mac at home",
    "can I pay my electricity bill in instalments",
    "is there a student discount for the train to Munich",
    "who won the match on Saturday",
    "how many users can a shared mailbox have",
    "please book a meeting room for tomorrow",
    "how do I renew my driving licence",
    "what is the salary of a support engineer",
)


def test_most_questions_in_words_of_their_own_find_their_entry(default):
    missed = [
        question for question, entry in INSIDE.items() if entry not in _begun(default.match(question), entry)
    ]
    assert len(missed) <= 2, missed


def test_nearly_no_question_about_something_else_is_answered(default):
    answered = [question for question in OUTSIDE if default.match(question).chosen]
    assert len(answered) <= 1, answered


def test_what_can_be_answered_is_surer_than_what_cannot(default):
    inside = [default.match(question).confidence for question in INSIDE]
    outside = [default.match(question).confidence for question in OUTSIDE]
    in_order = [one > other for one in inside for other in outside]
    assert mean(in_order) > 0.8


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("Hallo, gibt es für Behörden einen Rabatt?", "is-there-a-discount"),
        ("Wer leistet Support für den Endkunden?", "who-gives-support"),
        ("how dose the autorenewel work", "how-does-auto-renewal"),
        ("HOW DOES AUTO-RENEWAL WORK??? Thanks!", "how-does-auto-renewal"),
        ("license management platform", "definition-lmp"),
        ("what does LMP stand for", "definition-lmp"),
    ],
)
def test_another_language_typing_errors_shouting_and_long_forms_find_the_entry(default, question, entry):
    match = default.match(question)
    assert match.kind in {AnswerKind.EXACT, AnswerKind.CLOSEST}
    assert chosen(match)[0].startswith(entry)


def test_one_word_that_many_entries_hold_is_a_choice(default):
    match = default.match("seats")
    assert match.kind is AnswerKind.CHOOSE
    assert 2 <= len(match.chosen) <= 4


@pytest.mark.parametrize(
    "question",
    [
        "how do I renew my driving licence",
        "where can I get a fishing licence",
        "Wo verlängere ich den Führerschein?",
    ],
)
def test_licences_of_another_sort_are_not_answered(default, question):
    assert default.match(question).kind is AnswerKind.NONE


@pytest.mark.parametrize("text", ["hello", "Guten Morgen!", "thank you very much"])
def test_a_greeting_alone_is_not_answered(default, text):
    assert default.match(text).kind is AnswerKind.NONE


def test_a_follow_up_is_read_with_the_question_before(default):
    before = "Is there a discount for schools?"
    near = tuple(chosen(default.match(before)))
    assert near[0].startswith("is-there-a-discount")
    match = default.match("and for a city council?", near=near, previous=before)
    assert (match.kind, chosen(match)) == (AnswerKind.CLOSEST, [near[0]])


def test_a_question_of_its_own_leaves_the_one_before(default):
    before = "Is there a discount for schools?"
    near = tuple(chosen(default.match(before)))
    match = default.match("where is two-factor authentication offered?", near=near, previous=before)
    assert chosen(match)[0].startswith("where-is-two-factor")


def _begun(match, beginning):
    """Return the beginning where one of the first two that are offered has it."""
    return [beginning for found in chosen(match)[:2] if found.startswith(beginning)]
