"""Who is meant by a list of customers, and who is left out: what is not certain is asked, never passed over."""

import pytest

from assistant.conversation.flow import Slot, SlotKind
from assistant.conversation.groups import read_group, several_named
from assistant.conversation.names import Option
from assistant.conversation.words import words_of

CUSTOMERS = tuple(
    Option(f"C-{n}", name)
    for n, name in enumerate(
        ("Adatum", "Contoso East", "Contoso West", "Fabrikam Inc", "Cloud Nine"), start=1
    )
)
MEANT = Slot("customer", SlotKind.CUSTOMERS)
LEFT_OUT = Slot("without", SlotKind.CUSTOMERS, cues=("except",))


def groups(text):
    """Return who is meant and who is left out, by label; or, in place of who is meant, the unclear words in brackets."""
    read = [read_group(slot, CUSTOMERS, words_of(text)) for slot in (MEANT, LEFT_OUT)]
    return tuple(f"({one})" if isinstance(one, str) else one[0].label if one else None for one in read)


@pytest.mark.parametrize(
    "text",
    """all customers except Adatum|everyone but Adatum|all but Adatum|everybody, Adatum excluded|all customers but not for Adatum|
all customers save Adatum|leave Adatum out|take Adatum out of it|remove Adatum from the list|minus Adatum|Adatum not|delete Adatum|
alle Kunden bis auf Adatum|alle außer Adatum|ohne Adatum|lass Adatum raus|alle Kunden, Adatum ausgenommen|everyone except Adatm""".replace(
        "\n", ""
    ).split("|"),
)
def test_who_is_said_to_be_left_out_is_never_the_one_who_is_meant(text):
    meant, left_out = groups(text)

    assert left_out == "Adatum"
    assert meant in {"all customers", None}


@pytest.mark.parametrize(
    ("text", "unclear"),
    [
        ("all customers except Contoso", "contoso"),
        ("all customers except Frobnicate on WF Services", "frobnicate"),
        ("all customers except Adatum and Frobnicate", "frobnicate"),
        ("everyone but Contoso", "contoso"),
        ("without Contoso", "contoso"),
        ("all customers like Adatum", "adatum"),
        ("Adatum and Contoso", "contoso"),
    ],
)
def test_a_name_of_nobody_or_of_several_makes_no_list(text, unclear):
    assert groups(text) == (f"({unclear})", None)


@pytest.mark.parametrize(
    ("text", "meant", "left_out"),
    [
        ("all customers except Contoso East and Fabrikam", "all customers", "Contoso East, Fabrikam Inc"),
        ("all customers on Cloud App Security", "all customers", None),
        ("everyone, but only 5 seats", "all customers", None),
        ("Adatum and Fabrikm Inc", "Adatum, Fabrikam Inc", None),
        ("not all customers", None, None),
        ("remove 5 seats for Adatum", "Adatum", None),
        ("bis auf 50 seats", None, None),
    ],
)
def test_each_name_is_read_as_it_is_spelt(text, meant, left_out):
    assert groups(text) == (meant, left_out)


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("Adatum and Fabrikam", True),
        ("Adatum and for Contoso", True),
        ("Adatum, and what is NFR", False),
        ("Adatum gets 5 seats and Fabrikam nothing", False),
    ],
)
def test_customers_are_named_together_where_nothing_else_stands_between(text, several):
    assert several_named(CUSTOMERS, words_of(text)) is several
