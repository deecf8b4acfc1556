"""Origins are exact: what a browser would write otherwise is refused, so that comparing texts is enough."""

import pytest

from assistant.config import read_settings
from assistant.domain.errors import InvalidInput
from assistant.domain.origins import MOST_ORIGINS, read_origins

GOOD = (
    "https://portal.example", "https://a.b-c.portal.example:8443", "https://portal.example:80", "http://localhost:8001",
    "http://127.0.0.1", "https://xn--bcher-kva.example", "http://localhost:443",
)  # fmt: skip
BAD = (
    "*", "https://*.portal.example", "https://portal.example/", "https://portal.example/path", "https://Portal.example",
    "https://portal.example:443", "http://portal.example", "http://127.0.0.1:80", "https://user@portal.example",
    "https://portal.example:99999", "https://portal.example:0", "https://portal.example:", "portal.example", "null",
    "//portal.example", "https://", "https://-portal.example", "https://portal..example", "https://büro.example",
    "https://portal.example 'unsafe-inline'", "https://portal.example; script-src *", "https://[::1]:8000", "ftp://portal.example",
    "https://portal.example?x", "https://portal.example#x", "'none'", "https://" + "a" * 260,
)  # fmt: skip


def test_exact_origins_are_taken_once_each_in_order():
    text = ", ".join((*GOOD, GOOD[0]))

    assert read_origins(text, "x") == GOOD
    assert read_settings({"ASSISTANT_WIDGET_ORIGINS": text}).widget_origins == GOOD
    assert read_settings({}).widget_origins == ()


@pytest.mark.parametrize("text", BAD)
def test_everything_else_stops_the_start(text):
    with pytest.raises(InvalidInput, match="exact origins") as raised:
        read_settings({"ASSISTANT_WIDGET_ORIGINS": f"https://portal.example,{text}"})

    assert raised.value.field == "ASSISTANT_WIDGET_ORIGINS"


def test_the_list_has_an_end():
    many = ",".join(f"https://p{n}.example" for n in range(MOST_ORIGINS + 1))

    with pytest.raises(InvalidInput):
        read_origins(many, "x")
