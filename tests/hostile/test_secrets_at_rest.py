"""After everything that people do with secrets, none stands in the database, its log, a backup, an index, an export or a log line."""

import base64
import io
import json
import logging

import pytest

from assistant import logs
from assistant.access import totp
from assistant.bootstrap import open_application, open_database
from assistant.config import read_settings
from assistant.domain.accounts import CodeVerdict
from assistant.domain.errors import NotSignedIn
from assistant.ports.conversations import Message
from assistant.world import apply_world, read_world

PASSWORDS = ("planted-password-anna", "planted-password-new", "planted-wrong-password")
FACTOR = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ACTIVATION = "WF-DEMO-QZXJV-QZXJV-QZXJV-QZXJV-QZXJV"
TYPED = "493817"
KEY = "c2VjcmV0LWtleS1vZi10aGUtc2Nhbi0wMTIzNDU2Nzg="
WORLD = f"""
partners:
  Northwind:
    customers:
      Contoso: {{subscriptions: [{{plan: WF Services Monthly Rolling, seats: 25, start: 2025-04-01}}]}}
users:
  anna: {{role: partner_admin, partner: Northwind, password: {PASSWORDS[0]}, totp_secret: {FACTOR}}}
  newt: {{role: partner_admin, partner: Northwind, password: {PASSWORDS[1]}}}
"""


@pytest.fixture(scope="module")
def left_behind(tmp_path_factory):
    """Everything that is left after a day with secrets, by what it is, and the secrets by what they are."""
    folder = tmp_path_factory.mktemp("secrets")
    said = io.StringIO()
    before = logging.getLogger().handlers[:], logging.getLogger().level
    environ = {
        "ASSISTANT_DATA_DIR": str(folder), "ASSISTANT_MODE": "test", "ASSISTANT_SEMANTIC": "false", "ASSISTANT_SECRET_KEYS": KEY,
        "ASSISTANT_LOG_LEVEL": "DEBUG",
    }  # fmt: skip
    app = open_application(read_settings(environ))
    logs.configure("DEBUG", said)
    apply_world(app, read_world(WORLD))
    secrets = a_day(app)
    with open_database(app.settings) as database:
        database.copy_to(folder / "backup.sqlite3")
    exported = json.dumps([app.conversations.view(anna(app), c) for c in secrets.pop("conversations")])
    found = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    app.database.close()
    logging.getLogger().handlers[:], logging.getLogger().level = before
    return {**found, "the log": said.getvalue().encode(), "transcripts": exported.encode()}, secrets


def anna(app):
    return next(user.principal for user in app.accounts.list() if user.username == "anna")


def a_day(app):
    access, address = app.access, {"address": "192.0.2.1"}
    secrets = {"conversations": []}
    for attempt in ("wrong", "right"):
        password = PASSWORDS[2] if attempt == "wrong" else PASSWORDS[0]
        try:
            token = access.begin("anna", password, **address)
        except NotSignedIn:
            assert attempt == "wrong"
    secrets["sign-in token"] = token
    secrets["session token"] = access.complete(token, access.current_code("anna")[0], **address).token
    assert isinstance(
        access.complete(access.begin("anna", PASSWORDS[0], **address), "000001", **address), CodeVerdict
    )
    secrets |= enrolled(app, address)
    conversation = app.conversations.open(anna(app))
    secrets["conversations"].append(conversation)
    texts = (
        f"my code is {TYPED}",
        "change the seats of Contoso to 40",
        "yes",
        f"the licence {ACTIVATION} does not work",
    )
    for number, text in enumerate(texts):
        app.conversations.send(anna(app), conversation, Message(f"m-{number}", text=text))
    app.conversations.send(anna(app), conversation, Message("m-wrong", code="000002"))
    return secrets


def enrolled(app, address):
    access = app.access
    token = access.begin("newt", PASSWORDS[1], **address)
    enrolment = access.enrol(token)
    key = enrolment.secret
    first = totp.code_at(key, totp.step_of(app.real_clock.now()))
    codes = access.confirm_enrolment(token, first)
    session = access.acknowledge_recovery(token, **address)
    used = access.complete(access.begin("newt", PASSWORDS[1], **address), codes[0], **address)
    return {
        "enrolment key": key,
        "recovery codes": codes,
        "new session": session.token,
        "recovered session": used.token,
    }


def spellings(secret):
    raw = secret.encode()
    yield raw
    yield raw.hex().encode()
    yield raw.hex().upper().encode()
    for shift in range(3):
        # base 64 of a text that holds it anywhere looks one of three ways
        coded = base64.b64encode(b"\0" * shift + raw)
        yield coded[(0, 2, 3)[shift] : -4].rstrip(b"=")


def secrets_of(named):
    values = {
        **named,
        "password": PASSWORDS,
        "factor": FACTOR,
        "activation code": ACTIVATION,
        "key": KEY,
        "typed code": TYPED,
    }
    return {n: (v,) if isinstance(v, str) else tuple(v) for n, v in values.items()}


def test_no_secret_is_left_anywhere_in_any_spelling(left_behind):
    places, named = left_behind
    found = [
        (place, name)
        for place, content in places.items()
        for name, values in secrets_of(named).items()
        for value in values
        for spelling in spellings(value)
        if spelling in content
    ]
    assert found == []


def test_the_places_hold_what_they_are_searched_for(left_behind):
    places, _ = left_behind
    assert b"Contoso" in places["assistant.sqlite3"] + places.get("assistant.sqlite3-wal", b"")
    assert b"Contoso" in places["backup.sqlite3"]
    assert b"Contoso" in places["transcripts"]
    assert len(places) > 4


def test_a_planted_secret_is_found_in_every_spelling():
    for coded in (
        b"x" + PASSWORDS[0].encode(),
        PASSWORDS[0].encode().hex().encode(),
        base64.b64encode(b"ab" + PASSWORDS[0].encode() + b"c"),
    ):
        assert any(spelling in coded for spelling in spellings(PASSWORDS[0]))
