"""One code, one use: in any spelling, for one capsule, and with any number of callers at once."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.domain.accounts import CodeOutcome, CodeVerdict, Session
from assistant.domain.identifiers import UserId
from assistant.domain.quotes import StepUp

CAPSULE = "c" * 64


def at_once(callers, call):
    """Call from many threads that start together; return what came back."""
    barrier = threading.Barrier(callers)

    def run(number):
        barrier.wait()
        return call(number)

    with ThreadPoolExecutor(callers) as pool:
        return list(pool.map(run, range(callers)))


def test_the_proof_names_the_user_the_capsule_and_the_time(identity):
    anna = identity.anna().principal.user_id

    proof = identity.access.accept(anna, identity.code(), CAPSULE)

    assert proof == StepUp(user_id=anna, capsule_hash=CAPSULE, accepted_at=identity.clock.now())


def test_a_code_is_accepted_once(identity):
    anna = identity.anna().principal.user_id
    identity.access.accept(anna, identity.code(), CAPSULE)

    assert identity.access.accept(anna, identity.code(), CAPSULE) == CodeVerdict(CodeOutcome.USED)


@pytest.mark.parametrize("separator", [" ", "  "])
def test_spaces_do_not_make_a_used_code_new(identity, separator):
    anna = identity.anna().principal.user_id
    code = identity.code()
    identity.access.accept(anna, code, CAPSULE)

    again = identity.access.accept(anna, separator.join(code), CAPSULE)

    assert again == CodeVerdict(CodeOutcome.USED)


def test_full_width_digits_are_wrong_even_before_the_code_was_used(identity):
    anna = identity.anna().principal.user_id
    full_width = "".join(chr(0xFF10 + int(digit)) for digit in identity.code())

    assert identity.access.accept(anna, full_width, CAPSULE) == CodeVerdict(CodeOutcome.WRONG)


def test_the_previous_code_is_used_up_once_the_present_one_was_accepted(identity):
    anna = identity.anna().principal.user_id
    identity.access.accept(anna, identity.code(), CAPSULE)

    assert identity.access.accept(anna, identity.code(-1), CAPSULE) == CodeVerdict(CodeOutcome.USED)


@pytest.mark.parametrize("drift", [-1, 0, 1])
def test_the_neighbouring_codes_are_accepted(identity, drift):
    anna = identity.anna().principal.user_id

    assert isinstance(identity.access.accept(anna, identity.code(drift), CAPSULE), StepUp)


@pytest.mark.parametrize("drift", [-2, 2])
def test_codes_further_away_are_wrong(identity, drift):
    anna = identity.anna().principal.user_id

    assert identity.access.accept(anna, identity.code(drift), CAPSULE) == CodeVerdict(CodeOutcome.WRONG)


def test_the_code_of_the_sign_in_does_not_confirm_a_change(identity):
    anna = identity.anna().principal.user_id
    code = identity.code()
    identity.access.complete(identity.begin(), code, address="192.0.2.1")

    assert identity.access.accept(anna, code, CAPSULE) == CodeVerdict(CodeOutcome.USED)


def test_fifty_callers_with_one_code_get_one_proof(identity):
    anna = identity.anna().principal.user_id
    code = identity.code()

    results = at_once(50, lambda _: identity.access.accept(anna, code, CAPSULE))

    outcomes = Counter(r.outcome if isinstance(r, CodeVerdict) else CodeOutcome.ACCEPTED for r in results)
    assert outcomes == {CodeOutcome.ACCEPTED: 1, CodeOutcome.USED: 5, CodeOutcome.LOCKED: 44}


def test_fifty_sign_ins_with_one_code_open_one_session(identity):
    anna = identity.anna().principal.user_id
    tokens = [identity.begin() for _ in range(50)]
    code = identity.code()

    at_once(50, lambda number: identity.access.complete(tokens[number], code, address="192.0.2.1"))

    assert len(identity.access.sessions(anna)) == 1


def test_one_sign_in_finished_twice_at_once_opens_one_session(identity):
    anna = identity.anna().principal.user_id
    token = identity.begin()
    codes = [identity.code(0), identity.code(1)]

    def finish(number):
        try:
            return identity.access.complete(token, codes[number], address="192.0.2.1")
        except Exception as error:  # noqa: BLE001 - the loser's error is the result here
            return error

    results = at_once(2, finish)

    assert sum(isinstance(result, Session) for result in results) == 1
    assert len(identity.access.sessions(anna)) == 1


def test_of_fifty_wrong_codes_at_once_five_are_looked_at(identity):
    anna = identity.anna().principal.user_id
    wrong = identity.wrong_code()

    results = at_once(50, lambda _: identity.access.accept(anna, wrong, CAPSULE))

    assert Counter(r.outcome for r in results) == {CodeOutcome.WRONG: 5, CodeOutcome.LOCKED: 45}


def test_nobody_and_somebody_without_a_factor_get_no_proof(identity):
    without = identity.anna(totp_secret=None).principal.user_id

    verdicts = {identity.access.accept(user, "123456", CAPSULE) for user in (without, UserId("US-none"))}

    assert verdicts == {CodeVerdict(CodeOutcome.NOT_ENROLLED)}


def test_a_closed_account_gets_no_proof(identity):
    anna = identity.anna().principal.user_id
    identity.user("bert")
    identity.accounts.disable("anna")

    assert identity.access.accept(anna, identity.code(), CAPSULE) == CodeVerdict(CodeOutcome.NOT_ENROLLED)


def test_provisioning_the_same_key_again_leaves_a_used_code_used(identity):
    anna = identity.anna().principal.user_id
    identity.access.accept(anna, identity.code(), CAPSULE)

    identity.anna()

    assert identity.access.accept(anna, identity.code(), CAPSULE) == CodeVerdict(CodeOutcome.USED)


@pytest.mark.parametrize("typed", ["", "  ", "\n"])
def test_nothing_typed_is_no_try(identity, typed):
    anna = identity.anna().principal.user_id
    verdicts = {identity.access.accept(anna, typed, CAPSULE) for _ in range(7)}

    assert verdicts == {CodeVerdict(CodeOutcome.WRONG)}
    assert isinstance(identity.access.accept(anna, identity.code(), CAPSULE), StepUp)
