"""Sessions end at their limits, on request, and for good."""

from datetime import timedelta

import pytest

from assistant.domain.accounts import Session
from assistant.domain.errors import NotFound
from assistant.domain.identifiers import UserId


@pytest.fixture
def session(identity):
    identity.anna()
    token = identity.begin()
    return identity.access.complete(token, identity.code(), address="192.0.2.1")


def test_a_session_lives_until_just_before_the_idle_limit(identity, session):
    identity.clock.advance(minutes=60, seconds=-1)

    assert identity.access.session(session.token) == session


def test_a_session_is_over_after_the_idle_limit(identity, session):
    identity.clock.advance(minutes=60, seconds=1)

    assert identity.access.session(session.token) is None


def test_using_a_session_moves_its_idle_limit(identity, session):
    identity.clock.advance(minutes=59)
    identity.access.session(session.token)

    identity.clock.advance(minutes=59)

    assert isinstance(identity.access.session(session.token), Session)


def use_until(identity, session, minutes):
    for _ in range(minutes // 30):
        identity.clock.advance(minutes=30)
        identity.access.session(session.token)


def test_a_session_in_use_lives_until_just_before_the_absolute_limit(identity, session):
    use_until(identity, session, minutes=690)

    identity.clock.advance(minutes=30, seconds=-1)

    assert identity.access.session(session.token) == session


def test_a_session_in_use_is_over_after_the_absolute_limit(identity, session):
    use_until(identity, session, minutes=690)

    identity.clock.advance(minutes=30, seconds=1)

    assert identity.access.session(session.token) is None


def test_an_ended_session_stays_ended(identity, session):
    identity.access.end(session.token)
    identity.access.end(session.token)

    assert identity.access.session(session.token) is None
    assert identity.access.sessions(session.user.principal.user_id) == ()


@pytest.mark.parametrize("token", ["", "made-up", "\udcff", "x" * 100_000])
def test_a_made_up_token_is_no_session_and_ending_it_no_error(identity, session, token):
    identity.access.end(token)

    assert identity.access.session(token) is None
    assert identity.access.session(session.token) == session


def test_the_owner_sees_live_sessions_newest_first(identity, session):
    identity.clock.advance(minutes=1)
    later = identity.sign_in()

    views = identity.access.sessions(session.user.principal.user_id)

    assert [view.created_at for view in views] == [
        later.expires_at - timedelta(hours=12),
        session.expires_at - timedelta(hours=12),
    ]
    assert {(view.username, view.device) for view in views} == {("anna", "Test browser")}


def test_the_list_leaves_out_what_is_over(identity, session):
    identity.clock.advance(minutes=61)

    assert identity.access.sessions(session.user.principal.user_id) == ()


def test_the_owner_can_end_another_session(identity, session):
    identity.clock.advance(minutes=1)
    other = identity.sign_in()
    anna = session.user.principal.user_id
    oldest = identity.access.sessions(anna)[-1]

    identity.access.revoke(anna, oldest.id)

    assert identity.access.session(session.token) is None
    assert isinstance(identity.access.session(other.token), Session)


@pytest.mark.parametrize("session_id", ["SE-none", None])
def test_the_session_of_somebody_else_is_not_found_like_one_that_does_not_exist(
    identity, session, session_id
):
    existing = identity.access.sessions(session.user.principal.user_id)[0].id

    with pytest.raises(NotFound, match=r"There is no such session\."):
        identity.access.revoke(UserId("US-other"), session_id or existing)

    assert identity.access.session(session.token) == session


def test_aged_sessions_reach_their_limit_without_waiting(identity, session):
    aged = identity.accounts.age_sessions(timedelta(minutes=61))

    assert aged == 1
    assert identity.access.session(session.token) is None


def test_an_administrator_can_end_all_sessions_of_a_user(identity, session):
    pending = identity.begin()

    ended = identity.accounts.revoke_sessions("anna")

    assert ended == 1
    assert identity.access.session(session.token) is None
    assert identity.access.session(pending) is None


def test_provisioning_again_ends_the_sessions_of_before(identity, session):
    identity.anna()

    assert identity.access.session(session.token) is None
