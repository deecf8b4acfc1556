"""The rule that accepts a one-time code, as a pure function over clock, step and last accepted step."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.access import totp
from assistant.domain.accounts import CodeOutcome
from support.access import ANNA_SECRET, CountingIds

steps = st.integers(min_value=0, max_value=2**31)


@given(present=steps, drift=st.integers(-5, 5), lead=st.integers(-5, 5))
def test_a_step_is_accepted_if_it_is_near_the_clock_and_above_the_last_one(present, drift, lead):
    step, last = present + drift, present + lead

    verdict = totp.judge([step], present, last)

    assert (verdict == step) == (abs(drift) <= 1 and step > last)


@given(present=steps, step=steps, last=steps)
def test_what_is_not_accepted_is_wrong_if_far_and_used_if_near(present, step, last):
    verdict = totp.judge([step], present, last)

    assert (verdict is CodeOutcome.WRONG) == (abs(present - step) > 1)
    assert (verdict is CodeOutcome.USED) == (abs(present - step) <= 1 and step <= last)


@given(present=steps.filter(bool), last=st.integers(-1, 2**31))
def test_a_code_that_two_steps_share_by_chance_is_not_accepted_twice(present, last):
    shared = [present - 1, present + 1]

    first = totp.judge(shared, present, last)
    second = totp.judge(shared, present, first if isinstance(first, int) else last)

    assert second is CodeOutcome.USED


@given(present=steps, drift=st.integers(-4, 4), lead=st.integers(-3, 3))
def test_a_real_code_is_accepted_exactly_if_a_near_step_above_the_last_one_has_it(present, drift, lead):
    code, last = totp.code_at(ANNA_SECRET, max(0, present + drift)), present + lead
    near = [s for s in range(max(0, present - 1), present + 2) if totp.code_at(ANNA_SECRET, s) == code]

    verdict = totp.judge(totp.steps_of(ANNA_SECRET, code, present), present, last)

    assert isinstance(verdict, int) == any(step > last for step in near)


@pytest.mark.parametrize("typed", ["123456", "123 456", " 1 2 3 4 5 6 "])
def test_six_digits_are_read_with_plain_spaces_left_out(typed):
    assert totp.read_digits(typed) == "123456"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "12345",
        "1234567",
        "\uff11\uff12\uff13\uff14\uff15\uff16",
        "\u0661\u0662\u0663\u0664\u0665\u0666",
        "123\u200b456",
        "123\u00a0456",
        "123456\n",
        "\t123456",
        "+12345",
        "12345a",
        "1234\uff156",
        "0x1234",
        "1" * 100_000,
        "123456" + " " * 100,
    ],
)
def test_anything_else_is_no_code(typed):
    assert totp.read_digits(typed) is None


def test_the_codes_are_those_of_the_standard():
    # RFC 6238, appendix B, SHA-1, the last six of the eight digits
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    times = [59, 1111111109, 1111111111, 1234567890, 2000000000, 20000000000]

    codes = [totp.code_at(secret, time // 30) for time in times]

    assert codes == ["287082", "081804", "050471", "005924", "279037", "353130"]


def test_a_step_ends_when_the_next_begins():
    instant = datetime(2038, 1, 20, 3, 14, 29, 999_999, tzinfo=UTC)

    step = totp.step_of(instant)

    assert totp.end_of(step) == datetime(2038, 1, 20, 3, 14, 30, tzinfo=UTC)
    assert totp.step_of(totp.end_of(step)) == step + 1


def test_a_new_key_has_160_bits_and_is_another_each_time():
    ids = CountingIds()

    first, second = totp.new_secret(ids), totp.new_secret(ids)

    assert totp.read_secret(first) == first
    assert len(first) == 32
    assert first != second


@pytest.mark.parametrize(
    "typed", ["", "JBSWY3DP", "JBSWY3DPEHPK3PX1", "JBSWY3DPEHPK3PXPJ", "\uff2aBSWY3DPEHPK3PXP"]
)
def test_a_short_or_foreign_key_is_refused(typed):
    assert totp.read_secret(typed) is None


def test_a_key_may_be_given_in_small_letters_and_groups():
    assert totp.read_secret("jbsw y3dp ehpk 3pxp") == "JBSWY3DPEHPK3PXP"


def test_the_address_for_the_app_names_the_product_and_the_user():
    uri = totp.enrolment_uri(ANNA_SECRET, "anna@example.org")

    assert uri.startswith("otpauth://totp/MSP%20Assistant:anna%40example.org?")
    assert f"secret={ANNA_SECRET}" in uri
