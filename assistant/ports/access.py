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

    ``address`` is the client's address for throttling, ``device`` its user agent for the owner's list, ``known_device`` the
    token by which a device is recognised that signed in before: its tries are counted apart from those of strangers.
    """

    def begin(
        self, username: str, password: str, *, address: str, device: str = "", known_device: str = ""
    ) -> str:
        """Check name and password; return a token good for the second step only, for five minutes.

        Raises NotSignedIn with one message and in one time whether or not the name exists, TooManyAttempts.
        """

    def pending_user(self, token: str) -> User:
        """Return whose second step this token is for. Raises NotSignedIn when it is spent or expired."""

    def complete(
        self, token: str, code: str, *, address: str, known_device: str = ""
    ) -> Session | CodeVerdict:
        """Check the TOTP code, or a recovery code, of the user who holds ``token``; open a full session."""

    def enrol(self, token: str) -> Enrolment:
        """Start (or show again) the enrolment of a second factor; not in force. Raises Conflict where none may be set up."""

    def confirm_enrolment(self, token: str, code: str) -> tuple[str, ...] | CodeVerdict:
        """Check the first code of the new factor; return the recovery codes, shown this once."""

    def acknowledge_recovery(self, token: str, *, address: str, known_device: str = "") -> Session:
        """Put the verified factor in force after its owner said the codes are saved, and open a session."""

    def session(self, session_token: str) -> Session | None:
        """Return the live session of a token and note that it was used; None when it ended for any reason."""

    def end(self, session_token: str) -> None:
        """End a session; an unknown one is no error."""

    def sessions(self, user_id: UserId) -> tuple[SessionView, ...]:
        """Return a user's live sessions, newest first."""

    def end_others(self, session_token: str) -> int:
        """End all other sessions of the user whose session this is; return how many. Raises NotSignedIn."""

    def revoke(self, user_id: UserId, session_id: str) -> None:
        """End one of the user's own sessions. Raises NotFound."""

    def current_code(self, username: str) -> tuple[str, datetime]:
        """Return the present TOTP code and when it ends. Raises NotFound; Forbidden outside demo and test mode."""
