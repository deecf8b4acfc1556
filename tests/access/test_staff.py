"""Users as their administrator looks after them: only the own ones, never the last administrator, and with a code."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from assistant.domain.accounts import CodeOutcome, CodeVerdict, User, is_last_administrator
from assistant.domain.errors import Conflict, Forbidden, InvalidInput, NotFound, NotSignedIn
from assistant.domain.identifiers import PartnerId, UserId
from assistant.domain.principals import Principal, Role
from assistant.domain.security_events import SecurityEvent


def two_administrators(identity):
    return identity.anna().principal, identity.user("bert")


def names(identity, principal):
    return [user.username for user in identity.parts.staff.people(principal)]


def test_an_administrator_of_a_partner_sees_its_own_people_only(quick):
    anna = quick.anna().principal
    quick.user("rita", Role.PARTNER_READER)
    quick.user("carla", partner="PA-2")
    quick.user("olga", Role.OPERATOR, partner=None)

    assert names(quick, anna) == ["anna", "rita"]


def test_the_services_administrator_sees_everybody(quick):
    quick.anna()
    quick.user("carla", partner="PA-2")
    root = quick.user("root", Role.ADMINISTRATOR, partner=None)

    assert names(quick, root) == ["anna", "carla", "root"]


@pytest.mark.parametrize("role", [Role.PARTNER_READER, Role.SALES, Role.OPERATOR, Role.EDITOR])
def test_other_roles_see_nobody(quick, role):
    principal = quick.user("olga", role, partner="PA-1" if role is Role.PARTNER_READER else None)

    with pytest.raises(Forbidden):
        quick.parts.staff.people(principal)


@pytest.mark.parametrize("act", ["person", "close", "reopen", "invite_again", "change_role"])
def test_another_partners_user_is_not_found_like_one_that_does_not_exist(quick, act):
    anna = quick.anna().principal
    carla = quick.user("carla", partner="PA-2").user_id
    told = []
    for user_id in (carla, UserId("US-none")):
        more = {"person": (), "change_role": (Role.PARTNER_READER, quick.fresh_code())}
        arguments = more.get(act) or (() if act == "person" else (quick.fresh_code(),))
        with pytest.raises(NotFound) as missing:
            getattr(quick.parts.staff, act)(anna, user_id, *arguments)
        told.append(missing.value.message)

    assert told[0] == told[1]


def test_a_new_role_ends_the_sessions_and_holds_from_the_next_sign_in(quick):
    anna, bert = two_administrators(quick)
    session = quick.access.complete(quick.begin("bert"), quick.code(), address="192.0.2.1")

    assert quick.parts.staff.change_role(anna, bert.user_id, Role.PARTNER_READER, quick.fresh_code()) is None

    assert quick.access.session(session.token) is None
    assert quick.accounts.user("bert").principal.role is Role.PARTNER_READER


def test_a_closed_user_is_out_at_once_and_back_in_when_opened_again(quick):
    anna, bert = two_administrators(quick)
    session = quick.access.complete(quick.begin("bert"), quick.code(), address="192.0.2.1")
    secret, _ = quick.parts.tokens.make(bert.user_id, "robot", ["policy:read"], 9, quick.fresh_code())

    quick.parts.staff.close(anna, bert.user_id, quick.fresh_code())

    assert quick.access.session(session.token) is None
    assert quick.parts.tokens.bearer(secret) is None
    with pytest.raises(NotSignedIn):
        quick.begin("bert")
    quick.parts.staff.reopen(anna, bert.user_id, quick.fresh_code())
    assert quick.begin("bert")
    assert quick.parts.tokens.bearer(secret) is None


@pytest.mark.parametrize("act", ["close", "change_role"])
@pytest.mark.parametrize("role", [Role.PARTNER_ADMIN, Role.ADMINISTRATOR])
def test_the_last_administrator_stays(quick, act, role):
    partner = "PA-1" if role is Role.PARTNER_ADMIN else None
    last = quick.user("last", role, partner=partner)
    lesser = Role.PARTNER_READER if partner else Role.SALES
    quick.user("lesser", lesser, partner=partner)
    quick.user("elsewhere", Role.PARTNER_ADMIN, partner="PA-2")

    more = () if act == "close" else (lesser,)
    remove = getattr(quick.parts.staff, act)

    with pytest.raises(Conflict, match="last administrator"):
        remove(last, last.user_id, *more, quick.fresh_code())

    assert quick.accounts.user("last").principal.role is role
    assert quick.begin("last")


def test_who_is_only_invited_is_no_administrator_to_leave_behind(quick):
    anna = quick.anna().principal
    quick.accounts.invite(username="zoe", name="Zoe", role=Role.PARTNER_ADMIN, partner_id=PartnerId("PA-1"))

    with pytest.raises(Conflict):
        quick.parts.staff.close(anna, anna.user_id, quick.fresh_code())


@pytest.mark.parametrize("act", ["close", "demote"])
def test_of_two_administrators_who_remove_each_other_at_once_one_stays(identity, act):
    anna, bert = two_administrators(identity)
    code, barrier = identity.fresh_code(), Barrier(2)

    def remove(actor, other):
        barrier.wait()
        try:
            if act == "close":
                return identity.parts.staff.close(actor, other.user_id, code)
            return identity.parts.staff.change_role(actor, other.user_id, Role.PARTNER_READER, code)
        except (Conflict, Forbidden) as error:
            return error

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(remove, (anna, bert), (bert, anna)))

    assert sorted(outcome is None for outcome in told) == [False, True]
    left = [u for u in identity.accounts.list() if u.principal.role is Role.PARTNER_ADMIN]
    assert len(left) == 1


@pytest.mark.parametrize("code", ["000000", "", "12345", "\uff11\uff12\uff13\uff14\uff15\uff16"])
def test_without_a_right_code_nothing_changes(quick, code):
    anna, bert = two_administrators(quick)

    verdict = quick.parts.staff.close(anna, bert.user_id, code)

    assert verdict == CodeVerdict(CodeOutcome.WRONG)
    assert quick.begin("bert")


def test_one_code_makes_one_change(quick):
    anna, bert = two_administrators(quick)
    quick.user("carl")
    code = quick.fresh_code()
    quick.parts.staff.close(anna, bert.user_id, code)

    verdict = quick.parts.staff.close(anna, quick.accounts.user("carl").principal.user_id, code)

    assert verdict == CodeVerdict(CodeOutcome.USED)


def test_a_role_that_was_taken_away_meanwhile_is_noticed(quick):
    anna, bert = two_administrators(quick)
    quick.parts.staff.change_role(anna, bert.user_id, Role.PARTNER_READER, quick.fresh_code())

    with pytest.raises(Forbidden):
        quick.parts.staff.close(bert, anna.user_id, quick.fresh_code())


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.ADMINISTRATOR, Role.SALES, Role.END_CUSTOMER])
def test_nobody_is_promoted_out_of_the_partner(quick, role):
    anna, bert = two_administrators(quick)

    with pytest.raises(InvalidInput):
        quick.parts.staff.change_role(anna, bert.user_id, role, quick.fresh_code())


def test_who_did_it_is_recorded(quick):
    anna, bert = two_administrators(quick)
    quick.parts.staff.close(anna, bert.user_id, quick.fresh_code())
    closed = [e for e in quick.parts.record.all() if e.name is SecurityEvent.ACCOUNT_DISABLED]

    assert [(event.user_id, event.actor_id) for event in closed] == [(bert.user_id, anna.user_id)]


def made(name, role, partner=None, **state):
    principal = Principal(UserId(name), name, role, PartnerId(partner) if partner else None)
    return User(principal, name, enrolled=True, recovery_codes_left=0, **state)


@pytest.mark.parametrize(
    ("others", "last"),
    [
        ([], True),
        ([made("b", Role.PARTNER_ADMIN, "PA-1")], False),
        ([made("b", Role.PARTNER_ADMIN, "PA-1", closed=True)], True),
        ([made("b", Role.PARTNER_ADMIN, "PA-1", invited=True)], True),
        ([made("b", Role.PARTNER_ADMIN, "PA-2")], True),
        ([made("b", Role.ADMINISTRATOR)], True),
    ],
)
def test_only_an_active_administrator_of_the_same_partner_counts(others, last):
    user = made("a", Role.PARTNER_ADMIN, "PA-1")

    assert is_last_administrator(user, [user, *others]) is last


@pytest.mark.parametrize("state", [{"closed": True}, {"invited": True}])
def test_who_cannot_act_is_never_the_last(state):
    user = made("a", Role.ADMINISTRATOR, **state)

    assert not is_last_administrator(user, [user])
