"""How much one caller may ask for, and what those get who come when there is too much to do."""

import io
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.config import RATE_LIMITS, read_settings
from assistant.domain.addresses import caller_of
from assistant.domain.errors import InvalidInput
from support.web import FakeApplication, Visitor, settings
from web import admission, limits
from web.app import create_app

ELSEWHERE = {"REMOTE_ADDR": "203.0.113.7"}


class Hand:
    """A clock that is moved by hand, in seconds."""

    def __init__(self):
        self.at = 0.0

    def __call__(self):
        return self.at


@pytest.fixture
def hand():
    return Hand()


@pytest.fixture
def narrow(tmp_path, hand):
    """A site where a user may ask twice a minute, and an address ten times."""
    chosen = tuple((kind, 2) for kind, _ in RATE_LIMITS)
    visitor = Visitor(FakeApplication(settings(tmp_path, rate_limits=chosen)), None)
    visitor.app = create_app(visitor.application)
    visitor.app.extensions["assistant.limits"] = limits.Shares(hand)
    visitor.client = visitor.app.test_client()
    return visitor


def statuses(visitor, number, path="/api/v1/answers?q=plan", **options):
    environ = options.pop("environ", ELSEWHERE)
    return [visitor.client.get(path, environ_base=environ, **options).status_code for _ in range(number)]


def test_an_address_that_asks_too_much_is_told_when_to_come_again(narrow, hand):
    assert statuses(narrow, 11) == [200] * 10 + [429]
    refused = narrow.client.get("/api/v1/answers?q=plan", environ_base=ELSEWHERE)
    assert (refused.status_code, refused.json["code"]) == (429, "too_many_attempts")
    assert refused.headers["Content-Type"] == "application/problem+json"

    hand.at += int(refused.headers["Retry-After"])

    assert statuses(narrow, 2) == [200, 429]


def test_another_address_and_another_kind_of_request_are_not_touched(narrow):
    statuses(narrow, 11)

    assert statuses(narrow, 1, environ={"REMOTE_ADDR": "203.0.113.8"}) == [200]
    assert statuses(narrow, 1, "/api/v1/suggestions?q=plan") == [200]
    assert statuses(narrow, 3, "/healthz") == [200] * 3


def test_a_user_has_a_share_whatever_the_addresses(narrow):
    narrow.sign_in()
    asked = [
        statuses(narrow, 1, "/customers", environ={"REMOTE_ADDR": f"203.0.113.{n}"})[0] for n in range(4)
    ]

    assert asked == [200, 200, 429, 429]


def test_this_machine_itself_is_not_limited(narrow):
    assert statuses(narrow, 30, environ={"REMOTE_ADDR": "127.0.0.1"}) == [200] * 30


@pytest.mark.parametrize(("hops", "refused"), [(0, True), (1, False)])
def test_forwarded_addresses_count_only_from_known_proxies(tmp_path, hand, hops, refused):
    chosen = tuple((kind, 1) for kind, _ in RATE_LIMITS)
    app = create_app(FakeApplication(settings(tmp_path, rate_limits=chosen, trusted_proxies=hops)))
    app.extensions["assistant.limits"] = limits.Shares(hand)
    client = app.test_client()
    answers = [
        client.get(
            "/api/v1/answers?q=plan", environ_base=ELSEWHERE, headers={"X-Forwarded-For": f"198.51.100.{n}"}
        )
        for n in range(8)
    ]
    assert (429 in {answer.status_code for answer in answers}) is refused


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("203.0.113.7", "203.0.113.8", False),
        ("2001:db8::1", "2001:db8::ffff:2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:203.0.113.7", "203.0.113.7", True),
        ("unix:", "unix:", True),
    ],
)
def test_a_subscriber_is_one_caller(one, other, same):
    assert (caller_of(one) == caller_of(other)) is same


@given(st.lists(st.floats(0, 30), max_size=60), st.integers(1, 20))
def test_in_no_minute_does_anybody_get_more_than_two_minutes_shares(pauses, per_minute):
    hand, taken = Hand(), []
    shares = limits.Shares(hand)
    for pause in pauses:
        hand.at += pause
        if not shares.take("questions", "a", per_minute):
            taken.append(hand.at)
    for at in taken:
        assert sum(at <= other < at + 60 for other in taken) <= 2 * per_minute


def test_callers_without_end_take_no_memory_without_end(hand):
    shares = limits.Shares(hand, 100)
    for number in range(1_000):
        shares.take("questions", str(number), 5)
    assert len(shares._used_until) == 100


@pytest.mark.parametrize(
    "text", ["questions", "questions=", "questions=-1", "tea=1", "questions=1.5", "questions=9999999"]
)
def test_a_limit_that_makes_no_sense_stops_the_start(text):
    with pytest.raises(InvalidInput, match="known are questions"):
        read_settings({"ASSISTANT_RATE_LIMITS": text})


def test_some_limits_can_be_given_and_the_others_stay():
    chosen = dict(read_settings({"ASSISTANT_RATE_LIMITS": "questions=7, other=0"}).rate_limits)
    assert chosen == {**dict(RATE_LIMITS), "questions": 7, "other": 0}


def test_a_burst_waits_and_is_served(hand):
    queue, served = admission.Admission(1, hand), []

    def come():
        served.append(queue.enter())
        queue.leave()

    assert queue.enter()
    waiting = [threading.Thread(target=come) for _ in range(5)]
    for thread in waiting:
        thread.start()
    queue.leave()
    for thread in waiting:
        thread.join()
    assert served == [True] * 5


def test_whoever_comes_to_a_queue_that_does_not_empty_is_sent_away_at_once(hand):
    queue = admission.Admission(1, hand)
    assert queue.enter()
    thread = threading.Thread(target=queue.enter)
    thread.start()
    while not queue._waiting:
        thread.join(0.001)
    hand.at += 1.1
    assert not queue.enter()
    queue.leave()
    thread.join()
    queue.leave()
    assert queue.enter()


class Full:
    """A queue that takes nobody."""

    def enter(self):
        return False


@pytest.mark.parametrize(
    ("path", "status"), [("/", 503), ("/api/v1/answers?q=x", 503), ("/healthz", 200), ("/metrics", 200)]
)
def test_overload_is_told_with_every_header_and_those_who_watch_are_let_in(tmp_path, path, status):
    app = create_app(FakeApplication(settings(tmp_path)))
    app.extensions["assistant.admission"] = Full()

    answer = app.test_client().get(path)

    assert answer.status_code == status
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert status != 503 or (answer.headers["Retry-After"], answer.json["code"]) == ("1", "busy")


class Trickle(io.BytesIO):
    """A body of which every piece asks whether a slot is taken already."""

    def __init__(self, data, queue):
        super().__init__(data)
        self.queue, self.free = queue, []

    def read(self, *size):
        self.free.append(self.queue._slots._value)
        return super().read(*size)

    def readline(self, *size):
        self.free.append(self.queue._slots._value)
        return super().readline(*size)

    def readinto(self, buffer):
        self.free.append(self.queue._slots._value)
        return super().readinto(buffer)


@pytest.mark.parametrize(
    ("path", "kind", "data"),
    [
        ("/sign-in", "application/x-www-form-urlencoded", b"username=a&password=b"),
        (
            "/bulk",
            "multipart/form-data; boundary=x",
            b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n--x--\r\n",
        ),
        ("/api/v1/session", "application/json", b'{"username": "a", "password": "b"}'),
        ("/nothing", "text/plain", b"x" * 1000),
    ],
)
def test_a_body_that_is_still_arriving_holds_no_slot(tmp_path, path, kind, data):
    app = create_app(FakeApplication(settings(tmp_path)))
    queue = app.extensions["assistant.admission"] = admission.Admission(1)
    body = Trickle(data, queue)

    app.test_client().post(path, input_stream=body, content_type=kind, content_length=len(data))

    assert body.free
    assert set(body.free) == {1}


def test_every_request_gives_its_slot_back_also_one_that_fails(tmp_path):
    app = create_app(FakeApplication(settings(tmp_path)))
    queue = app.extensions["assistant.admission"] = admission.Admission(1)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    client = app.test_client()
    for path in ("/", "/nothing", "/api/v1/answers", "/customers/x", "/sign-in/code"):
        client.get(path)
        assert queue._slots._value == 1, path
