"""Who is asking: the signed-in user of a page, or the bearer of an API token."""

import json
from hmac import compare_digest
from typing import TYPE_CHECKING

from flask import g, request

from assistant.domain.accounts import TOKEN_PREFIX
from assistant.domain.entries import AnsweredEntry, Audience
from assistant.domain.errors import Forbidden, InvalidInput, NotFound, NotSignedIn
from assistant.domain.identifiers import EntryId
from assistant.domain.principals import Principal, Role
from assistant.ports.wire.principals import principal_from_json
from web import cookies, scopes
from web.cookies import Cookie
from web.current import application
from web.limits import count_user

if TYPE_CHECKING:
    from assistant.domain.accounts import Session

_BEARER = "bearer "
_READERS_OF_ALL = frozenset({Role.SALES, Role.EDITOR, Role.APPROVER, Role.OPERATOR})
_ON_BEHALF = "Assistant-On-Behalf-Of"


def page_session() -> "Session | None":
    """Return the live session of the page's cookie; asked of the server once for each request."""
    if "page_session" not in g:
        token = cookies.read(Cookie.SESSION)
        g.page_session = application().access.session(token) if token else None
        if g.page_session:
            g.asker = g.page_session.user.principal.user_id
            count_user(g.asker)
    session: Session | None = g.page_session
    return session


def page_principal() -> Principal | None:
    """Return the signed-in user of a page, or None for a visitor."""
    session = page_session()
    return session.user.principal if session else None


def signed_in() -> Principal:
    """Return the signed-in user of a page. Raises NotSignedIn."""
    principal = page_principal()
    if principal is None:
        raise NotSignedIn("Sign in to continue.")
    return principal


def bearer_token() -> str | None:
    """Return the token of the ``Authorization: Bearer`` header, or None when there is no such header."""
    header = request.headers.get("Authorization", "")
    if not header:
        return None
    return header[len(_BEARER) :].strip() if header.lower().startswith(_BEARER) else ""


def bearer_session() -> "Session | None":
    """Return the session of the bearer token, None without one. Raises NotSignedIn for a token that is not live."""
    token = bearer_token()
    if token is None:
        return None
    session = application().access.session(token) if token else None
    if session is None:
        raise NotSignedIn("The access token is not valid, or its session has ended.")
    g.asker = session.user.principal.user_id
    count_user(g.asker)
    return session


def bearer_principal() -> Principal | None:
    """Return the user of the bearer token, None without one.

    A program's token is good for the routes of its scopes. Raises NotSignedIn for a token that is not live, Forbidden for
    one without the scope.
    """
    token = bearer_token() or ""
    if token.startswith(TOKEN_PREFIX):
        return _owner_of(token)
    session = bearer_session()
    return session.user.principal if session else None


def _owner_of(token: str) -> Principal:
    program = application().identity.tokens.bearer(token)
    if program is None:
        raise NotSignedIn("The access token is not valid, has ended, or was revoked.")
    g.asker = program.user.principal.user_id
    count_user(g.asker)
    needed = scopes.needed(request.endpoint)
    if not needed:
        raise Forbidden("A token of a program is not good for this; sign in.")
    lacking = [scope for scope in needed if scope not in program.token.scopes]
    if lacking:
        raise Forbidden(f"This token is not good for this; it lacks the scope {', '.join(lacking)}.")
    return program.user.principal


def bearer() -> Principal:
    """Return the user of the bearer token. Raises NotSignedIn."""
    principal = bearer_principal()
    if principal is None:
        raise NotSignedIn("Send an access token: Authorization: Bearer TOKEN.")
    return principal


def is_trusted_instance() -> bool:
    """Tell whether another instance is calling, which was given a token to speak for its own users."""
    token = bearer_token() or ""
    clients = application().settings.licensing_clients
    # every token is compared, so that the time tells nothing
    return sum(compare_digest(token.encode(), known.encode()) for known in clients) > 0


def licensing_caller() -> Principal:
    """Return on whose behalf the licensing backend is asked: the bearer, or whom a trusted instance speaks for.

    Raises NotSignedIn, InvalidInput.
    """
    if not is_trusted_instance():
        return bearer()
    header = request.headers.get(_ON_BEHALF, "")
    try:
        said = json.loads(header)
    except (ValueError, RecursionError) as error:
        raise InvalidInput(_ON_BEHALF, "must be a user as JSON") from error
    return principal_from_json(said, _ON_BEHALF)


def may_read_for(principal: Principal | None, audience: Audience) -> bool:
    """Tell whether this user may read what was written for an audience; partners' texts are for everybody."""
    return audience is Audience.PARTNER or (principal is not None and principal.role in _READERS_OF_ALL)


def readable_entry(principal: Principal | None, entry_id: EntryId) -> AnsweredEntry:
    """Return a published entry that was written for this reader. Raises NotFound, also for one that is for others."""
    found = application().knowledge.entry(entry_id)
    if not any(may_read_for(principal, audience) for audience in found.entry.audience):
        raise NotFound("There is no such entry.")
    return found


def audience_of(principal: Principal | None) -> Audience:
    """Return whose knowledge this user reads: the vendor's sales team has its own, all others the partners'."""
    return Audience.SALES if principal is not None and principal.role is Role.SALES else Audience.PARTNER
