"""Signing in and out for programs."""

from datetime import datetime
from typing import Any

from flask import request

from assistant.domain.accounts import CodeOutcome, CodeVerdict, Session, User
from assistant.domain.errors import NotSignedIn, TooManyAttempts
from web import visitors
from web.api.bodies import body
from web.current import application

_LONGEST = 1000
_REFUSED = {
    CodeOutcome.WRONG: "This code is not accepted.",
    CodeOutcome.USED: "This code was used already.",
    CodeOutcome.NOT_ENROLLED: "The second factor is not set up for this account.",
}
_LEAST_WAIT = 60


def begin() -> dict[str, Any]:
    """Check name and password; the answer's token is good for the second step only."""
    fields = body()
    username, password = fields.text("username", limit=_LONGEST), fields.text("password", limit=_LONGEST)
    known = fields.optional_text("device") or ""
    fields.done()
    token = application().access.begin(
        username,
        password,
        address=request.remote_addr or "",
        device=request.headers.get("User-Agent", "")[:200],
        known_device=known,
    )
    return {"status": "second_factor_required", "token": token}


def complete() -> dict[str, Any]:
    """Check the code and open a session; its token is the bearer token.

    A device that is not known yet gets a token to be known by; sent with the next sign-in, its tries are counted apart.
    """
    fields = body()
    token, code = fields.text("token", limit=_LONGEST), fields.text("code", limit=_LONGEST)
    known = fields.optional_text("device") or ""
    fields.done()
    outcome = application().access.complete(
        token, code, address=request.remote_addr or "", known_device=known
    )
    if isinstance(outcome, CodeVerdict):
        raise refusal(outcome)
    device = {"device": outcome.device_token} if outcome.device_token else {}
    return {"access_token": outcome.token} | device | _shown(outcome)


def show() -> dict[str, Any]:
    """Show whose token this is."""
    visitors.bearer()
    session = visitors.bearer_session()
    assert session is not None
    return _shown(session)


def end() -> tuple[str, int]:
    """End the session of this token."""
    visitors.bearer()
    application().access.end(visitors.bearer_token() or "")
    return "", 204


def refusal(verdict: CodeVerdict) -> NotSignedIn | TooManyAttempts:
    """Return the error for a code that was not accepted."""
    if verdict.outcome is CodeOutcome.LOCKED:
        return TooManyAttempts("Too many wrong codes. Wait before the next try.", _wait(verdict.retry_at))
    return NotSignedIn(_REFUSED[verdict.outcome])


def _wait(until: datetime | None) -> int:
    if until is None:
        return _LEAST_WAIT
    return max(int((until - application().real_clock.now()).total_seconds()), _LEAST_WAIT)


def _shown(session: Session) -> dict[str, Any]:
    return {"expires_at": session.expires_at.isoformat(), "user": _user(session.user)}


def _user(user: User) -> dict[str, Any]:
    return {
        "id": user.principal.user_id,
        "name": user.principal.name,
        "username": user.username,
        "role": user.principal.role.value,
    }
