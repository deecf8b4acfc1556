"""axe and layout on the screens of accounts and users."""

import pytest

pytestmark = pytest.mark.browser


def test_the_screens_of_accounts_and_users_are_sound(new_page, look, sign_in):
    page = new_page(motion="reduce")
    for path in ("/sign-in/forgotten", "/links/made-up"):
        page.goto(path)
        look(page, path)
    sign_in(page)
    page.goto("/account")
    page.get_by_text("New token").click()
    look(page, "the account")
    page.get_by_label("Your password now").fill("guess")
    page.get_by_label("New password").fill("plum kettle orbit")
    page.get_by_label("The same again").fill("plum kettle orbit")
    page.locator("#password-code").fill("000000")
    page.get_by_role("button", name="Change password").click()
    page.get_by_role("link", name="Your password now is not right.").wait_for()
    look(page, "a refused password")
    page.goto("/users")
    look(page, "users")
    page.locator("tbody a").first.click()
    page.get_by_role("heading", name="Change this account").wait_for()
    look(page, "a user")

    assert look.faults == []
