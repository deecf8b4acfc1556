"""Signing in, enrolling and signing out through the pages."""

import pytest

from support.web import GOOD, LOCKED, PASSWORD, USED, WRONG


def first_step(visitor, username="anna", password=PASSWORD):
    return visitor.post("/sign-in", on="/sign-in", username=username, password=password, next="/history")


def code(visitor, digits, field="code"):
    page = "/sign-in/recovery" if field == "recovery" else "/sign-in/code"
    return visitor.post("/sign-in/code", on=page, next="/history", **{field: digits})


def test_both_steps_open_a_session_and_go_on_to_where_one_was_led_from(visitor):
    assert first_step(visitor).headers["Location"] == "/sign-in/code?next=/history"

    opened = code(visitor, GOOD)

    assert opened.headers["Location"] == "/history"
    assert "Sign out" in visitor.get("/").text


def test_the_password_alone_opens_nothing(visitor):
    first_step(visitor)

    assert visitor.get("/customers").headers["Location"] == "/sign-in?next=/customers"


def test_a_code_without_the_password_step_opens_nothing(visitor):
    assert visitor.post("/sign-in/code", on="/sign-in", code=GOOD).status_code == 401


def test_an_unknown_name_and_a_wrong_password_are_told_alike(visitor):
    unknown = first_step(visitor, username="nobody")
    wrong = first_step(visitor, password="wrong")

    assert unknown.status_code == wrong.status_code == 401
    assert "do not match an account" in unknown.text
    assert "do not match an account" in wrong.text


@pytest.mark.parametrize("fields", [{"username": ""}, {"password": ""}])
def test_an_empty_field_is_told(visitor, fields):
    assert first_step(visitor, **fields).status_code == 422


@pytest.mark.parametrize(
    ("digits", "status", "told"),
    [
        (WRONG, 422, "That code is not right."),
        (USED, 422, "That code was used already."),
        (LOCKED, 429, "Wait until 15 March 2026, 12:05 UTC."),
        ("", 422, "Enter the code."),
    ],
)
def test_a_code_that_is_not_accepted_is_told_and_never_shown(visitor, digits, status, told):
    first_step(visitor)
    refused = code(visitor, digits)

    assert refused.status_code == status
    assert told in refused.text
    assert not digits or digits not in refused.text


def test_a_recovery_code_signs_in_from_its_own_page(visitor):
    first_step(visitor)

    assert code(visitor, GOOD, field="recovery").headers["Location"] == "/history"


def test_the_session_cookie_is_new_at_each_step_and_closed_to_scripts(visitor):
    first_step(visitor)
    pending = visitor.client.get_cookie("sign-in")
    opened = code(visitor, GOOD)

    cookie = next(c for c in opened.headers.getlist("Set-Cookie") if c.startswith("session="))
    assert pending.value not in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert visitor.client.get_cookie("sign-in") is None


def test_signing_out_ends_the_session_on_the_server(application, anna):
    token = anna.client.get_cookie("session").value
    anna.post("/sign-out")

    assert application.access.session(token) is None
    assert anna.client.get_cookie("session") is None
    assert anna.client.get_cookie("conversation") is None


def test_a_new_user_sets_up_the_second_factor_before_anything_else(visitor):
    led = first_step(visitor, username="new")
    assert led.headers["Location"] == "/sign-in/enrol?next=/history"

    page = visitor.get("/sign-in/enrol").text
    assert "JBSW Y3DP EHPK 3PXP" in page
    assert "<svg" in page

    codes = visitor.post("/sign-in/enrol", on="/sign-in/enrol", code=GOOD, next="/history").text
    assert "aaaa-bbbb" in codes

    unsaved = visitor.post("/sign-in/enrol/finish", on="/sign-in/enrol", next="/history")
    assert unsaved.status_code == 422
    assert "aaaa-bbbb" not in unsaved.text
    opened = visitor.post("/sign-in/enrol/finish", on="/sign-in/enrol", saved="1", next="/history")
    assert opened.headers["Location"] == "/history"


def test_a_wrong_first_code_keeps_the_setting_up_open(visitor):
    first_step(visitor, username="new")
    refused = visitor.post("/sign-in/enrol", on="/sign-in/enrol", code=WRONG)

    assert refused.status_code == 422
    assert "JBSW Y3DP EHPK 3PXP" in refused.text


def test_a_sign_in_that_took_too_long_starts_again(application, visitor):
    first_step(visitor)
    application.access.pending.clear()

    expired = visitor.get("/sign-in/code")

    assert expired.status_code == 401
    assert "Start again." in expired.text


def test_an_open_session_survives_a_visit_to_the_code_page(anna):
    anna.get("/sign-in/code")

    assert "Sign out" in anna.get("/").text


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "///evil.example",
        "https://evil.example",
        "http:evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "\n//evil.example",
        "javascript:alert(1)",
        "evil.example",
        "/%0d\n",
        " //evil.example",
        "",
    ],
)
def test_going_on_never_leaves_the_site(visitor, target):
    visitor.post("/sign-in", on="/sign-in", username="anna", password=PASSWORD, next=target)
    opened = visitor.post("/sign-in/code", on="/sign-in/code", code=GOOD, next=target)

    assert opened.headers["Location"] == "/"
