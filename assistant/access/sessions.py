"""Sessions: kept on the server, found by the hash of their token, ended by an idle and an absolute limit."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from assistant.access.resources import Resources, hash_token
from assistant.domain.accounts import Session, SessionView
from assistant.domain.errors import NotFound, NotSignedIn
from assistant.domain.identifiers import UserId
from assistant.domain.security_events import SecurityEvent
from assistant.ports.storage.identity import Account, IdentityUnit, StoredSession

_TOUCHES_PER_IDLE_LIMIT = 60


@dataclass(frozen=True)
class SessionLimits:
    """How long a session lasts without use, and at most."""

    idle: timedelta
    absolute: timedelta


def is_live(session: StoredSession, limits: SessionLimits, now: datetime) -> bool:
    """Tell whether a session is within both limits; at the very instant of a limit it no longer is."""
    return now < min(session.expires_at, session.last_seen_at + limits.idle)


def needs_touch(session: StoredSession, limits: SessionLimits, now: datetime) -> bool:
    """Tell whether a use must be written down: at most sixty times per idle limit, to spare the write lock."""
    return now - session.last_seen_at >= limits.idle / _TOUCHES_PER_IDLE_LIMIT


class SessionBook:
    """Opens, finds, lists and ends sessions."""

    def __init__(self, resources: Resources, limits: SessionLimits) -> None:
        self._resources = resources
        self._limits = limits

    def open(self, unit: IdentityUnit, account: Account, device: str, address: str, now: datetime) -> Session:
        """Open a session within the caller's transaction; its token is new and is returned this once."""
        token = self._resources.ids.token()
        stored = StoredSession(
            id=self._resources.ids.new("SE"),
            token_hash=hash_token(token),
            user_id=account.id,
            created_at=now,
            last_seen_at=now,
            expires_at=now + self._limits.absolute,
            device=device,
            address=address,
        )
        unit.sessions.add(stored)
        unit.events.record(SecurityEvent.SESSION_OPENED, now, account.id, address)
        return Session(token=token, user=account.user, expires_at=stored.expires_at, id=stored.id)

    def live(self, token: str) -> Session | None:
        """Return the live session of a token, noting its use."""
        now = self._resources.clock.now()
        with self._resources.storage.reading() as unit:
            stored = unit.sessions.by_token(hash_token(token))
            account = unit.users.by_id(stored.user_id) if stored else None
        if stored is None or account is None or account.disabled or not is_live(stored, self._limits, now):
            return None
        if needs_touch(stored, self._limits, now):
            self._touch(stored.id, now)
        return Session(token=token, user=account.user, expires_at=stored.expires_at, id=stored.id)

    def end(self, token: str) -> None:
        """End the session of a token; no error if there is none."""
        now = self._resources.clock.now()
        with self._resources.storage.writing() as unit:
            stored = unit.sessions.by_token(hash_token(token))
            if stored and unit.sessions.end(stored.id, now):
                unit.events.record(SecurityEvent.SESSION_ENDED, now, stored.user_id, stored.address)
                unit.commit()

    def list(self, user_id: UserId | None = None) -> tuple[SessionView, ...]:
        """Return the live sessions of one user or of all, newest first."""
        now = self._resources.clock.now()
        with self._resources.storage.reading() as unit:
            names = {account.id: account.user.username for account in unit.users.all()}
            stored = unit.sessions.of(user_id)
        return tuple(_view(s, names[s.user_id]) for s in stored if is_live(s, self._limits, now))

    def revoke(self, session_id: str, owner: UserId | None = None) -> None:
        """End a session by its id, of this owner or (None) of anybody. Raises NotFound."""
        now = self._resources.clock.now()
        with self._resources.storage.writing() as unit:
            found = [s for s in unit.sessions.of(owner) if s.id == session_id]
            if not found or not unit.sessions.end(session_id, now):
                raise NotFound("There is no such session.")
            unit.events.record(SecurityEvent.SESSION_REVOKED, now, found[0].user_id)
            unit.commit()

    def end_others(self, token: str) -> int:
        """End all sessions of the user whose live session this is, but for this one; return how many. Raises NotSignedIn."""
        now = self._resources.clock.now()
        with self._resources.storage.writing() as unit:
            kept = unit.sessions.by_token(hash_token(token))
            if kept is None or not is_live(kept, self._limits, now):
                raise NotSignedIn("Sign in to continue.")
            others = [other for other in unit.sessions.of(kept.user_id) if other.id != kept.id]
            ended = sum(unit.sessions.end(other.id, now) for other in others)
            unit.sign_ins.end_all(kept.user_id, now)
            unit.events.record(SecurityEvent.SESSION_REVOKED, now, kept.user_id)
            unit.commit()
        return ended

    def _touch(self, session_id: str, now: datetime) -> None:
        with self._resources.storage.writing() as unit:
            unit.sessions.touch(session_id, now)
            unit.commit()


def _view(stored: StoredSession, username: str) -> SessionView:
    return SessionView(
        id=stored.id,
        username=username,
        created_at=stored.created_at,
        last_seen_at=stored.last_seen_at,
        expires_at=stored.expires_at,
        device=stored.device,
        address=stored.address,
    )
