"""A forgotten password: the same answer for every name, a link for an hour, and never past the second factor."""

import pytest

from assistant.domain.accounts import LinkPurpose, Session
from assistant.domain.errors import NotFound, NotSignedIn, TooManyAttempts
from assistant.persistence.tables.identity import attempts, security_events
from assistant.persistence.tables.identity_links import letters, one_time_links
from support.access import ANNA_PASSWORD

NEW = "plum kettle orbit"
ASKED = {"address": "192.0.2.8"}


def asked(identity):
    identity.anna()
    identity.parts.links.ask_new_password("anna", **ASKED)
    return identity.mail.link()


def rows(identity):
    from sqlalchemy import func, select

    with identity.database.reading() as connection:
        return [
            connection.scalar(select(func.count()).select_from(table))
            for table in (attempts, letters, one_time_links, security_events)
        ]


def test_the_link_sets_a_new_password_and_the_code_is_still_asked_for(quick):
    link = asked(quick)

    assert quick.parts.links.choose_password(link, NEW, **ASKED) is None

    with pytest.raises(NotSignedIn):
        quick.begin(password=ANNA_PASSWORD)
    token = quick.begin(password=NEW)
    assert quick.access.session(token) is None
    assert isinstance(quick.access.complete(token, quick.code(), address="192.0.2.8"), Session)


def test_the_link_ends_sessions_sign_ins_and_is_told_by_mail(quick):
    link = asked(quick)
    session, pending = quick.sign_in(), quick.begin()

    quick.parts.links.choose_password(link, NEW, **ASKED)

    assert quick.access.session(session.token) is None
    with pytest.raises(NotSignedIn):
        quick.access.pending_user(pending)
    assert quick.mail.subjects()[-1] == "Your password was changed"


@pytest.mark.parametrize(("minutes", "good"), [(59, True), (60, False)])
def test_the_link_is_good_for_an_hour(quick, minutes, good):
    link = asked(quick)
    quick.clock.advance(minutes=minutes)
    try:
        found = quick.parts.links.open(link).purpose
    except NotFound:
        found = None

    assert found == (LinkPurpose.PASSWORD_RESET if good else None)


@pytest.mark.parametrize("name", ["nobody", "", "an na", "closed", "\ud800"])
def test_every_other_name_gets_the_same_answer_after_the_same_work(quick, name):
    quick.anna()
    quick.user("closed")
    quick.accounts.disable("closed")
    before = rows(quick)
    known = quick.parts.links.ask_new_password("anna", **ASKED)
    between = rows(quick)

    unknown = quick.parts.links.ask_new_password(name, **ASKED)

    assert known == unknown
    assert [b - a for a, b in zip(before, between, strict=True)] == [
        b - a for a, b in zip(between, rows(quick), strict=True)
    ]
    assert [letter.address for letter in quick.mail.letters] == ["anna@partner.example"]


def test_a_stranger_who_asks_changes_nothing(quick):
    quick.anna()
    session = quick.sign_in()
    quick.parts.links.ask_new_password("anna", **ASKED)

    assert quick.access.session(session.token) == session
    assert quick.begin(password=ANNA_PASSWORD)


@pytest.mark.parametrize("name", ["anna", "nobody"])
def test_a_name_gets_three_letters_an_hour_whether_it_exists_or_not(quick, name):
    quick.anna()
    for number in range(3):
        quick.parts.links.ask_new_password(name, address=f"192.0.2.{number}")

    with pytest.raises(TooManyAttempts):
        quick.parts.links.ask_new_password(name, address="198.51.100.1")


def test_an_address_asks_for_twenty_names_an_hour(quick):
    for number in range(20):
        quick.parts.links.ask_new_password(f"name{number}", **ASKED)

    with pytest.raises(TooManyAttempts):
        quick.parts.links.ask_new_password("another", **ASKED)


def test_the_addresses_of_one_ipv6_subscriber_ask_as_one(quick):
    for number in range(20):
        quick.parts.links.ask_new_password(f"name{number}", address=f"2001:db8::{number:x}")

    with pytest.raises(TooManyAttempts):
        quick.parts.links.ask_new_password("another", address="2001:db8::ffff")


def test_a_stranger_who_asks_does_not_take_away_the_link_for_a_new_second_factor(quick):
    quick.anna()
    quick.accounts.reset_second_factor("anna")
    link = quick.mail.link()

    quick.parts.links.ask_new_password("anna", **ASKED)

    assert quick.parts.links.open(link).purpose is LinkPurpose.ENROLMENT


def test_a_password_chosen_by_mail_uses_up_every_other_link(quick):
    quick.anna()
    quick.accounts.reset_second_factor("anna")
    earlier = quick.mail.link()
    quick.parts.links.ask_new_password("anna", **ASKED)

    quick.parts.links.choose_password(quick.mail.link(), NEW, **ASKED)

    with pytest.raises(NotFound):
        quick.parts.links.open(earlier)


@pytest.mark.parametrize("token", ["", "made-up", "\udcff", "x" * 5000])
def test_a_made_up_link_is_not_found(quick, token):
    with pytest.raises(NotFound):
        quick.parts.links.open(token)
    with pytest.raises(NotFound):
        quick.parts.links.choose_password(token, NEW, **ASKED)


def test_a_link_of_a_closed_account_opens_nothing(quick):
    link = asked(quick)
    quick.user("bert")
    quick.accounts.disable("anna")

    with pytest.raises(NotFound):
        quick.parts.links.choose_password(link, NEW, **ASKED)
