"""Tokens of programs: named, limited to scopes, with an end, shown once. A change still needs a code of the owner."""

from collections.abc import Collection
from datetime import datetime, timedelta

from assistant.access.resources import Resources, hash_token
from assistant.access.second_factor import CodeCheck
from assistant.access.throttling import SIGNED_IN
from assistant.domain.accounts import TOKEN_PREFIX, CodeVerdict, Scope, TokenBearer, TokenView
from assistant.domain.errors import Conflict, InvalidInput, NotFound
from assistant.domain.identifiers import UserId
from assistant.domain.security_events import SecurityEvent
from assistant.ports.storage.identity_links import StoredToken

LONGEST_DAYS = 366
_MOST = 50
_TOUCHED_EVERY = timedelta(minutes=1)
_LONGEST_NAME = 100


class ApiTokens:
    """Makes, lists, revokes and accepts tokens."""

    def __init__(self, resources: Resources, codes: CodeCheck) -> None:
        self._resources = resources
        self._codes = codes

    def make(
        self, user_id: UserId, name: str, scopes: Collection[str], days: int, code: str
    ) -> tuple[str, TokenView] | CodeVerdict:
        """Make a token after a fresh code; the secret is returned this once. Raises InvalidInput, Conflict for too many."""
        now, secret = self._resources.clock.now(), TOKEN_PREFIX + self._resources.ids.token()
        view = TokenView(
            id=self._resources.ids.new("AT"),
            name=_read_name(name),
            scopes=_read_scopes(scopes),
            created_at=now,
            expires_at=now + timedelta(days=_read_days(days)),
        )
        with self._resources.storage.writing() as unit:
            outcome = self._codes.check(unit, user_id, code, now, whose=SIGNED_IN)
            if not isinstance(outcome, CodeVerdict):
                if len(unit.tokens.of(user_id)) >= _MOST:
                    raise Conflict(f"There are {_MOST} tokens already. Revoke one that is not needed.")
                unit.tokens.add(StoredToken(hash_token(secret), user_id, view))
                unit.events.record(SecurityEvent.TOKEN_MADE, now, user_id)
            unit.commit()
        return outcome if isinstance(outcome, CodeVerdict) else (secret, view)

    def list(self, user_id: UserId | None = None) -> tuple[TokenView, ...]:
        """Return the tokens of one user or of all that are still good, newest first."""
        now = self._resources.clock.now()
        with self._resources.storage.reading() as unit:
            return tuple(token.view for token in unit.tokens.of(user_id) if now < token.view.expires_at)

    def revoke(self, token_id: str, owner: UserId | None = None) -> None:
        """Revoke a token of this owner or (None) of anybody. Raises NotFound."""
        now = self._resources.clock.now()
        with self._resources.storage.writing() as unit:
            found = [token for token in unit.tokens.of(owner) if token.view.id == token_id]
            if not found or not unit.tokens.revoke(token_id, now):
                raise NotFound("There is no such token.")
            unit.events.record(SecurityEvent.TOKEN_REVOKED, now, found[0].user_id)
            unit.commit()

    def bearer(self, secret: str) -> TokenBearer | None:
        """Return whose token this is, with the role of today, and note its use; None when it is no longer good."""
        if not secret.startswith(TOKEN_PREFIX):
            return None
        now = self._resources.clock.now()
        with self._resources.storage.reading() as unit:
            stored = unit.tokens.by_hash(hash_token(secret))
            account = unit.users.by_id(stored.user_id) if stored else None
        if stored is None or account is None or account.disabled or now >= stored.view.expires_at:
            return None
        if needs_touch(stored.view.last_used_at, now):
            with self._resources.storage.writing() as unit:
                unit.tokens.touch(stored.view.id, now)
                unit.commit()
        return TokenBearer(account.user, stored.view)


def needs_touch(last_used_at: datetime | None, now: datetime) -> bool:
    """Tell whether a use must be written down: at most once a minute, to spare the write lock."""
    return last_used_at is None or now - last_used_at >= _TOUCHED_EVERY


def _read_name(name: str) -> str:
    read = name.strip()
    if not read or len(read) > _LONGEST_NAME or not read.isprintable():
        raise InvalidInput("name", f"must be 1 to {_LONGEST_NAME} printable characters")
    return read


def _read_scopes(scopes: Collection[str]) -> tuple[Scope, ...]:
    known = {scope.value for scope in Scope}
    if not scopes or not set(scopes) <= known:
        raise InvalidInput("scopes", "must be one or more of " + ", ".join(sorted(known)))
    return tuple(scope for scope in Scope if scope.value in scopes)


def _read_days(days: int) -> int:
    if not 1 <= days <= LONGEST_DAYS:
        raise InvalidInput("days", f"must be a whole number from 1 to {LONGEST_DAYS}")
    return days
