import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.actions import CreateCustomer
from assistant.domain.assessment import propose
from assistant.domain.naming import name_key
from assistant.domain.refusals import Refusal, RefusalCode
from support.refusals import creating


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Contoso Ltd", "  CONTOSO   ltd"),
        ("Contoso", "Con\u200btoso"),
        ("Contoso", "Contoso\ufeff"),
        ("Caf\u00e9", "CAFE\u0301"),
        ("Straße", "STRASSE"),
    ],
)
def test_names_that_look_the_same_are_the_same(one, other):
    assert name_key(one) == name_key(other)


@given(st.text(max_size=60))
def test_a_name_is_compared_the_same_however_often_it_was_compared(name):
    assert name_key(name_key(name)) == name_key(name)


@pytest.mark.parametrize(
    "name", ["", " ", "\u200b", "\x01\x02", "Con\x07toso", "\u202eosotnoC", "\u2067x", "---"]
)
def test_a_name_that_nobody_can_read_is_refused(name):
    refused = propose(CreateCustomer(name), creating())

    assert isinstance(refused, Refusal)
    assert (refused.code, refused.params["field"]) == (RefusalCode.CUSTOMER_INVALID, "name")


@pytest.mark.parametrize("name", ["Contoso", "7", "株式会社", "شرکت می\u200cخواهم", "O'Neil & Söhne"])
def test_names_of_any_script_are_taken(name):
    assert not isinstance(propose(CreateCustomer(name), creating()), Refusal)
