"""Known devices: strangers who guess cannot keep the owner's own browser out, and a new one is told of."""

import pytest

from assistant.access.devices import MOST_DEVICES
from assistant.domain.accounts import CodeOutcome, CodeVerdict, Session
from assistant.domain.errors import NotSignedIn, TooManyAttempts
from support.access import ANNA_PASSWORD

HOME, AWAY = "192.0.2.1", "203.0.113.9"


@pytest.fixture
def known(quick):
    quick.anna()
    quick.device = quick.sign_in().device_token
    return quick


def begun(identity, password=ANNA_PASSWORD, device="", address=HOME, name="anna"):
    return identity.access.begin(name, password, address=address, known_device=device)


def guess(identity, times, **where):
    for _ in range(times):
        try:
            begun(identity, "guess", **where)
        except (NotSignedIn, TooManyAttempts):
            continue


def test_a_device_is_known_after_a_full_sign_in_and_its_token_is_random(known):
    again = known.access.complete(begun(known), known.code(), address=HOME, known_device=known.device)

    assert known.device
    assert isinstance(again, Session)
    assert again.device_token == ""


def test_the_password_step_alone_makes_no_device_known(quick):
    quick.anna()
    begun(quick)

    with quick.storage.reading() as unit:
        assert unit.devices.count(quick.accounts.user("anna").principal.user_id) == 0


def test_strangers_who_close_sign_in_leave_the_known_device_alone(known):
    guess(known, 12, address=AWAY)
    for number in range(62):
        guess(known, 1, address=HOME, name=f"somebody{number}")
    with pytest.raises(TooManyAttempts):
        begun(known, address="198.51.100.7")

    token = begun(known, device=known.device, address=HOME)

    assert isinstance(
        known.access.complete(token, known.code(), address=HOME, known_device=known.device), Session
    )


def test_strangers_who_have_the_password_leave_the_codes_of_the_known_device_alone(known):
    for _ in range(9):
        known.access.complete(begun(known, address=AWAY), known.wrong_code(), address=AWAY)
    locked = known.access.complete(begun(known, address=AWAY), known.code(), address=AWAY)
    assert locked.outcome is CodeOutcome.LOCKED

    token = begun(known, device=known.device)

    assert isinstance(
        known.access.complete(token, known.code(), address=HOME, known_device=known.device), Session
    )


def test_a_known_device_has_tries_of_its_own_and_no_more(known):
    guess(known, 10, device=known.device)

    with pytest.raises(TooManyAttempts):
        begun(known, device=known.device)
    assert begun(known, address=AWAY)


def test_codes_from_a_known_device_are_throttled_as_well(known):
    token = begun(known, device=known.device)
    verdicts = [
        known.access.complete(token, known.wrong_code(), address=HOME, known_device=known.device)
        for _ in range(6)
    ]

    assert [v.outcome for v in verdicts] == [CodeOutcome.WRONG] * 5 + [CodeOutcome.LOCKED]


@pytest.mark.parametrize("token", ["made-up", "\udcff", "x" * 5000])
def test_a_made_up_device_is_a_stranger(known, token):
    guess(known, 10, address=AWAY)

    with pytest.raises(TooManyAttempts):
        begun(known, device=token)


def test_a_device_is_known_to_the_accounts_that_signed_in_on_it_only(known):
    known.user("bert")
    guess(known, 10, name="bert")

    with pytest.raises(TooManyAttempts):
        begun(known, device=known.device, name="bert")


def test_a_new_device_is_told_of_and_a_known_one_is_not(known):
    told = known.mail.subjects().count("A sign-in from a new device")
    known.access.complete(begun(known), known.code(), address=HOME, known_device=known.device)
    known.clock.advance(seconds=30)
    assert known.mail.subjects().count("A sign-in from a new device") == told == 1

    known.access.complete(begun(known, address=AWAY), known.code(), address=AWAY)

    assert known.mail.subjects()[-1] == "A sign-in from a new device"
    assert AWAY in known.mail.letters[-1].text


def test_a_closed_account_forgets_its_devices(known):
    known.user("bert")
    known.accounts.disable("anna")
    known.accounts.reopen("anna")
    guess(known, 10, address=AWAY)

    with pytest.raises(TooManyAttempts):
        begun(known, device=known.device)


def test_the_devices_used_last_are_remembered(known):
    for _ in range(MOST_DEVICES):
        known.access.complete(begun(known), known.code(), address=HOME)
        known.clock.advance(seconds=30)
    anna = known.accounts.user("anna").principal.user_id
    guess(known, 10, address=AWAY)

    with known.storage.reading() as unit:
        assert unit.devices.count(anna) == MOST_DEVICES
    with pytest.raises(TooManyAttempts):
        begun(known, device=known.device)


def test_a_device_opens_nothing_by_itself(known):
    assert known.access.session(known.device) is None
    with pytest.raises(NotSignedIn):
        known.access.complete(known.device, known.code(), address=HOME, known_device=known.device)
    with pytest.raises(NotSignedIn):
        begun(known, "guess", device=known.device)


def test_a_recovery_code_counts_for_the_device_too(known):
    codes = known.parts.own.renew_recovery_codes(
        known.accounts.user("anna").principal.user_id, known.code(), address=HOME
    )
    for _ in range(9):
        known.access.complete(begun(known, address=AWAY), known.wrong_code(), address=AWAY)

    token = begun(known, device=known.device)
    session = known.access.complete(token, codes[0], address=HOME, known_device=known.device)

    assert not isinstance(session, CodeVerdict)
