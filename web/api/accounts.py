"""One's own sessions and tokens, and the users one looks after, for programs that signed in as a person.

Tokens of programs reach none of this.
"""

from typing import Any

from assistant.domain.accounts import CodeVerdict, Invitation, SessionView, TokenView, User
from assistant.domain.errors import InvalidInput
from assistant.domain.identifiers import CustomerId, PartnerId, UserId
from assistant.domain.principals import Permission, Principal, Role, may
from assistant.ports.wire.fields import Fields
from web import queries, visitors
from web.api.bodies import body
from web.api.session import refusal
from web.current import application

_LONGEST_CODE = 100


def sessions() -> dict[str, Any]:
    """List one's own live sessions, newest first."""
    who = visitors.bearer()
    queries.only()
    return {"sessions": [_session(view) for view in application().access.sessions(who.user_id)]}


def end_session(session_id: str) -> tuple[str, int]:
    """End one of them."""
    who = visitors.bearer()
    application().access.revoke(who.user_id, session_id)
    return "", 204


def tokens() -> dict[str, Any]:
    """List one's own tokens that are still good, newest first."""
    who = visitors.bearer()
    queries.only()
    return {"tokens": [_token(view) for view in application().identity.tokens.list(who.user_id)]}


def make_token() -> tuple[dict[str, Any], int]:
    """Make a token after a fresh code; its secret stands in this answer only."""
    who, fields = visitors.bearer(), body()
    name, scopes, days = fields.text("name"), fields.texts("scopes"), fields.number("days")
    code = _code(fields)
    made = application().identity.tokens.make(who.user_id, name, scopes, days, code)
    if isinstance(made, CodeVerdict):
        raise refusal(made)
    secret, view = made
    return {"token": secret} | _token(view), 201


def revoke_token(token_id: str) -> tuple[str, int]:
    """Revoke one of one's own tokens."""
    who = visitors.bearer()
    application().identity.tokens.revoke(token_id, who.user_id)
    return "", 204


def users() -> dict[str, Any]:
    """List the users one looks after."""
    who = visitors.bearer()
    queries.only()
    return {"users": [_user(user) for user in application().identity.staff.people(who)]}


def user(user_id: str) -> dict[str, Any]:
    """Show one of them."""
    who = visitors.bearer()
    queries.only()
    return _user(application().identity.staff.person(who, UserId(user_id)))


def invite() -> tuple[dict[str, Any], int]:
    """Invite somebody after a fresh code."""
    who, fields = visitors.bearer(), body()
    customer = fields.optional_text("customer_id")
    email = fields.text("email")
    invitation = Invitation(
        username=fields.optional_text("username") or email,
        name=fields.text("name"),
        role=_role(fields),
        email=email,
        partner_id=_known_partner(who, fields.optional_text("partner_id")),
        customer_id=CustomerId(customer) if customer else None,
    )
    invited = application().identity.staff.invite(who, invitation, _code(fields))
    if isinstance(invited, CodeVerdict):
        raise refusal(invited)
    return _user(invited), 201


def change_role(user_id: str) -> tuple[str, int]:
    """Change a role after a fresh code; the user's sessions end."""
    who, fields = visitors.bearer(), body()
    role = _role(fields)
    outcome = application().identity.staff.change_role(who, UserId(user_id), role, _code(fields))
    return _after(outcome)


def close(user_id: str) -> tuple[str, int]:
    """Close an account after a fresh code."""
    who, fields = visitors.bearer(), body()
    return _after(application().identity.staff.close(who, UserId(user_id), _code(fields)))


def reopen(user_id: str) -> tuple[str, int]:
    """Open a closed account again after a fresh code."""
    who, fields = visitors.bearer(), body()
    return _after(application().identity.staff.reopen(who, UserId(user_id), _code(fields)))


def invite_again(user_id: str) -> tuple[str, int]:
    """Send a new link after a fresh code."""
    who, fields = visitors.bearer(), body()
    return _after(application().identity.staff.invite_again(who, UserId(user_id), _code(fields)))


def _after(outcome: CodeVerdict | None) -> tuple[str, int]:
    if outcome is not None:
        raise refusal(outcome)
    return "", 204


def _code(fields: Fields) -> str:
    code = fields.text("code", limit=_LONGEST_CODE)
    fields.done()
    return code


def _role(fields: Fields) -> Role:
    role = fields.text("role")
    if role not in {known.value for known in Role}:
        raise fields.wrong("role", "must be one of " + ", ".join(known.value for known in Role))
    return Role(role)


def _session(view: SessionView) -> dict[str, Any]:
    return {
        "id": view.id,
        "created_at": view.created_at.isoformat(),
        "last_seen_at": view.last_seen_at.isoformat(),
        "expires_at": view.expires_at.isoformat(),
        "device": view.device,
        "address": view.address,
    }


def _token(view: TokenView) -> dict[str, Any]:
    return {
        "id": view.id,
        "name": view.name,
        "scopes": [scope.value for scope in view.scopes],
        "created_at": view.created_at.isoformat(),
        "expires_at": view.expires_at.isoformat(),
        "last_used_at": view.last_used_at.isoformat() if view.last_used_at else None,
    }


def _user(user: User) -> dict[str, Any]:
    return {
        "id": user.principal.user_id,
        "username": user.username,
        "name": user.principal.name,
        "role": user.principal.role.value,
        "email": user.email,
        "invited": user.invited,
        "enrolled": user.enrolled,
        "closed": user.closed,
    }


def _known_partner(who: Principal, named: str | None) -> PartnerId | None:
    # a partner's administrator invites into the own partner, whatever is sent
    if not named or not may(who, Permission.USERS_ADMINISTER):
        return None
    if named not in {partner.id for partner in application().provisioning.partners()}:
        raise InvalidInput("partner_id", "must be the id of a partner that exists")
    return PartnerId(named)
