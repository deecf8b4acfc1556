"""Customers, one customer, crossgrades, months and reports as a partner sees them."""

import csv
import io

import pytest

from support.partner_pages import CODE, a_line
from web.pages.customers import state_of
from web.pages.usage import differs, lines_of
from web.pages.usage import state_of as report_state
from web.wording import Wording


def rows(answer):
    assert answer.headers["Content-Type"].startswith("text/csv")
    return list(csv.reader(io.StringIO(answer.text)))


def test_the_list_says_how_many_seats_reach_the_next_band_and_as_of_when(anna):
    page = anna.get("/customers").text

    assert "User band 251-500" in page
    assert "As of 15 March 2026, 12:00 UTC." in page
    assert "renews 1 April 2026" in page


def test_a_page_beyond_the_end_is_the_last_one(application, anna):
    application.licensing.names = [f"Customer {n:03d}" for n in range(60)]

    assert "Page 2 of 2" in anna.get("/customers?page=9").text


def test_sorting_and_narrowing_stay_from_page_to_page(application, anna):
    application.licensing.names = [f"Customer {n:03d}" for n in range(60)]
    page = anna.get("/customers?q=cust&sort=seats").text

    assert "page=2&amp;q=cust&amp;sort=seats" in page
    assert '<option value="seats" selected>' in page


def test_unknown_ways_of_sorting_are_taken_as_the_usual_one(anna):
    assert anna.get("/customers?sort=magic&show=%00x").status_code == 422
    assert anna.get("/customers?sort=magic&show=odd").status_code == 200


def test_nobody_of_a_kind_is_said(anna):
    assert "No customer is like that at present." in anna.get("/customers?show=trial").text


def test_customers_are_a_file_without_formulas(application, anna):
    application.licensing.names = ["=cmd()", "Bellows"]
    found = rows(anna.get("/customers.csv"))

    assert found[0][0] == "Customer"
    assert [row[0] for row in found[1:]] == ["'=cmd()", "Bellows"]
    assert found[2][6:] == ["2026-04-01", "renews"]


def test_what_cannot_be_started_stands_there_with_the_reason_and_its_source(anna):
    page = anna.get("/customers/CU-1").text

    assert "Not possible now (1)" in page
    assert "WF Services of Adatum is not suspended." in page
    assert "MSP FAQ, May 2020" in page
    assert 'value="lift the suspension' not in page


def test_what_falls_due_and_what_happened_is_told(anna):
    page = anna.get("/customers/CU-1").text

    assert "WF Services renews, then to 1 April 2027" in page
    assert "Change of seats" in page


def test_a_code_is_shown_by_a_form_and_once(application, anna):
    on = "/customers/CU-1"
    assert CODE not in anna.get(on).text

    shown = anna.post("/customers/CU-1/codes", on=on, licence="LI-1")

    assert CODE in shown.text
    assert shown.headers["Cache-Control"] == "no-store"
    assert application.licensing.revealed == ["LI-1"]
    assert CODE not in anna.get(on).text


@pytest.mark.parametrize(
    ("who", "licence", "status"), [("ben", "LI-1", 403), ("mia", "LI-1", 404), ("anna", "X", 404)]
)
def test_a_code_is_shown_to_nobody_else(application, visitor, who, licence, status):
    visitor.sign_in(who)

    assert visitor.post("/customers/CU-1/codes", licence=licence).status_code == status
    assert application.licensing.revealed == []


def test_a_reader_has_no_button_that_shows_a_code(visitor):
    visitor.sign_in("ben")

    assert "Show the activation code" not in visitor.get("/customers/CU-1").text


def test_the_chat_opens_with_the_figures_of_a_customer(anna):
    page = anna.get("/?about=CU-1").text

    assert "About Adatum" in page
    assert 'name="back" value="/?about=CU-1"' in page


@pytest.mark.parametrize("who", [None, "mia", "sal"])
def test_the_chat_knows_nothing_of_a_customer_for_others(visitor, who):
    if who:
        visitor.sign_in(who)

    assert "About Adatum" not in visitor.get("/?about=CU-1").text


def test_the_matrix_shows_what_moves_what_is_new_and_why_not(anna):
    page = anna.get("/customers/CU-1/crossgrades").text

    assert 'value="crossgrade Adatum to WF XDR"' in page
    assert "Moves from WF Services" in page
    assert "Extra, to 1 May 2026, 3 in use" in page
    assert "Adatum has WF Services already." in page
    assert "Plans that share nothing with what there is (1)" in page
    assert 'value="crossgrade Adatum to WF Services"' not in page


def test_a_month_can_be_played_through_without_an_account(visitor):
    page = visitor.get("/month?month=2026-03&lines=Alder: 25, 12: 300").text

    assert "<dd><strong>300</strong></dd>" in page
    assert "251-500" in page
    assert page.count('<td class="num">25</td>') == 11
    assert "Use my customers" not in page


def test_the_own_month_is_not_for_strangers(visitor, anna):
    assert "What the month comes to" in anna.get("/month?own=1&month=2026-03").text
    anna.post("/sign-out")

    assert "What the month comes to" not in visitor.get("/month?own=1&month=2026-03").text


@pytest.mark.parametrize(
    "query", ["lines=x", "month=soon", "month=2026-13&lines=A: 1", "month=2026-03&lines=A: 1, 40: 2"]
)
def test_a_month_that_cannot_be_read_says_what_can(visitor, query):
    page = visitor.get(f"/month?{query}")

    assert page.status_code == 422
    assert "Check what you entered" in page.text


def test_months_show_where_they_stand(anna):
    page = anna.get("/usage").text

    assert page.index("month is running") < page.index("due, not submitted") < page.index("approved")


def test_a_month_that_is_over_can_be_submitted_and_another_not(anna):
    assert 'value="submit usage report for February 2026"' in anna.get("/usage/2026-02").text
    for month in ("2026-03", "2026-01"):
        assert "submit usage report" not in anna.get(f"/usage/{month}").text


def test_a_reader_cannot_submit(visitor):
    visitor.sign_in("ben")

    assert "submit usage report" not in visitor.get("/usage/2026-02").text


def test_lines_are_found_and_narrowed(anna):
    page = anna.get("/usage/2026-02?q=bell").text
    assert "Bellows" in page
    assert "Adatum" not in page

    assert "comment needed" in anna.get("/usage/2026-02?only=unexplained").text


def test_a_report_is_a_file(anna):
    assert rows(anna.get("/usage/2026-02.csv"))[1][:4] == ["Northwind", "2026-02", "preparing", "Adatum"]


def test_a_line_tells_why_it_is_billed(anna):
    page = anna.get("/usage/2026-02/why?line=CU-1/WFS").text

    assert "Why Worry-Free of Adatum is billed in February 2026" in page
    assert anna.get("/usage/2026-02/why?line=none").status_code == 404


@pytest.mark.parametrize("path", ["/usage", "/usage/2026-02", "/customers.csv", "/history.csv"])
def test_sales_has_no_reports_and_no_files(visitor, path):
    visitor.sign_in("sal")

    assert visitor.get(path).status_code == 403


def test_a_line_differs_when_it_is_lowered_moved_or_unused():
    assert not differs(a_line(used=25))
    assert not differs(a_line(used=None))
    assert differs(a_line(used=24))
    assert differs(a_line(used=None, chargeable=20))
    assert differs(a_line(used=None, moved=5))


def test_lines_are_those_whose_customer_or_product_holds_all_words():
    found = [a_line(used=25), a_line("CU-2", "Bellows")]

    assert lines_of(found, "worry BELL", "all") == found[1:]
    assert lines_of(found, "", "differing") == found[1:]
    assert lines_of(found, "", "unexplained") == found[1:]


def test_a_month_that_is_over_and_not_submitted_is_due():
    assert report_state("preparing", "2026-02", "2026-03") == "due"
    assert report_state("preparing", "2026-03", "2026-03") == "running"
    assert report_state("rejected", "2026-02", "2026-03") == "rejected"


def test_the_word_for_a_customer_is_what_matters_most(application):
    from dataclasses import replace
    from datetime import date

    from assistant.domain.page_lookups import CustomerLine

    line = CustomerLine("CU-1", "A", None, True, 1, 5, 0, date(2026, 4, 1), True)

    assert state_of(line) == "active"
    assert state_of(replace(line, enabled=False, ending=True)) == "disabled"
    assert state_of(replace(line, ending=True)) == "ending"
    assert state_of(replace(line, trial_seats=3, trial_ends=date(2026, 4, 9))) == "trial"
    assert state_of(replace(line, plans=0, next=None)) == "empty"


def test_every_state_of_a_list_has_words():
    say = Wording()

    for table in ("customers.line", "customers.ahead", "usage.states", "usage.reviews", "history.states"):
        assert all(isinstance(words, str) for words in say.get(table).values())
