"""Tokens of programs: shown once, limited, with an end, and dead with their owner."""

import pytest

from assistant.domain.accounts import TOKEN_PREFIX, CodeOutcome, CodeVerdict, Scope
from assistant.domain.errors import InvalidInput, NotFound
from assistant.domain.principals import Role
from assistant.persistence.tables.identity_links import access_tokens
from support.databases import rows_of


@pytest.fixture
def owned(quick):
    quick.id = quick.anna().principal.user_id
    quick.secret, quick.view = made(quick)
    return quick


def made(identity, name="nightly report", scopes=("licences:read",), days=30):
    outcome = identity.parts.tokens.make(identity.id, name, scopes, days, identity.fresh_code())
    assert not isinstance(outcome, CodeVerdict)
    return outcome


def test_a_token_is_its_owner_within_its_scopes(owned):
    bearer = owned.parts.tokens.bearer(owned.secret)

    assert owned.secret.startswith(TOKEN_PREFIX)
    assert bearer.user.username == "anna"
    assert bearer.token.scopes == (Scope.LICENCES_READ,)


def test_only_a_hash_of_it_is_stored(owned):
    rows = repr(rows_of(owned.database)[access_tokens.name])

    assert owned.view.id in rows
    assert owned.secret.removeprefix(TOKEN_PREFIX) not in rows
    assert owned.secret not in repr(owned.parts.tokens.list(owned.id))


@pytest.mark.parametrize(("seconds", "good"), [(-1, True), (0, False), (1, False)])
def test_a_token_ends(owned, seconds, good):
    owned.clock.advance(days=30, seconds=seconds)

    assert (owned.parts.tokens.bearer(owned.secret) is not None) is good
    assert bool(owned.parts.tokens.list(owned.id)) is good


def test_a_revoked_token_is_refused_from_the_next_request_on(owned):
    owned.parts.tokens.revoke(owned.view.id, owned.id)

    assert owned.parts.tokens.bearer(owned.secret) is None
    with pytest.raises(NotFound):
        owned.parts.tokens.revoke(owned.view.id, owned.id)


def test_somebody_elses_token_is_not_found(owned):
    bert = owned.user("bert").user_id

    with pytest.raises(NotFound):
        owned.parts.tokens.revoke(owned.view.id, bert)
    assert owned.parts.tokens.bearer(owned.secret)


def test_a_token_dies_with_its_owners_account(owned):
    owned.user("bert")
    owned.accounts.disable("anna")

    assert owned.parts.tokens.bearer(owned.secret) is None


def test_a_token_has_the_role_of_today(owned):
    bert = owned.user("bert")
    owned.parts.staff.change_role(bert, owned.id, Role.PARTNER_READER, owned.fresh_code())

    assert owned.parts.tokens.bearer(owned.secret).user.principal.role is Role.PARTNER_READER


def test_no_token_is_made_without_a_fresh_code(owned):
    for code in (owned.wrong_code(), owned.code()):
        verdict = owned.parts.tokens.make(owned.id, "robot", ["policy:read"], 1, code)
        assert verdict.outcome in {CodeOutcome.WRONG, CodeOutcome.USED}

    assert len(owned.parts.tokens.list(owned.id)) == 1


@pytest.mark.parametrize(
    ("name", "scopes", "days", "field"),
    [
        ("", ["policy:read"], 1, "name"),
        ("x" * 101, ["policy:read"], 1, "name"),
        ("a\nb", ["policy:read"], 1, "name"),
        ("robot", [], 1, "scopes"),
        ("robot", ["everything"], 1, "scopes"),
        ("robot", ["policy:read", "users"], 1, "scopes"),
        ("robot", ["policy:read"], 0, "days"),
        ("robot", ["policy:read"], 367, "days"),
        ("robot", ["policy:read"], 2**53, "days"),
    ],
)
def test_a_token_that_cannot_be_is_told_by_its_field(owned, name, scopes, days, field):
    with pytest.raises(InvalidInput) as refused:
        owned.parts.tokens.make(owned.id, name, scopes, days, owned.fresh_code())

    assert refused.value.field == field


def test_the_last_use_is_noted_once_a_minute(owned):
    owned.parts.tokens.bearer(owned.secret)
    first = owned.parts.tokens.list(owned.id)[0].last_used_at
    owned.clock.advance(seconds=59)
    owned.parts.tokens.bearer(owned.secret)
    assert owned.parts.tokens.list(owned.id)[0].last_used_at == first

    owned.clock.advance(seconds=1)
    owned.parts.tokens.bearer(owned.secret)

    assert owned.parts.tokens.list(owned.id)[0].last_used_at == owned.clock.now()


@pytest.mark.parametrize("secret", ["", "mspa_", "mspa_made-up", "mspa_\udcff", "made-up"])
def test_a_made_up_token_is_nobodys(owned, secret):
    assert owned.parts.tokens.bearer(secret) is None


def test_a_session_token_is_no_programs_and_the_other_way_round(owned):
    owned.clock.advance(seconds=30)
    session = owned.sign_in()

    assert owned.parts.tokens.bearer(session.token) is None
    assert owned.access.session(owned.secret) is None
