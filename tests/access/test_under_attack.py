"""An account under attack: few guesses reach the verifier, the owner goes on, and of many uses at once one counts.

``GUESSES`` sets how many guesses are simulated; each comes from the next of a thousand addresses.
"""

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from assistant.domain.accounts import CodeVerdict, Session
from assistant.domain.errors import NotFound, NotSignedIn, TooManyAttempts
from assistant.domain.quotes import StepUp
from assistant.domain.security_events import SecurityEvent

GUESSES = int(os.environ.get("GUESSES", "200"))  # noqa: TID251 - how long a test runs
AT_ONCE = 200
HOUR = 3600


def address(number):
    return f"198.51.{number % 1000 // 250}.{number % 250}"


def evaluated(identity, event):
    return sum(recorded.name is event for recorded in identity.parts.record.all())


def all_at_once(identity, work):
    """Do the work two hundred times at once; a server has no connection for each, so there fifty at a time."""
    together = AT_ONCE if identity.database.engine.dialect.name == "sqlite" else 50
    barrier = Barrier(together)

    def one(index):
        barrier.wait()
        try:
            return work(index)
        except (NotFound, NotSignedIn) as error:
            return error

    with ThreadPoolExecutor(together) as pool:
        return list(pool.map(one, range(AT_ONCE)))


@pytest.fixture
def owned(quick):
    quick.id = quick.anna().principal.user_id
    quick.session = quick.sign_in()
    return quick


def test_an_hour_of_code_guesses_lets_five_in_a_quarter_of_an_hour_through(owned):
    pending = ""
    for number in range(GUESSES):
        owned.clock.advance(seconds=HOUR / GUESSES)
        if number % max(1, GUESSES // 20) == 0:
            pending = owned.begin(address=address(number))
        owned.access.complete(pending, owned.wrong_code(), address=address(number))
        if number % 100 == 0:
            assert owned.access.session(owned.session.token)

    assert 5 <= evaluated(owned, SecurityEvent.CODE_WRONG) <= 5 * 5
    assert isinstance(owned.access.accept(owned.id, owned.fresh_code(), "c" * 64), StepUp)
    again = owned.access.begin(
        "anna", "correct-horse-9", address="192.0.2.1", known_device=owned.session.device_token
    )
    owned.clock.advance(seconds=30)
    opened = owned.access.complete(
        again, owned.code(), address="192.0.2.1", known_device=owned.session.device_token
    )
    assert isinstance(opened, Session)


def test_an_hour_of_password_guesses_lets_ten_in_a_quarter_of_an_hour_through(owned):
    for number in range(GUESSES):
        owned.clock.advance(seconds=HOUR / GUESSES)
        with pytest.raises((NotSignedIn, TooManyAttempts)):
            owned.begin(password=f"guess {number}", address=address(number))
        if number % 100 == 0:
            assert owned.access.session(owned.session.token)

    assert 10 <= evaluated(owned, SecurityEvent.PASSWORD_REFUSED) <= 5 * 10
    assert isinstance(owned.access.accept(owned.id, owned.fresh_code(), "c" * 64), StepUp)


def test_of_many_uses_of_one_code_at_once_one_is_accepted(identity):
    anna, code = identity.anna().principal.user_id, identity.code()

    results = all_at_once(identity, lambda number: identity.access.accept(anna, code, f"{number:064d}"))

    assert Counter(type(result) for result in results) == {StepUp: 1, CodeVerdict: AT_ONCE - 1}


def test_of_many_uses_of_one_recovery_code_at_once_one_opens_a_session(identity):
    anna = identity.anna().principal.user_id
    codes = identity.parts.own.renew_recovery_codes(anna, identity.code(), address="192.0.2.1")
    pending = [identity.begin() for _ in range(20)]

    results = all_at_once(
        identity,
        lambda number: identity.access.complete(pending[number % 20], codes[0], address="192.0.2.1"),
    )

    assert sum(isinstance(result, Session) for result in results) == 1
    assert len(identity.access.sessions(anna)) == 1
    assert identity.accounts.user("anna").recovery_codes_left == 9


def test_of_many_uses_of_one_reset_link_at_once_one_sets_the_password(identity):
    identity.anna()
    identity.parts.links.ask_new_password("anna", address="192.0.2.1")
    link = identity.mail.link()

    results = all_at_once(
        identity,
        lambda number: identity.parts.links.choose_password(
            link, f"plum kettle orbit {number}", address="192.0.2.1"
        ),
    )

    assert Counter(type(result) for result in results) == {type(None): 1, NotFound: AT_ONCE - 1}
    winner = results.index(None)
    assert identity.begin(password=f"plum kettle orbit {winner}")
