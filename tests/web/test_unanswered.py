"""A change that was sent and not answered: its page looks again by itself, and finds it in the history once it is there."""

from dataclasses import replace

import pytest

from support.web import history_item


@pytest.fixture
def task(anna):
    """Open a task and let its answer get lost."""
    anna.say("check")
    conversations = anna.application.conversations
    found = conversations.tasks(anna.application.access.users["anna"])[0]
    found |= {"phase": "unknown", "flow": "trial", "short_hash": "ab12"}
    conversations.task = lambda _who, _task_id: found
    conversations.tasks = lambda _who: [found]
    return found


def test_a_change_without_an_answer_is_followed_with_and_without_script(anna, task):
    page = anna.get(f"/tasks/{task['id']}").text

    assert 'data-follow="1,2,4,10"' in page
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page
    assert "It will not be sent twice." in page


def test_once_the_history_has_it_the_page_says_so_and_rests(application, anna, task):
    made = replace(history_item("L-9"), op="trial", capsule_hash="ab12" + "0" * 60)
    application.licensing.items.append(made)

    page = anna.get(f"/tasks/{task['id']}").text

    assert "The change was made: the history has preview ab12" in page
    assert 'href="/receipts/L-9"' in page
    assert "data-follow" not in page


@pytest.mark.parametrize("other", [{"op": "seats"}, {"capsule_hash": "cd" * 32}, {"actor": "Berta"}])
def test_another_change_is_not_taken_for_it(application, anna, task, other):
    made = replace(history_item("L-9"), **{"op": "trial", "capsule_hash": "ab12" + "0" * 60, **other})
    application.licensing.items.append(made)

    assert "L-9" not in anna.get(f"/tasks/{task['id']}").text


def test_a_task_that_waits_for_a_reply_is_not_followed(anna):
    anna.say("seats")
    task = anna.application.conversations.tasks(anna.application.access.users["anna"])[0]

    assert "data-follow" not in anna.get(f"/tasks/{task['id']}").text


def test_what_was_sent_and_not_answered_stands_above_the_history(anna, task):
    page = anna.get("/history").text

    assert "Sent, no answer yet" in page
    assert f'href="/tasks/{task["id"]}"' in page
    assert "Sent, no answer yet" not in anna.get("/history?state=complete").text.split("</form>")[-1]


def test_the_history_of_what_is_not_complete_is_of_tasks(anna, task):
    assert f'href="/tasks/{task["id"]}"' in anna.get("/history?state=sent").text
    assert "No task of yours is in this state." in anna.get("/history?state=refused").text
