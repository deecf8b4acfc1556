"""One-time links: taking up an invitation, choosing a new password, setting up a second factor again.

No link opens a session: after an invitation or a reset the second factor still has to be set up or shown.
"""

from datetime import datetime

from assistant.access.account_changes import GOOD_FOR, AccountChanges, about, end_everything
from assistant.access.enrolment import ENROLMENT_FOR
from assistant.access.outbox import Outbox, until
from assistant.access.passwords import check_new
from assistant.access.resources import Resources, hash_token, printable, read_username
from assistant.access.sign_in import SignIn, find_pending
from assistant.access.throttling import reserve, reset_limits
from assistant.domain.accounts import BegunBy, LinkPurpose, OpenLink, User
from assistant.domain.errors import NotFound, TooManyAttempts
from assistant.domain.identifiers import UserId
from assistant.domain.principals import Principal, Role
from assistant.domain.security_events import SecurityEvent
from assistant.ports.storage.identity import Account, IdentityUnit, PendingSignIn
from assistant.ports.storage.identity_links import StoredLink

_GONE = "This link was used already, or it is too old. Ask for a new one."
_LONGEST_DEVICE, _LONGEST_ADDRESS = 200, 64
_NOBODY = User(Principal(UserId(""), "", Role.SALES), "", enrolled=False, recovery_codes_left=0)


class OneTimeLinks:
    """The use cases behind a link, and asking for one."""

    def __init__(
        self, resources: Resources, changes: AccountChanges, sign_in: SignIn, outbox: Outbox
    ) -> None:
        self._resources = resources
        self._changes = changes
        self._sign_in = sign_in
        self._outbox = outbox

    def ask_new_password(self, username: str, *, address: str) -> None:
        """Send a link to choose a new password, if there is such a user with a mail address.

        Answers the same after the same work whether or not there is. Raises TooManyAttempts, for every name alike.
        """
        now, address = self._resources.clock.now(), printable(address, _LONGEST_ADDRESS)
        name = read_username(username) or ""
        with self._resources.storage.writing() as unit:
            account = unit.users.named(name)
            reserved = reserve(unit, reset_limits(name, address), now)
            user_id = account.id if account else None
            if isinstance(reserved, datetime):
                unit.events.record(SecurityEvent.RESET_THROTTLED, now, user_id, address)
            else:
                unit.events.record(SecurityEvent.RESET_ASKED, now, user_id, address)
                self._write(unit, account, now)
            unit.commit()
        if isinstance(reserved, datetime):
            seconds = int((reserved - now).total_seconds()) + 1
            raise TooManyAttempts("Too many requests for a new password; please wait.", retry_after=seconds)
        self._outbox.nudge()

    def open(self, token: str) -> OpenLink:
        """Tell what a link is for. Raises NotFound when it is used, too old, or never was."""
        now = self._resources.clock.now()
        with self._resources.storage.reading() as unit:
            link, account = _found(unit, token, now)
        return OpenLink(link.purpose, account.user, link.expires_at)

    def choose_password(self, token: str, password: str, *, address: str, device: str = "") -> str | None:
        """Set the password of an invitation or a reset and use the link up.

        Returns a sign-in that leads on to the second factor of an invited user; after a reset None: sign in as ever.
        Raises NotFound, InvalidInput for a weak password, which leaves the link good.
        """
        user = self.open(token).user
        check_new(password, about(user))
        with self._resources.passwords.slot() as hashing:
            hashed = hashing.hash(password)
        now, address = self._resources.clock.now(), printable(address, _LONGEST_ADDRESS)
        with self._resources.storage.writing() as unit:
            link, account = _found(unit, token, now)
            if link.purpose is LinkPurpose.ENROLMENT or not unit.links.use(hash_token(token), now):
                raise NotFound(_GONE)
            unit.users.set_password_hash(account.id, hashed)
            unit.links.withdraw(account.id, now)
            end_everything(unit, account.id, now)
            opened = self._taken_up(unit, link, account, address, device, now)
            unit.commit()
        self._outbox.nudge()
        return opened

    def set_up_again(self, token: str, password: str, *, address: str, device: str = "") -> str:
        """Check the password and open the setting up of a second factor after a reset; uses the link up.

        Raises NotFound, NotSignedIn for a wrong password, which leaves the link good, TooManyAttempts.
        """
        username = self.open(token).user.username
        pending_token = self._sign_in.begin(username, password, address=address, device=device)
        now = self._resources.clock.now()
        with self._resources.storage.writing() as unit:
            link, account = _found(unit, token, now)
            pending, _ = find_pending(unit, pending_token, now)
            unit.sign_ins.spend(pending.token_hash, now)
            if link.purpose is not LinkPurpose.ENROLMENT or not unit.links.use(hash_token(token), now):
                raise NotFound(_GONE)
            opened = self._leading_on(unit, account, device, now)
            unit.commit()
        return opened

    def _write(self, unit: IdentityUnit, account: Account | None, now: datetime) -> None:
        if account and account.user.active and account.user.email:
            self._changes.send_link(unit, account.user, LinkPurpose.PASSWORD_RESET, None, now)
            return
        # the same rows for nobody: a link that opens nothing and a letter to nowhere
        ends = now + GOOD_FOR[LinkPurpose.PASSWORD_RESET]
        token = self._resources.ids.token()
        unit.links.withdraw(UserId(""), now, LinkPurpose.PASSWORD_RESET)
        unit.links.add(StoredLink(hash_token(token), None, LinkPurpose.PASSWORD_RESET, now, ends))
        link = self._changes.address_of_link(token)
        self._outbox.put_to(unit, "password_reset", "", _NOBODY, now, link=link, until=until(ends))

    def _taken_up(
        self,
        unit: IdentityUnit,
        link: StoredLink,
        account: Account,
        address: str,
        device: str,
        now: datetime,
    ) -> str | None:
        if link.purpose is LinkPurpose.INVITATION:
            unit.events.record(SecurityEvent.ACCOUNT_ACTIVATED, now, account.id, address)
            return self._leading_on(unit, account, device, now)
        unit.events.record(SecurityEvent.PASSWORD_CHANGED, now, account.id, address)
        self._outbox.put(unit, "password_changed", account.user, now, place=address or "?")
        return None

    def _leading_on(self, unit: IdentityUnit, account: Account, device: str, now: datetime) -> str:
        token = self._resources.ids.token()
        unit.sign_ins.add(
            PendingSignIn(
                hash_token(token),
                account.id,
                now + ENROLMENT_FOR,
                printable(device, _LONGEST_DEVICE),
                begun_by=BegunBy.LINK,
            )
        )
        return token


def _found(unit: IdentityUnit, token: str, now: datetime) -> tuple[StoredLink, Account]:
    link = unit.links.find(hash_token(token), now)
    account = unit.users.by_id(link.user_id) if link and link.user_id else None
    if link is None or account is None or account.disabled:
        raise NotFound(_GONE)
    return link, account
