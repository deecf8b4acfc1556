"""A partner's customers, crossgrades, months and reports in a browser."""

import pytest
from playwright.sync_api import expect

from support.screens import BRIEFLY, VIEWS

pytestmark = pytest.mark.browser


def open_customer(page, name):
    page.goto("/customers")
    page.get_by_role("link", name=name).click()
    page.get_by_role("heading", name=name, level=1).wait_for()


def test_the_partner_pages_are_sound(new_page, look, sign_in):
    page = new_page(motion="reduce")
    sign_in(page)
    open_customer(page, "Fabrikam")
    page.get_by_role("button", name="Show the activation code of Worry-Free Services").click()
    page.get_by_text("Not possible now").click()
    look(page, "a customer with a code in full")
    page.get_by_role("link", name="Where its plans can go").click()
    page.get_by_text("Plans that share nothing").click()
    look(page, "the crossgrades", BRIEFLY)
    page.goto("/month?month=2026-03&lines=Alder: 25, 12: 400%0ABirch: 210, 3: 5")
    page.get_by_text("The same as a table").click()
    look(page, "a month", [*BRIEFLY, VIEWS[-1]])
    page.goto("/usage")
    look(page, "the reports", BRIEFLY)
    page.get_by_role("link", name="March 2026", exact=True).click()
    look(page, "a report", BRIEFLY)
    page.get_by_role("link", name="Why is Worry-Free Services of Contoso billed?").click()
    look(page, "why something is billed", BRIEFLY)

    assert look.faults == []


def test_a_code_is_shown_on_demand_and_the_history_tells_it_without_script(new_page, sign_in):
    page = new_page(js=False)
    sign_in(page)
    open_customer(page, "Contoso")
    expect(page.get_by_text("-DEMO-")).to_have_count(0)

    page.get_by_role("button", name="Show the activation code").click()

    expect(page.get_by_text("-DEMO-")).to_have_count(1)
    page.goto("/history")
    page.get_by_role("link", name="Activation code shown, Contoso").click()
    expect(page.get_by_text("-DEMO-")).to_have_count(0)
    expect(page.get_by_text("nothing: nothing was changed")).to_be_visible()


def test_colours_are_chosen_for_every_page_and_given_back(page):
    page.goto("/what-if")
    page.get_by_role("button", name="Dark").click()

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body.parentElement).backgroundColor") == "rgb(18, 22, 28)"
    page.get_by_role("button", name="System").click()
    expect(page.locator("html")).not_to_have_attribute("data-theme", "dark")


def test_a_customer_is_found_by_keyboard_and_its_crossgrade_starts_from_the_matrix(page, sign_in):
    sign_in(page)
    page.goto("/customers")
    page.get_by_label("Search by name").press_sequentially("tail")
    page.keyboard.press("Enter")
    page.get_by_text("1 of 11 customers").wait_for()
    page.get_by_role("link", name="Tailspin").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Tailspin", level=1)).to_be_visible()
    page.get_by_role("link", name="Where its plans can go").click()
    page.get_by_role("button", name="Start the move to WF Services Advanced").click()
    expect(page.get_by_role("heading", name="What should become of the parts")).to_be_visible()
