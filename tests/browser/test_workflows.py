"""Workflows with days and texts in a real browser: their fields, with and without scripts, up to the preview."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def any_page(request, new_page, sign_in):
    page = new_page(js=request.param)
    sign_in(page)
    page.goto("/")
    return page


def start(page, name):
    button = page.get_by_role("button", name=name).first
    if not button.is_visible():
        page.get_by_text("More tasks").first.click()
    button.click()


def pick(page, label):
    option = page.locator("#log").get_by_role("button", name=label, exact=True)
    if option.count():
        option.click()
    else:
        page.locator("#log select").select_option(label=label)
        page.get_by_role("button", name="Continue").click()


def test_the_end_of_a_term_is_entered_as_a_day_and_checked(any_page):
    start(any_page, "Change the end of a term")
    pick(any_page, "Contoso")

    field = any_page.get_by_label("Ends", exact=True)
    expect(field).to_have_attribute("type", "date")
    field.fill("2026-12-31")
    any_page.get_by_role("button", name="Continue").click()

    expect(any_page.get_by_role("button", name="Confirm 31 December 2026 as the end")).to_be_visible()
    expect(any_page.get_by_text("Nothing has changed yet").first).to_be_visible()


def test_a_support_case_takes_long_texts_and_goes_back_to_one(any_page):
    start(any_page, "Open a support case")
    pick(any_page, "Contoso")
    for label, text in (
        ("Reason", "Agents lose contact.\nAll of them."),
        ("First level", "Restarted three."),
        ("Second level", "Compared the logs."),
    ):
        any_page.get_by_label(label, exact=True).fill(text)
        any_page.get_by_role("button", name="Continue").click()

    expect(any_page.get_by_role("button", name="Confirm the case about")).to_be_visible()
    any_page.get_by_role("button", name="Back", exact=True).click()
    expect(any_page.get_by_label("Second level", exact=True)).to_be_visible()
