"""A file of changes from its upload to its result in a real browser, with and without scripts."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def page(request, new_page, sign_in):
    page = new_page(js=request.param)
    sign_in(page)
    page.goto("/bulk")
    page.scripted = request.param
    return page


def choose(page, text, name="changes.csv"):
    page.get_by_label("File of changes").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
    )
    page.get_by_role("button", name="Check the file").click()


def faults_of(page, axe):
    """What axe finds, which is itself a script."""
    return axe(page) if page.scripted else []


def test_every_fault_of_a_file_is_shown_at_once_and_nothing_is_kept(page, axe):
    choose(page, "Change,Customer,Seats\nseats,Nobody,5\nfly,Contoso,5\nseats,Contoso,many\n")

    expect(page.get_by_role("heading", name="3 places to put right")).to_be_visible()
    rows = page.get_by_role("region", name="What is wrong with the file").locator("tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.nth(2)).to_contain_text("4Seats")
    assert faults_of(page, axe) == []


def test_a_file_is_checked_confirmed_with_one_code_and_followed_to_its_result(page, desk, axe):
    # more rows than one request deals with, so that the page has to follow
    choose(page, "Change,Customer,Plan,Seats\nseats,Contoso,,+10\n" + "seats,Tailspin,,60\n" * 300)

    expect(page.get_by_role("heading", name="Check and confirm")).to_be_visible()
    assert faults_of(page, axe) == []
    page.get_by_label("Code, to confirm preview").fill("000000")
    page.locator("form.confirm button").click()
    expect(page.get_by_text("That code is not right").first).to_be_visible()
    page.get_by_label("Code, to confirm preview").fill(desk.fresh_code())
    page.locator("form.confirm button").click()

    expect(page.get_by_role("heading", name="Done")).to_be_visible(timeout=15000)
    expect(page.get_by_text("1 of 301 made")).to_be_visible()
    assert faults_of(page, axe) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="Result as CSV").click()
    assert download.value.path().read_text("utf-8").count("made") == 1
