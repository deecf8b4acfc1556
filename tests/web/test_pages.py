"""Tasks, customers, history, entries and health."""

from datetime import timedelta

import pytest

from assistant.domain.subscriptions import SubscriptionState
from support.clock import NOON
from support.web import ENTRY, Visitor, history_item
from web.wording import Wording


def test_a_task_is_listed_and_opens_with_its_live_card(anna):
    anna.say("seats")
    task = anna.application.conversations.tasks(anna.application.access.users["anna"])[0]

    assert "Start a trial" in anna.get("/tasks").text
    page = anna.get(f"/tasks/{task['id']}").text
    assert 'name="value.seats"' in page
    assert f'name="conversation" value="{task["conversation"]}"' in page


def test_a_task_is_answered_on_its_own_page_from_another_device(application, anna):
    anna.say("seats")
    second = Visitor(application, anna.app)
    second.sign_in()
    task = application.conversations.tasks(application.access.users["anna"])[0]
    here = f"/tasks/{task['id']}"

    sent = second.post(
        "/ask", on=here, value__seats="6", message="M-50", conversation=task["conversation"], back=here
    )

    assert sent.headers["Location"] == f"{here}#turn-2"
    assert application.conversations.sent[-1].values == {"seats": "6"}


def test_no_tasks_is_said_with_a_way_to_start_one(anna):
    page = anna.get("/tasks").text

    assert "No tasks yet." in page
    assert 'value="trial"' in page


def test_a_task_of_another_conversation_waits_on_the_start_page(anna):
    anna.say("seats")
    anna.post("/conversation/new")

    assert "1 task is waiting" in anna.get("/").text


def test_customers_are_listed_50_a_page(application, anna):
    application.licensing.names = [f"Customer {n:03d}" for n in range(120)]

    first, last = anna.get("/customers").text, anna.get("/customers?page=3").text

    assert first.count("/customers/CU-") == 50
    assert "Page 1 of 3" in first
    assert last.count("/customers/CU-") == 20
    assert anna.get("/customers?page=99999999").status_code == 200


def test_customers_are_found_by_part_of_their_name(anna):
    page = anna.get("/customers?q=BELL").text

    assert "Bellows" in page
    assert "Adatum" not in page


def test_a_search_that_finds_nobody_says_so_and_stays_inert(anna):
    page = anna.get("/customers?q=<b>none").text

    assert "holds &#34;&lt;b&gt;none&#34;" in page or 'holds "&lt;b&gt;none"' in page


def test_no_customers_is_said(application, anna):
    application.licensing.names = []

    assert "No customers yet." in anna.get("/customers").text


def test_a_customer_shows_plans_masked_codes_and_outside_licences(anna):
    page = anna.get("/customers/CU-1").text

    assert "WF-DEMO-*****" in page
    assert "renews 1 April 2026" in page
    assert "on-prem" in page
    assert "start a trial for Adatum" in page


def test_a_reader_sees_customers_and_no_buttons_that_change_them(visitor):
    visitor.sign_in("ben")
    page = visitor.get("/customers/CU-1").text

    assert "WF Services" in page
    assert "start a trial for" not in page


def test_a_customer_of_somebody_else_answers_like_one_that_does_not_exist(visitor):
    visitor.sign_in("mia")
    foreign, missing = visitor.get("/customers/CU-1"), visitor.get("/customers/CU-none")

    assert foreign.status_code == missing.status_code == 404
    assert foreign.text.replace("CU-1", "") == missing.text.replace("CU-none", "")


@pytest.mark.parametrize("path", ["/customers", "/history"])
def test_sales_has_no_customers_and_no_history(visitor, path):
    visitor.sign_in("sal")

    assert visitor.get(path).status_code == 403
    assert f'href="{path}"' not in visitor.get("/").text


def test_history_is_grouped_by_day_and_filtered(application, anna):
    application.licensing.items.append(history_item("L-0", "Citadel", NOON - timedelta(days=1)))

    page = anna.get("/history").text
    assert page.index("15 March 2026") < page.index("14 March 2026")

    found = anna.get("/history?customer=cita&act=seats").text
    assert "L-0" in found
    assert "L-1" not in found
    assert "No change matches." in anna.get("/history?act=trial").text


def test_an_empty_history_says_what_will_appear(application, anna):
    application.licensing.items.clear()

    assert "Nothing yet." in anna.get("/history").text


def test_a_receipt_shows_who_when_hash_and_before_and_after(anna):
    page = anna.get("/receipts/L-1").text

    assert "ab" * 32 in page
    assert "15 March 2026, 12:00 UTC" in page
    assert "<td>40</td><td>45</td>" in page
    assert "Are Trail Versions available?" in page


def test_an_entry_has_a_lasting_address_with_its_versions(visitor):
    page = visitor.get(f"/entries/{ENTRY.id}")

    assert page.status_code == 200
    assert "Version 1" in page.text
    assert "1 March 2026" in page.text


def test_alive_says_so_without_asking_anything(application, visitor):
    application.current = False

    assert visitor.get("/healthz").json == {"status": "ok"}


def test_ready_names_what_is_missing(application, visitor):
    assert visitor.get("/readyz").json["checks"] == {"database": True, "publication": True, "index": True}

    application.current, application.knowledge.publication = False, ""
    ready = visitor.get("/readyz")

    assert ready.status_code == 503
    assert ready.json["checks"] == {"database": False, "publication": False, "index": True}


def test_ready_says_what_questions_are_matched_by(application, visitor):
    assert visitor.get("/readyz").json["matching"].startswith("words only")

    application.knowledge.model = "minilm"

    assert visitor.get("/readyz").json["matching"] == "words and meaning (minilm)"


def test_what_is_not_ready_does_not_say_what_it_matches_by(application, visitor):
    application.knowledge.publication = ""

    assert "matching" not in visitor.get("/readyz").json


def test_a_check_that_breaks_makes_the_process_not_ready(application, visitor):
    del application.knowledge.publication

    assert visitor.get("/readyz").json["checks"]["publication"] is False


def test_a_process_whose_index_cannot_be_used_says_so(application, visitor):
    application.knowledge.indexed = False

    ready = visitor.get("/readyz")

    assert (ready.status_code, ready.json["checks"]["index"]) == (503, False)


def test_figures_count_by_route_and_hold_no_id(anna):
    anna.get("/customers/CU-1")
    figures = anna.get("/metrics").text

    assert 'route="/customers/<customer_id>"' in figures
    assert "CU-1" not in figures


@pytest.mark.parametrize(
    "options",
    [
        {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}},
        {"headers": {"X-Forwarded-For": "127.0.0.1"}},
        {"environ_base": {"REMOTE_ADDR": ""}},
    ],
)
def test_figures_are_not_there_for_others(visitor, options):
    assert visitor.client.get("/metrics", **options).status_code == 404


def test_figures_are_there_for_an_administrator_from_anywhere(api, application):
    api.sign_in("root")
    there = {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}}

    assert api.call("GET", "/metrics", **there).status_code == 200


def test_a_fault_of_ours_has_a_reference_and_no_traceback(application, anna):
    application.licensing.look_up = None
    page = anna.get("/customers")

    assert page.status_code == 500
    assert "Reference: R-" in page.text
    assert "Traceback" not in page.text
    assert "Nothing was changed" not in page.text


def test_a_backend_that_does_not_answer_is_told_as_nothing_changed(application, anna):
    from assistant.domain.errors import BackendUnavailable

    def unavailable(*_):
        raise BackendUnavailable("The licensing system does not answer.")

    application.licensing.look_up = unavailable
    page = anna.get("/history")

    assert page.status_code == 503
    assert "Nothing was changed." in page.text


def test_every_state_of_a_plan_has_words():
    words = Wording()

    for state in SubscriptionState:
        assert words.get(f"customers.states.{state.value}")
