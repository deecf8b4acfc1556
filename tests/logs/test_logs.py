"""Log lines are JSON, one a line, and hold no secret."""

import io
import json
import logging

import pytest

from assistant import logs
from assistant.domain.errors import InvalidInput


@pytest.fixture
def lines():
    """Return the lines logged so far; the logging of other tests is put back afterwards."""
    root = logging.getLogger()
    before, level, stream = root.handlers[:], root.level, io.StringIO()
    logs.configure("INFO", stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:], root.level = before, level


def test_a_line_is_one_json_object_with_time_level_and_logger(lines):
    logging.getLogger("assistant.web").warning("index rebuilt", extra={"publication": 3})

    (line,) = lines()
    assert line["event"] == "index rebuilt"
    assert (line["level"], line["logger"], line["publication"]) == ("warning", "assistant.web", 3)
    assert line["timestamp"].endswith("Z")


def test_a_message_cannot_forge_a_second_line(lines):
    logging.getLogger("x").info('name\n{"level": "error"}\r\nother')

    assert len(lines()) == 1


def test_a_fault_carries_its_traceback_in_the_same_line(lines):
    try:
        int("rubbish")
    except ValueError:
        logging.getLogger("x").exception("fault")

    assert "ValueError" in lines()[0]["exception"]


@pytest.mark.parametrize(
    "secret",
    ["123456", "WF-DEMO-AAAAA-BBBBB-CCCCC-DDDDD-EEEEE", "K7QM-ABCD-EFGH-JKMN", "K7QMABCDEFGHJKMN"],
    ids=["one-time code", "activation code", "recovery code", "recovery code unbroken"],
)
def test_what_looks_like_a_secret_is_masked(lines, secret):
    logging.getLogger("x").info("got %s from a form", secret)

    assert secret not in json.dumps(lines())


def test_the_id_of_a_thing_is_not_taken_for_a_secret(lines):
    logging.getLogger("x").info("fault R-0123456789ABCDEF in send")

    assert lines()[0]["event"] == "fault R-0123456789ABCDEF in send"


def test_what_is_named_like_a_secret_is_masked(lines):
    logging.getLogger("x").info("sign-in", extra={"password": "correct horse"})

    assert lines()[0]["password"] == "******"


def test_lines_below_the_level_are_left_out(lines):
    logging.getLogger("x").debug("detail")

    assert lines() == []


def test_an_unknown_level_is_refused_by_name():
    with pytest.raises(InvalidInput) as refused:
        logs.configure("LOUD")

    assert refused.value.field == "ASSISTANT_LOG_LEVEL"
