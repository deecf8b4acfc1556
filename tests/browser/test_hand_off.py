"""A task goes to the licensing desk and comes back, in a real browser: wide with scripts, narrow without."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def ask(page, text):
    page.get_by_label("Your question").fill(text)
    page.get_by_role("button", name="Ask", exact=True).click()


@pytest.mark.parametrize(
    ("script", "width"), [(True, 1280), (False, 390)], ids=["script-1280", "no-script-390"]
)
def test_a_task_goes_to_the_desk_and_comes_back_corrected(new_page, sign_in, axe, script, width):
    partner, operator = new_page(js=script, width=width), new_page(js=script, width=width)
    sign_in(partner)
    partner.goto("/")
    ask(partner, "change seats for Contoso to 60")
    expect(partner.get_by_role("button", name="Confirm 60 seats")).to_be_visible()
    ask(partner, "human")
    expect(partner.locator("#log").get_by_text("with what was entered, the last preview")).to_be_visible()

    sign_in(operator, "olga")
    operator.goto("/desk")
    seen(operator, axe, script)
    operator.get_by_role("link", name="Change seats").click()
    operator.get_by_role("button", name="Claim this case").click()
    operator.get_by_label("Message", exact=True).fill("The contract allows 30.")
    operator.get_by_role("button", name="Send message").click()
    operator.get_by_label("Seats", exact=True).fill("many")
    operator.get_by_role("button", name="Correct", exact=True).click()
    expect(operator.get_by_role("alert")).to_contain_text("Seats")
    seen(operator, axe, script)
    operator.get_by_label("Seats", exact=True).fill("30")
    operator.get_by_role("button", name="Correct", exact=True).click()
    expect(operator.get_by_text("Seats: 60 > 30")).to_be_visible()

    partner.goto("/tasks")
    partner.get_by_role("link", name="1 answer waiting").click()
    seen(partner, axe, script)
    partner.get_by_role("link", name="Change seats").click()
    expect(partner.get_by_text("The contract allows 30.").first).to_be_visible()
    seen(partner, axe, script)
    partner.get_by_label("Write to the licensing desk").fill("Then 30 it is.")
    partner.get_by_role("button", name="Send").click()

    operator.reload()
    expect(operator.get_by_text("Then 30 it is.")).to_be_visible()
    operator.get_by_text("Return it to the partner").first.click()
    operator.get_by_role("button", name="Return it to the partner").click()
    expect(operator.get_by_text("returned", exact=True)).to_be_visible()

    partner.goto("/")
    expect(partner.get_by_role("button", name="Confirm 30 seats")).to_be_visible()
    expect(partner.locator("#log").get_by_text("Changed there: Seats 60 > 30")).to_be_visible()
    seen(partner, axe, script)


def seen(page, axe, script):
    """Check one screen; without scripts nothing can be run in the page, axe included, so only that it is there."""
    if script:
        assert axe(page) == []
        assert page.evaluate(OVERFLOW) <= 0
    expect(page.get_by_role("main")).to_be_visible()
