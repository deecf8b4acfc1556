"""Which language a page, a reply and a problem come in, and how somebody changes it."""

import re

import pytest

from assistant.domain.languages import Language


def shown_in(answer):
    return re.search(r'<html lang="([^"]*)"', answer.text)[1]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        (None, "en"),
        ("de", "de"),
        ("de-AT, en;q=0.5", "de"),
        ("fr, de;q=0.3, en;q=0.7", "en"),
        ("en;q=0, *", "de"),
        ("de, en", "de"),
        ("en-GB, de", "en"),
        ("fr-CA", "en"),
        ("*", "en"),
        ("\xe4;q=nan,,;", "en"),
    ],
)
def test_a_stranger_is_spoken_to_as_the_browser_asks(visitor, asked, shown):
    answer = visitor.get("/", headers={"Accept-Language": asked} if asked else {})

    assert (shown_in(answer), answer.headers["Content-Language"]) == (shown, shown)
    assert {"Accept-Language", "Cookie"} <= set(answer.vary)


def test_a_language_chosen_at_the_foot_goes_before_what_the_browser_asks_for(visitor):
    answer = visitor.post("/language", language="de", back="/what-if?op=seats")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/what-if?op=seats")
    page = visitor.get("/what-if", headers={"Accept-Language": "en"})
    assert shown_in(page) == "de"
    assert "Was wäre wenn" in page.text


def test_an_empty_choice_is_no_choice_again(visitor):
    visitor.post("/language", language="de")
    visitor.post("/language", language="")

    assert shown_in(visitor.get("/")) == "en"


def test_any_other_language_is_refused_and_a_forged_cookie_ignored(visitor):
    assert visitor.post("/language", language="fr").status_code == 422
    visitor.client.set_cookie("language", '"><script>')
    assert shown_in(visitor.get("/")) == "en"


def test_the_choice_leads_to_no_other_site(visitor):
    assert visitor.post("/language", language="de", back="//elsewhere").headers["Location"] == "/"


def test_a_page_that_is_not_there_says_so_in_german(visitor):
    answer = visitor.get("/entries/nothing", headers={"Accept-Language": "de"})

    assert answer.status_code == 404
    assert "An dieser Adresse gibt es nichts" in answer.text


def test_a_conversation_is_held_in_the_language_of_the_page(visitor):
    visitor.post("/language", language="de")
    visitor.say("can a plan end")

    assert visitor.application.spoken is Language.GERMAN


def test_quoted_policy_text_stays_english_inside_a_german_page(visitor):
    visitor.post("/language", language="de")
    visitor.say("can a plan end")
    page = visitor.get("/").text

    assert re.search(r'<blockquote[^>]* lang="en"', page)
    assert "Genauer Richtlinientext" in page


def test_programs_go_by_what_they_ask_for_and_not_by_a_cookie(api):
    api.client.set_cookie("language", "de")
    english, german = (
        api.client.get("/api/v1/entries/nothing", headers={"Accept-Language": asked})
        for asked in ("fr", "de")
    )

    assert (english.headers["Content-Language"], german.headers["Content-Language"]) == ("en", "de")
    assert "Cookie" not in german.vary
    assert (english.json["code"], german.json["code"]) == ("not_found", "not_found")
    assert (english.json["title"], german.json["title"]) == ("Not Found", "Nicht gefunden")
    assert german.json["detail"] == "An dieser Adresse gibt es nichts, oder es gehört Ihnen nicht."


@pytest.mark.parametrize("path", ["/healthz", "/static/app.css"])
def test_what_has_no_words_has_no_language(visitor, path):
    assert "Content-Language" not in visitor.get(path).headers
