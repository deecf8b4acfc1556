"""Invitations: a link that works once, for a day, and leads to a password and a second factor."""

import pytest

from assistant.access import totp
from assistant.domain.accounts import Invitation, LinkPurpose, Session
from assistant.domain.errors import Conflict, Forbidden, InvalidInput, NotFound, NotSignedIn
from assistant.domain.identifiers import PartnerId
from assistant.domain.principals import Role
from assistant.domain.security_events import SecurityEvent

NEW = "plum kettle orbit"
ZOE = Invitation("zoe", "Zoe New", Role.PARTNER_READER, "zoe@partner.example")


def invited(identity, invitation=ZOE):
    anna = identity.anna().principal
    assert not hasattr(identity.parts.staff.invite(anna, invitation, identity.fresh_code()), "outcome")
    return identity.mail.link()


def enrolled(identity, token):
    secret = identity.access.enrol(token).secret
    code = totp.code_at(secret, totp.step_of(identity.clock.now()))
    identity.access.confirm_enrolment(token, code)
    return identity.access.acknowledge_recovery(token, address="192.0.2.5")


def test_the_link_leads_to_a_password_a_second_factor_and_a_session(quick):
    link = invited(quick)
    opened = quick.parts.links.open(link)

    session = enrolled(quick, quick.parts.links.choose_password(link, NEW, address="192.0.2.5"))

    assert (opened.purpose, opened.user.username, opened.user.invited) == (
        LinkPurpose.INVITATION,
        "zoe",
        True,
    )
    assert isinstance(session, Session)
    assert session.user.principal.partner_id == "PA-1"
    assert quick.access.session(session.token) == session


def test_the_letter_tells_who_invited_whom_and_until_when(quick):
    invited(quick)
    letter = quick.mail.letters[-1]

    assert letter.address == "zoe@partner.example"
    assert "Anna has made an account for you. Your sign-in name is zoe." in letter.text
    assert "https://assistant.example/links/" in letter.text
    assert "until 2026-03-16 10:00 UTC" in letter.text


def test_a_link_works_once(quick):
    link = invited(quick)
    quick.parts.links.choose_password(link, NEW, address="192.0.2.5")

    with pytest.raises(NotFound, match="used already"):
        quick.parts.links.choose_password(link, "another kettle orbit", address="192.0.2.5")


def test_a_weak_password_leaves_the_link_good(quick):
    link = invited(quick)
    for weak in ("short", "zoe-new-zoe-new", "password1234"):
        with pytest.raises(InvalidInput):
            quick.parts.links.choose_password(link, weak, address="192.0.2.5")

    assert quick.parts.links.choose_password(link, NEW, address="192.0.2.5")


@pytest.mark.parametrize(("hours", "good"), [(23.9, True), (24, False)])
def test_a_link_is_good_for_a_day(quick, hours, good):
    link = invited(quick)
    quick.clock.advance(hours=hours)
    try:
        found = quick.parts.links.open(link).user.username
    except NotFound:
        found = None

    assert found == ("zoe" if good else None)


def test_the_newest_link_is_the_only_one(quick):
    first = invited(quick)
    anna = quick.accounts.user("anna").principal
    zoe = quick.accounts.user("zoe").principal.user_id
    assert quick.parts.staff.invite_again(anna, zoe, quick.fresh_code()) is None

    with pytest.raises(NotFound):
        quick.parts.links.open(first)
    assert quick.parts.links.open(quick.mail.link()).user.username == "zoe"


def test_the_password_alone_leads_to_no_second_factor_when_the_link_was_left_halfway(quick):
    quick.parts.links.choose_password(invited(quick), NEW, address="192.0.2.5")

    token = quick.begin("zoe", NEW)

    with pytest.raises(Conflict, match="with a link"):
        quick.access.enrol(token)


def test_who_is_invited_cannot_sign_in_with_any_password(quick):
    invited(quick)
    for password in ("", "plum kettle orbit"):
        with pytest.raises(NotSignedIn):
            quick.begin("zoe", password)


@pytest.mark.parametrize(
    "wrong",
    [
        Invitation("zoe", "Zoe", Role.PARTNER_READER, ""),
        Invitation("zoe", "Zoe", Role.PARTNER_READER, "no address"),
        Invitation("zoe", "Zoe", Role.PARTNER_READER, "zoe@x.example\r\nBcc: all@x.example"),
        Invitation("", "Zoe", Role.PARTNER_READER, "zoe@x.example"),
        Invitation("zoe", "", Role.PARTNER_READER, "zoe@x.example"),
        Invitation("zoe", "Zoe", Role.OPERATOR, "zoe@x.example"),
        Invitation("zoe", "Zoe", Role.ADMINISTRATOR, "zoe@x.example"),
    ],
)
def test_a_partners_administrator_invites_for_the_two_partner_roles_only(quick, wrong):
    anna = quick.anna().principal
    with pytest.raises(InvalidInput):
        quick.parts.staff.invite(anna, wrong, quick.fresh_code())

    assert [user.username for user in quick.accounts.list()] == ["anna"]


def test_a_partner_that_is_named_is_not_believed(quick):
    invited(quick, Invitation("zoe", "Zoe", Role.PARTNER_ADMIN, "zoe@x.example", PartnerId("PA-2")))

    assert quick.accounts.user("zoe").principal.partner_id == "PA-1"


def test_a_refusal_uses_up_no_code(quick):
    anna, code = quick.anna().principal, quick.fresh_code()
    taken = Invitation("anna", "Other", Role.PARTNER_READER, "other@partner.example")
    with pytest.raises(Conflict):
        quick.parts.staff.invite(anna, taken, code)

    assert quick.parts.staff.invite(anna, ZOE, code).username == "zoe"


@pytest.mark.parametrize("role", [Role.SALES, Role.EDITOR, Role.OPERATOR])
def test_other_roles_invite_nobody(quick, role):
    principal = quick.user("olga", role, partner=None)

    with pytest.raises(Forbidden):
        quick.parts.staff.invite(principal, ZOE, quick.fresh_code())


def test_neither_link_nor_letter_stands_in_the_database(quick):
    link = invited(quick)
    quick.mail.away = True
    anna, zoe = quick.accounts.user("anna").principal, quick.accounts.user("zoe").principal
    quick.parts.staff.invite_again(anna, zoe.user_id, quick.fresh_code())
    with quick.storage.reading() as unit:
        waiting = unit.letters.unsent()
    quick.database.close()
    stored = b"".join(path.read_bytes() for path in quick.place.parent.glob("assistant.sqlite3*"))

    assert len(waiting) == 1
    assert link.encode() not in stored
    assert b"Choose a password" not in stored


def test_what_became_of_an_invitation_is_recorded(quick):
    link = invited(quick)
    enrolled(quick, quick.parts.links.choose_password(link, NEW, address="192.0.2.5"))
    anna, zoe = (quick.accounts.user(name).principal.user_id for name in ("anna", "zoe"))
    events = [(e.name, e.actor_id, e.address) for e in quick.parts.record.all() if e.user_id == zoe]

    assert events[:3] == [
        (SecurityEvent.ACCOUNT_INVITED, anna, ""),
        (SecurityEvent.ACCOUNT_ACTIVATED, None, "192.0.2.5"),
        (SecurityEvent.FACTOR_ENROLLED, None, "192.0.2.5"),
    ]
