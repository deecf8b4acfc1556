"""Colours: as the system has them, light or dark, on every page."""

import pytest


def test_pages_follow_the_system_until_somebody_chooses(visitor):
    assert "data-theme" not in visitor.get("/").text


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_chosen_colours_stay_and_lead_back_to_the_page(visitor, colours):
    answer = visitor.post("/colours", colours=colours, back="/what-if")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/what-if")
    assert f'data-theme="{colours}"' in visitor.get("/month").text


def test_going_back_to_the_system_forgets_the_choice(visitor):
    visitor.post("/colours", colours="dark")
    visitor.post("/colours", colours="system")

    assert "data-theme" not in visitor.get("/").text


def test_other_colours_are_refused(visitor):
    assert visitor.post("/colours", colours="red").status_code == 422


def test_a_forged_cookie_is_no_theme(visitor):
    visitor.client.set_cookie("colours", '"><script>')

    assert "data-theme" not in visitor.get("/").text


def test_the_choice_leads_to_no_other_site(visitor):
    assert visitor.post("/colours", colours="dark", back="//elsewhere").headers["Location"] == "/"
