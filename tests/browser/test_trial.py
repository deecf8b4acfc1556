"""A trial from the button to the receipt in a real browser, and everything that may happen on the way."""

import pytest
from playwright.sync_api import expect

from assistant.domain.lookups import CustomerById, VisibleCustomers
from assistant.ports.simulation import Fault

pytestmark = pytest.mark.browser

CONFIRM = "Confirm trial of Email Security Standard for Lucerne"


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def any_page(request, new_page):
    return new_page(js=request.param)


def start_trial(page):
    page.goto("/")
    page.get_by_role("button", name="Create a trial").first.click()


def to_seats(page):
    start_trial(page)
    page.locator("#log select").select_option(label="Lucerne")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Email Security Standard").click()


def enter_seats(page, number):
    page.get_by_label("Seats", exact=True).fill(number)
    page.get_by_role("button", name="Continue").click()


def to_preview(page):
    to_seats(page)
    enter_seats(page, "6")
    expect(page.get_by_role("button", name=CONFIRM)).to_be_visible()


def to_code(page):
    to_preview(page)
    page.get_by_role("button", name=CONFIRM).click()
    expect(page.get_by_label("Code from your authenticator app")).to_be_visible()


def enter_code(page, code):
    page.get_by_label("Code from your authenticator app").fill(code)
    page.get_by_role("button", name="Confirm with code").click()


def trials_of_lucerne(desk):
    session = desk.application.access.begin("anna", "northwind-demo-anna", address="192.0.2.1")
    anna = desk.application.access.pending_user(session).principal
    customers = desk.application.licensing.look_up(anna, VisibleCustomers())
    lucerne = next(c.id for c in customers if c.name == "Lucerne")
    view = desk.application.licensing.look_up(anna, CustomerById(lucerne))
    return [s for s in view.subscriptions if s.trial]


def test_a_visitor_gets_from_the_button_through_sign_in_to_the_receipt(any_page, desk, sign_in):
    any_page.goto("/")
    any_page.get_by_role("button", name="Create a trial").click()
    expect(any_page).to_have_url(f"{desk.url}/sign-in?next=/%3Fstart%3Dtrial")
    sign_in(any_page, start=any_page.url)
    expect(any_page.get_by_role("heading", name="You are signed in. Go on with:")).to_be_visible()

    to_code(any_page)
    enter_code(any_page, desk.fresh_code())

    expect(any_page.get_by_role("heading", name="Trial complete")).to_be_visible()
    assert [t.seats for t in trials_of_lucerne(desk)] == [6]
    any_page.get_by_role("link", name="Show receipt").click()
    expect(any_page.locator("main")).to_contain_text("Anna Northwind")
    expect(any_page.locator("main")).to_contain_text("Email Security Standard")


def test_eleven_seats_are_refused_with_the_entry_that_says_so(any_page, sign_in):
    sign_in(any_page)
    to_seats(any_page)
    enter_seats(any_page, "11")

    refusal = any_page.locator(".refusal")
    expect(refusal).to_contain_text("A trial has at most 10 seats.")
    expect(refusal.get_by_role("link")).to_contain_text("MSP FAQ restated, May 2020")
    expect(any_page.get_by_label("Seats", exact=True)).to_be_visible()


def test_a_wrong_code_changes_nothing_and_asks_again(any_page, desk, sign_in):
    sign_in(any_page)
    to_code(any_page)
    right = desk.fresh_code()
    enter_code(any_page, f"{(int(right) + 500_000) % 1_000_000:06d}")

    expect(any_page.locator("#log")).to_contain_text("That code is not right.")
    assert trials_of_lucerne(desk) == []
    enter_code(any_page, desk.fresh_code())
    expect(any_page.get_by_role("heading", name="Trial complete")).to_be_visible()


def test_a_double_click_on_the_code_commits_once(any_page, desk, sign_in):
    sign_in(any_page)
    to_code(any_page)
    any_page.get_by_label("Code from your authenticator app").fill(desk.fresh_code())
    any_page.get_by_role("button", name="Confirm with code").dblclick()

    expect(any_page.get_by_role("heading", name="Trial complete")).to_have_count(1)
    assert len(trials_of_lucerne(desk)) == 1


def test_a_double_click_on_confirm_asks_for_one_code(any_page, desk, sign_in):
    sign_in(any_page)
    to_preview(any_page)
    any_page.get_by_role("button", name=CONFIRM).dblclick()

    expect(any_page.get_by_label("Code from your authenticator app")).to_have_count(1)
    expect(any_page.locator(".said").filter(has_text="yes")).to_have_count(1)


def test_the_same_form_from_an_old_page_gives_the_same_reply(new_page, desk, sign_in):
    page = new_page(js=False)
    sign_in(page)
    to_code(page)
    enter_code(page, desk.fresh_code())
    expect(page.get_by_role("heading", name="Trial complete")).to_be_visible()

    page.go_back()
    expect(page.get_by_role("heading", name="Trial complete")).to_be_visible()
    assert len(trials_of_lucerne(desk)) == 1


def test_back_after_the_commit_shows_the_receipt_and_no_live_form(any_page, desk, sign_in):
    sign_in(any_page)
    to_code(any_page)
    enter_code(any_page, desk.fresh_code())
    expect(any_page.get_by_role("heading", name="Trial complete")).to_be_visible()
    any_page.get_by_role("link", name="Show receipt").click()
    any_page.go_back()

    expect(any_page.get_by_role("heading", name="Trial complete")).to_be_visible()
    expect(any_page.get_by_label("Code from your authenticator app")).to_have_count(0)


def test_a_second_device_goes_on_where_the_first_one_stopped(new_page, desk, sign_in):
    first, second = new_page(), new_page(width=390, height=700)
    sign_in(first)
    to_preview(first)
    sign_in(second)
    second.goto("/tasks")
    second.get_by_role("link", name="Start a trial").click()
    second.get_by_role("button", name=CONFIRM).click()
    enter_code(second, desk.fresh_code())

    expect(second.get_by_role("heading", name="Trial complete")).to_be_visible()
    first.reload()
    expect(first.get_by_role("heading", name="Trial complete")).to_be_visible()
    assert len(trials_of_lucerne(desk)) == 1


def test_a_lost_answer_is_told_as_unknown_and_only_its_status_is_asked(any_page, desk, sign_in):
    sign_in(any_page)
    to_code(any_page)
    desk.application.simulation.set_fault(Fault.TIMEOUT_AFTER_WRITE)
    enter_code(any_page, desk.fresh_code())

    expect(any_page.locator("#log")).to_contain_text("It will not be sent twice.")
    expect(any_page.get_by_role("heading", name="Trial complete")).to_have_count(0)
    desk.application.simulation.set_fault(Fault.NONE)
    any_page.goto("/tasks")
    any_page.get_by_role("link", name="Start a trial").click()
    any_page.get_by_role("button", name="Ask whether it worked").click()

    expect(any_page.get_by_role("heading", name="Trial complete")).to_be_visible()
    assert len(trials_of_lucerne(desk)) == 1


def test_a_backend_that_is_away_is_told_and_the_step_can_be_tried_again(any_page, desk, sign_in):
    sign_in(any_page)
    to_seats(any_page)
    expect(any_page.get_by_label("Seats", exact=True)).to_be_visible()
    desk.application.simulation.set_fault(Fault.UNAVAILABLE)
    enter_seats(any_page, "6")
    expect(any_page.locator("#log")).to_contain_text(
        "The licensing system does not answer. Nothing was changed."
    )

    desk.application.simulation.set_fault(Fault.NONE)
    any_page.get_by_role("button", name="Try again").click()
    enter_seats(any_page, "6")

    expect(any_page.get_by_role("button", name=CONFIRM)).to_be_visible()


def test_a_question_in_between_is_answered_and_the_task_stays(any_page, sign_in):
    sign_in(any_page)
    to_preview(any_page)
    any_page.get_by_label("Your question").fill("Are trial versions available?")
    any_page.get_by_role("button", name="Ask", exact=True).click()

    expect(any_page.locator(".turn").last.locator("blockquote")).to_be_visible()
    expect(any_page.get_by_role("button", name=CONFIRM)).to_have_count(1)


def test_back_goes_one_step_back_and_cancel_discards(any_page, desk, sign_in):
    sign_in(any_page)
    to_preview(any_page)
    any_page.get_by_role("button", name="Back", exact=True).click()
    expect(any_page.get_by_label("Seats", exact=True)).to_be_visible()

    any_page.get_by_role("button", name="Cancel task").click()
    expect(any_page.locator(".turn").last).to_contain_text("Nothing was changed.")
    assert trials_of_lucerne(desk) == []


def test_after_a_step_the_focus_is_on_the_next_steps_heading(page, sign_in):
    sign_in(page)
    to_preview(page)

    expect(page.get_by_role("heading", name="Check and confirm")).to_be_focused()


def test_a_code_typed_into_the_question_field_is_never_shown(any_page, desk, sign_in):
    sign_in(any_page)
    to_code(any_page)
    code = desk.fresh_code()
    any_page.get_by_label("Your question").fill(code)
    any_page.get_by_role("button", name="Ask", exact=True).click()

    expect(any_page.get_by_role("heading", name="Trial complete")).to_be_visible()
    assert code not in any_page.content()


def test_a_new_user_enrols_and_is_signed_in(any_page, desk):
    from assistant.domain.principals import Role

    desk.application.accounts.provision(
        username="nina", name="Nina", role=Role.SALES, password="correct-horse-battery", totp_secret=None
    )
    any_page.goto("/sign-in")
    any_page.get_by_label("User name").fill("nina")
    any_page.get_by_label("Password").fill("correct-horse-battery")
    any_page.get_by_role("button", name="Continue").click()
    expect(any_page.get_by_role("img", name="QR code")).to_be_visible()
    from assistant.access import totp

    secret = any_page.locator("#key").inner_text().replace(" ", "")
    any_page.get_by_label("Enter the code").fill(totp.code_at(secret, totp.step_of(desk.clock.now())))
    any_page.get_by_role("button", name="Verify").click()
    expect(any_page.locator("#codes li")).to_have_count(10)
    any_page.get_by_label("I have saved them").check()
    any_page.get_by_role("button", name="Finish").click()

    expect(any_page.get_by_role("button", name="Sign out")).to_be_visible()
