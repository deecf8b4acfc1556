"""Signing in, sessions and second factors as the doors and the conversation see them."""

from datetime import datetime
from typing import Protocol

from assistant.domain.accounts import CodeVerdict, Enrolment, Session, SessionView, User
from assistant.domain.identifiers import UserId
from assistant.domain.quotes import StepUp


class SecondFactor(Protocol):
    """Accepts each one-time code at most once."""

    def accept(self, user_id: UserId, code: str, capsule_hash: str) -> StepUp | CodeVerdict:
        """Check a TOTP code and use it up in one transaction; the proof is good for this capsule only.

        A recovery code is never accepted here. Anything but six ASCII digits (inner spaces allowed) is ``wrong``.
        """


class Access(SecondFactor, Protocol):
    """Sign-in with password and second factor, and the sessions that come of it.

    ``address`` is the client's address for throttling, ``device`` its user agent for the owner's list.
    """

    def begin(self, username: str, password: str, *, address: str, device: str = "") -> str:
        """Check name and password; return a token good for the second step only, for five minutes.

        Raises NotSignedIn with one message and in one time whether or not the name exists, TooManyAttempts.
        """

    def pending_user(self, token: str) -> User:
        """Return whose second step this token is for. Raises NotSignedIn when it is spent or expired."""

    def complete(self, token: str, code: str, *, address: str) -> Session | CodeVerdict:
        """Check the TOTP code, or a recovery code, of the user who holds ``token``; open a full session."""

    def enrol(self, token: str) -> Enrolment:
        """Start (or show again) the enrolment of a user who has no second factor yet; not in force."""

    def confirm_enrolment(self, token: str, code: str) -> tuple[str, ...] | CodeVerdict:
        """Check the first code of the new factor; return the recovery codes, shown this once."""

    def acknowledge_recovery(self, token: str, *, address: str) -> Session:
        """Put the verified factor in force after its owner said the codes are saved, and open a session."""

    def session(self, session_token: str) -> Session | None:
        """Return the live session of a token and note that it was used; None when it ended for any reason."""

    def end(self, session_token: str) -> None:
        """End a session; an unknown one is no error."""

    def sessions(self, user_id: UserId) -> tuple[SessionView, ...]:
        """Return a user's live sessions, newest first."""

    def revoke(self, user_id: UserId, session_id: str) -> None:
        """End one of the user's own sessions. Raises NotFound."""

    def current_code(self, username: str) -> tuple[str, datetime]:
        """Return the present TOTP code and when it ends. Raises NotFound; Forbidden outside demo and test mode."""
