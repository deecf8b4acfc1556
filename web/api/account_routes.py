"""The routes of accounts: sessions, tokens of programs, users."""

from typing import Any

from assistant.domain.accounts import Scope
from assistant.domain.principals import Role
from web.api import accounts
from web.api.routes import Route

_TEXT: dict[str, Any] = {"type": "string"}
_ROLE: dict[str, Any] = {"type": "string", "enum": [role.value for role in Role]}
_SCOPES: dict[str, Any] = {
    "type": "array",
    "minItems": 1,
    "items": {"type": "string", "enum": [scope.value for scope in Scope]},
}
_DAYS: dict[str, Any] = {"type": "integer", "minimum": 1, "maximum": 366}


def _body(*required: str, **properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


_WITH_CODE = _body("code", code=_TEXT)

ACCOUNT_ROUTES: tuple[Route, ...] = (
    Route("GET", "/sessions", "bearer", "One's own sessions", accounts.sessions, "sessions"),
    Route(
        "DELETE",
        "/sessions/{session_id}",
        "bearer",
        "End one of them",
        accounts.end_session,
        "session_revoke",
        success=204,
    ),
    Route("GET", "/tokens", "bearer", "One's own tokens for programs", accounts.tokens, "tokens"),
    Route(
        "POST",
        "/tokens",
        "bearer",
        "Make one; it is shown this once",
        accounts.make_token,
        "token_make",
        body=_body("name", "scopes", "days", "code", name=_TEXT, scopes=_SCOPES, days=_DAYS, code=_TEXT),
        success=201,
    ),
    Route(
        "DELETE",
        "/tokens/{token_id}",
        "bearer",
        "Revoke one of them",
        accounts.revoke_token,
        "token_revoke",
        success=204,
    ),
    Route("GET", "/users", "bearer", "The users one looks after", accounts.users, "users"),
    Route(
        "POST",
        "/users",
        "bearer",
        "Invite somebody",
        accounts.invite,
        "user_invite",
        body=_body(
            "name",
            "email",
            "role",
            "code",
            name=_TEXT,
            email=_TEXT,
            username=_TEXT,
            role=_ROLE,
            partner_id=_TEXT,
            customer_id=_TEXT,
            code=_TEXT,
        ),
        success=201,
    ),
    Route("GET", "/users/{user_id}", "bearer", "One of them", accounts.user, "user"),
    Route(
        "POST",
        "/users/{user_id}/role",
        "bearer",
        "Change a role",
        accounts.change_role,
        "user_role",
        body=_body("role", "code", role=_ROLE, code=_TEXT),
        success=204,
    ),
    Route(
        "POST",
        "/users/{user_id}/close",
        "bearer",
        "Close an account",
        accounts.close,
        "user_close",
        body=_WITH_CODE,
        success=204,
    ),
    Route(
        "POST",
        "/users/{user_id}/reopen",
        "bearer",
        "Open it again",
        accounts.reopen,
        "user_reopen",
        body=_WITH_CODE,
        success=204,
    ),
    Route(
        "POST",
        "/users/{user_id}/invitation",
        "bearer",
        "Send a new link",
        accounts.invite_again,
        "user_invite_again",
        body=_WITH_CODE,
        success=204,
    ),
)
