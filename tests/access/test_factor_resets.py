"""Resetting somebody's second factor: two administrators, told by mail, and a link with the password afterwards."""

import pytest

from assistant.access import totp
from assistant.domain.accounts import CodeOutcome, CodeVerdict, ResetDecision, ResetRequest
from assistant.domain.errors import Conflict, Forbidden, InvalidInput, NotFound, NotSignedIn
from assistant.domain.principals import Role
from assistant.domain.security_events import SecurityEvent
from support.access import ANNA_PASSWORD

APPROVED, REFUSED = ResetDecision.APPROVED, ResetDecision.REFUSED


@pytest.fixture
def asked(quick):
    quick.anna()
    quick.root = quick.user("root", Role.ADMINISTRATOR, partner=None)
    quick.second = quick.user("second", Role.ADMINISTRATOR, partner=None)
    quick.session = quick.sign_in()
    quick.anna_id = quick.session.user.principal.user_id
    quick.reset = quick.parts.resets.ask(
        quick.root, quick.anna_id, "called back by phone", quick.fresh_code()
    )
    assert isinstance(quick.reset, ResetRequest)
    return quick


def decided(identity, who, decision=APPROVED):
    return identity.parts.resets.decide(who, identity.reset.id, decision, identity.fresh_code())


def test_asking_changes_nothing_and_is_told_to_the_user(asked):
    assert asked.access.session(asked.session.token)
    assert asked.accounts.user("anna").enrolled
    assert asked.mail.subjects()[-1] == "Somebody asked to reset your second factor"
    assert [reset.id for reset in asked.parts.resets.open(asked.second)] == [asked.reset.id]


def test_a_second_administrator_removes_the_factor_and_everything_open(asked):
    pending = asked.begin()

    assert decided(asked, asked.second) == ""

    assert not asked.accounts.user("anna").enrolled
    assert asked.access.session(asked.session.token) is None
    with pytest.raises(NotSignedIn):
        asked.access.pending_user(pending)
    assert asked.mail.subjects()[-2:] == ["Your second factor was reset", "Set up two-factor sign-in again"]


def test_the_tokens_of_programs_end_with_the_lost_factor(asked):
    owner = asked.accounts.user("anna").principal.user_id
    secret, _ = asked.parts.tokens.make(owner, "robot", ("licences:read",), 9, asked.fresh_code())

    decided(asked, asked.second)

    assert asked.parts.tokens.bearer(secret) is None


def test_the_password_alone_does_not_lead_to_a_new_factor(asked):
    decided(asked, asked.second)

    with pytest.raises(Conflict, match="with a link"):
        asked.access.enrol(asked.begin())


def test_the_link_and_the_password_together_do(asked):
    decided(asked, asked.second)
    token = asked.parts.links.set_up_again(asked.mail.link(), ANNA_PASSWORD, address="192.0.2.1")
    secret = asked.access.enrol(token).secret
    asked.access.confirm_enrolment(token, totp.code_at(secret, totp.step_of(asked.clock.now())))

    session = asked.access.acknowledge_recovery(token, address="192.0.2.1")

    assert session.user.enrolled
    assert asked.access.session(session.token)


def test_the_link_without_the_password_opens_nothing_and_stays_good(asked):
    decided(asked, asked.second)
    link = asked.mail.link()
    with pytest.raises(NotSignedIn):
        asked.parts.links.set_up_again(link, "guess", address="192.0.2.1")
    with pytest.raises(NotFound):
        asked.parts.links.choose_password(link, "plum kettle orbit", address="192.0.2.1")

    assert asked.parts.links.set_up_again(link, ANNA_PASSWORD, address="192.0.2.1")
    with pytest.raises(NotFound):
        asked.parts.links.set_up_again(link, ANNA_PASSWORD, address="192.0.2.1")


def test_neither_who_asked_nor_the_user_decides(asked):
    quick = asked
    with pytest.raises(Forbidden, match="Another administrator"):
        decided(quick, quick.root)
    quick.reset = quick.parts.resets.ask(quick.root, quick.second.user_id, "lost", quick.fresh_code())
    with pytest.raises(Forbidden, match="Another administrator"):
        decided(quick, quick.second)

    assert quick.accounts.user("anna").enrolled
    assert quick.accounts.user("second").enrolled


@pytest.mark.parametrize("end", ["close", "demote"])
def test_what_a_former_administrator_asked_for_can_only_be_refused(asked, end):
    if end == "close":
        asked.accounts.disable("root")
    else:
        asked.accounts.change_role("root", Role.EDITOR)

    with pytest.raises(Forbidden, match="no longer"):
        decided(asked, asked.second)
    assert decided(asked, asked.second, REFUSED) == ""

    assert asked.accounts.user("anna").enrolled


@pytest.mark.parametrize("decision", [APPROVED, REFUSED])
def test_it_is_decided_once(asked, decision):
    decided(asked, asked.second, decision)

    with pytest.raises(NotFound):
        decided(asked, asked.second, APPROVED)
    assert asked.accounts.user("anna").enrolled is (decision is REFUSED)


def test_it_waits_for_a_day(asked):
    asked.clock.advance(hours=24)

    assert asked.parts.resets.open(asked.second) == ()
    with pytest.raises(NotFound):
        decided(asked, asked.second)


def test_a_wrong_code_decides_nothing(asked):
    verdict = asked.parts.resets.decide(asked.second, asked.reset.id, APPROVED, asked.wrong_code())

    assert verdict == CodeVerdict(CodeOutcome.WRONG)
    assert asked.accounts.user("anna").enrolled


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_a_reason_is_needed(asked, reason):
    with pytest.raises(InvalidInput):
        asked.parts.resets.ask(asked.root, asked.anna_id, reason, asked.fresh_code())


def test_a_partners_administrator_resets_nobody(asked):
    anna = asked.session.user.principal
    for call in (
        lambda: asked.parts.resets.open(anna),
        lambda: asked.parts.resets.ask(anna, asked.root.user_id, "why", asked.fresh_code()),
        lambda: decided(asked, anna),
    ):
        with pytest.raises(Forbidden):
            call()


def test_nobody_asks_for_the_own_factor(asked):
    with pytest.raises(Conflict):
        asked.parts.resets.ask(asked.root, asked.root.user_id, "why", asked.fresh_code())


def test_who_has_no_mail_address_gets_the_link_from_the_second_administrator(asked):
    asked.accounts.set_email("anna", None)

    assert decided(asked, asked.second).startswith("https://assistant.example/links/")


def test_asking_and_deciding_are_recorded_with_who_did_it(asked):
    decided(asked, asked.second)
    events = [(e.name, e.actor_id) for e in asked.parts.record.all() if e.user_id == asked.anna_id]

    assert (SecurityEvent.FACTOR_RESET_ASKED, asked.root.user_id) in events
    assert (SecurityEvent.FACTOR_RESET, asked.second.user_id) in events


def test_the_command_line_resets_alone_and_gets_the_link(quick):
    quick.anna()
    session = quick.sign_in()

    link = quick.accounts.reset_second_factor("anna")

    assert link.endswith(f"/links/{quick.mail.link()}")
    assert quick.access.session(session.token) is None
    with pytest.raises(Conflict, match="with a link"):
        quick.access.enrol(quick.begin())
