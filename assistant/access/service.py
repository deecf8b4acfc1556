"""Signing in and second factors: the ``Access`` port, put together from its use cases."""

from datetime import datetime

from assistant.access import totp
from assistant.access.enrolment import Enrolling
from assistant.access.resources import Resources, read_username
from assistant.access.second_factor import CodeCheck
from assistant.access.sessions import SessionBook
from assistant.access.sign_in import SignIn
from assistant.domain.accounts import CodeVerdict, Enrolment, Session, SessionView, User
from assistant.domain.errors import Forbidden, NotFound
from assistant.domain.identifiers import UserId
from assistant.domain.quotes import StepUp


class AccessService:
    """Implements the port over one database. ``codes_visible`` lets ``current_code`` work, in demo and test mode only."""

    def __init__(
        self,
        resources: Resources,
        book: SessionBook,
        codes: CodeCheck,
        sign_in: SignIn,
        enrolling: Enrolling,
        *,
        codes_visible: bool,
    ) -> None:
        self._resources = resources
        self._book = book
        self._codes = codes
        self._sign_in = sign_in
        self._enrolling = enrolling
        self._codes_visible = codes_visible

    def begin(
        self, username: str, password: str, *, address: str, device: str = "", known_device: str = ""
    ) -> str:
        return self._sign_in.begin(
            username, password, address=address, device=device, known_device=known_device
        )

    def pending_user(self, token: str) -> User:
        return self._sign_in.pending_user(token)

    def complete(
        self, token: str, code: str, *, address: str, known_device: str = ""
    ) -> Session | CodeVerdict:
        return self._sign_in.complete(token, code, address=address, known_device=known_device)

    def enrol(self, token: str) -> Enrolment:
        return self._enrolling.enrol(token)

    def confirm_enrolment(self, token: str, code: str) -> tuple[str, ...] | CodeVerdict:
        return self._enrolling.confirm(token, code)

    def acknowledge_recovery(self, token: str, *, address: str, known_device: str = "") -> Session:
        return self._enrolling.acknowledge(token, address=address, known_device=known_device)

    def accept(self, user_id: UserId, code: str, capsule_hash: str) -> StepUp | CodeVerdict:
        return self._codes.accept(user_id, code, capsule_hash)

    def session(self, session_token: str) -> Session | None:
        return self._book.live(session_token)

    def end(self, session_token: str) -> None:
        self._book.end(session_token)

    def sessions(self, user_id: UserId) -> tuple[SessionView, ...]:
        return self._book.list(user_id)

    def all_sessions(self) -> tuple[SessionView, ...]:
        """Return everybody's live sessions, newest first; for the command line."""
        return self._book.list()

    def end_others(self, session_token: str) -> int:
        return self._book.end_others(session_token)

    def revoke(self, user_id: UserId, session_id: str) -> None:
        self._book.revoke(session_id, user_id)

    def revoke_any(self, session_id: str) -> None:
        """End anybody's session by its id; for the command line. Raises NotFound."""
        self._book.revoke(session_id)

    def current_code(self, username: str) -> tuple[str, datetime]:
        if not self._codes_visible:
            raise Forbidden("Codes are shown in demo and test mode only.")
        with self._resources.storage.reading() as unit:
            account = unit.users.named(read_username(username) or "")
            factor = unit.factors.find(account.id) if account else None
        if factor is None:
            raise NotFound(f"There is no user {username} with a second factor.")
        present = totp.step_of(self._resources.clock.now())
        secret = self._resources.vault.open(factor.sealed_secret, factor.user_id)
        return totp.code_at(secret, present), totp.end_of(present)
