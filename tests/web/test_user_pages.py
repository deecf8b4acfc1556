"""Users and links on the pages: inviting, taking up, closing, resetting by two; and what is not one's own is not there."""

import re

import pytest

from assistant.access import totp
from assistant.domain.security_events import SecurityEvent
from support.accounts import PASSWORD, Site, said_by

NEW = "plum kettle orbit"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("users"))
    yield site
    site.close()


@pytest.fixture(scope="module")
def anna(site):
    return site.signed_in("anna")


def invited(site, anna, name):
    form = {"name": name.title(), "email": f"{name}@new.example", "username": name, "role": "partner_reader"}
    answer = anna.post("/users", "/users", code=site.code(), **form)
    assert answer.status_code == 303, answer.text
    return site.link()


def enrolled(site, browser):
    shown = browser.get("/sign-in/enrol").text
    secret = re.search(r'id="key">([A-Z2-7 ]+)<', shown)[1].replace(" ", "")
    code = totp.code_at(secret, totp.step_of(site.clock.now()))
    browser.post("/sign-in/enrol", "/sign-in/enrol", code=code)
    return browser.post("/sign-in/enrol/finish", "/sign-in/enrol", saved="1")


def test_an_administrator_sees_the_partners_users_and_a_place_for_them(site, anna):
    page = anna.get("/users").text

    assert "Rita Person" in page
    assert "Carla Person" not in page
    assert '<a href="/users"' in anna.get("/account").text


@pytest.mark.parametrize("name", ["rita", "sal"])
def test_others_have_no_users_page(site, name):
    browser = site.signed_in(name)

    assert browser.get("/users").status_code == 403
    refused = site.identity.record.newest(1)[0]
    assert (refused.name, refused.user_id, refused.address) == (
        SecurityEvent.ACT_REFUSED, site.id_of(name), "127.0.0.1",
    )  # fmt: skip
    assert refused.request.startswith("R-")
    assert 'href="/users"' not in browser.get("/account").text


def test_an_invitation_is_taken_up_from_the_letter_to_the_session(site, anna):
    link = invited(site, anna, "zoe")
    zoe = site.visitor()
    assert "Choose a password for zoe." in zoe.get(link).text

    led = zoe.post(link, link, password=NEW, again=NEW)

    assert led.headers["Location"] == "/sign-in/enrol?next=/"
    assert enrolled(site, zoe).status_code == 303
    assert zoe.is_signed_in
    assert zoe.get(link).status_code == 404


def test_looking_at_a_link_uses_nothing_up(site, anna):
    link = invited(site, anna, "yan")
    for _ in range(3):
        assert site.visitor().get(link).status_code == 200
        assert site.visitor().client.head(link).status_code == 200

    assert site.visitor().post(link, link, password=NEW, again=NEW).status_code == 303


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"again": "other kettle orbit"}, "The two passwords differ."),
        ({"password": "short", "again": "short"}, "must have 12 to 1024 characters"),
        ({"password": "will-new-example", "again": "will-new-example"}, "too easy to guess"),
    ],
)
def test_a_password_that_is_not_taken_is_told_why(site, anna, fields, told):
    link = invited(site, anna, f"will{len(told)}")

    refused = site.visitor().post(link, link, **{"password": NEW, "again": NEW, **fields})

    assert refused.status_code == 422
    assert told in refused.text
    assert NEW not in refused.text


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"email": "none"}, "Enter one mail address"),
        ({"name": ""}, "Enter a name"),
        ({"role": "administrator"}, "Choose one of the roles"),
        ({"role": "nonsense"}, "Choose one of the roles"),
        ({"username": "two words"}, "1 to 100 characters without spaces"),
        ({"username": "anna"}, "There is a user anna already."),
        ({"code": "000000"}, "That code is not right."),
        ({"code": ""}, "Enter the code."),
    ],
)
def test_an_invitation_that_is_not_sent_is_told_why(site, anna, fields, told):
    given = {
        "name": "Vera",
        "email": "vera@new.example",
        "role": "partner_reader",
        "code": site.code(),
        **fields,
    }

    refused = anna.post("/users", "/users", **given)

    assert refused.status_code == 422
    assert told in refused.text
    assert "vera" not in [user.username for user in site.identity.accounts.list()]


def test_a_user_is_demoted_closed_and_opened_again(site, anna):
    page = f"/users/{site.id_of('bert')}"
    for act, told in (
        ("role", "read only"),
        ("close", "Closed"),
        ("reopen", "Active"),
        ("role", "may change"),
    ):
        role = {"read only": "partner_reader", "may change": "partner_admin"}.get(told, "")
        assert anna.post(page, page, act=act, role=role, code=site.code()).status_code == 303
        assert told in anna.get(page).text


def test_the_last_administrator_is_kept_and_told_so(site):
    carla = site.signed_in("carla")
    page = f"/users/{site.id_of('carla')}"

    refused = carla.post(page, page, act="close", code=site.code())

    assert refused.status_code == 422
    assert "last administrator" in refused.text
    assert carla.is_signed_in


@pytest.mark.parametrize("act", ["", "delete", "reset", "invite"])
def test_an_act_that_cannot_be_changes_nothing(site, anna, act):
    page = f"/users/{site.id_of('bert')}"

    assert anna.post(page, page, act=act, reason="why", code=site.code()).status_code in {403, 422}


@pytest.mark.parametrize("act", ["role", "close", "reopen", "invite", "reset"])
def test_another_partners_user_answers_like_one_that_does_not_exist(site, anna, act):
    answers = []
    for user_id in (site.id_of("carla"), "US-0000000000000000"):
        shown = anna.get(f"/users/{user_id}")
        done = anna.post(f"/users/{user_id}", "/users", act=act, role="partner_reader", code=site.code())
        answers.append((shown.status_code, done.status_code, said_by(shown, user_id), said_by(done, user_id)))

    assert answers[0] == answers[1]
    assert answers[0][:2] == (404, 404)


def test_a_second_factor_is_reset_by_two_administrators(site):
    root, second = site.signed_in("root"), site.signed_in("second")
    rita, page = site.signed_in("rita"), f"/users/{site.id_of('rita')}"
    asked = root.post(page, page, act="reset", reason="called back", code=site.code())
    assert asked.status_code == 303
    reset = re.search(r'name="reset" value="(FR-[^"]+)"', second.get("/users").text)[1]
    assert "Another administrator has to decide" in root.get("/users").text
    own = root.post("/users/resets", "/users", reset=reset, approve="1", code=site.code())
    assert own.status_code == 422
    assert rita.is_signed_in

    second.post("/users/resets", "/users", reset=reset, approve="1", code=site.code())

    assert not rita.is_signed_in
    visitor = site.visitor()
    visitor.post("/sign-in", "/sign-in", username="rita", password=PASSWORD)
    assert visitor.get("/sign-in/enrol").status_code == 409
    link = site.link()
    assert visitor.post(link, link, password="guess").status_code == 401
    assert visitor.post(link, link, password=PASSWORD).headers["Location"] == "/sign-in/enrol?next=/"
    assert enrolled(site, visitor).status_code == 303
    assert visitor.is_signed_in


@pytest.mark.parametrize("name", ["sal", "nobody", "", "<b>", "\u0130" * 90])
def test_asking_for_a_new_password_answers_every_name_alike(site, name):
    known = site.visitor().post("/sign-in/forgotten", "/sign-in/forgotten", username="carla")
    other = site.visitor().post("/sign-in/forgotten", "/sign-in/forgotten", username=name or " ")
    site.clock.advance(hours=1)

    if name:
        assert (known.status_code, said_by(known)) == (other.status_code, said_by(other))
        assert "a letter is on its way" in other.text
    else:
        assert other.status_code == 422


def test_a_forgotten_password_is_replaced_and_the_code_still_asked_for(site):
    site.visitor().post("/sign-in/forgotten", "/sign-in/forgotten", username="sal")
    link, sal = site.link(), site.visitor()

    assert sal.post(link, link, password=NEW, again=NEW).headers["Location"] == "/sign-in"

    assert not sal.is_signed_in
    assert site.visitor().sign_in("sal", NEW).is_signed_in


def test_asking_too_often_is_told(site):
    answers = [
        site.visitor().post("/sign-in/forgotten", "/sign-in/forgotten", username="second") for _ in range(4)
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]


@pytest.mark.parametrize("token", ["x", "..%2f..", "%00", "<script>", "x" * 3000])
def test_a_made_up_link_is_told_as_one_that_no_longer_works(site, token):
    answer = site.visitor().get(f"/links/{token}")

    assert answer.status_code in {404, 422}
    assert "<script>" not in answer.text.replace('<script type="module"', "")
