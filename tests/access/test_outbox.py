"""Letters: stored with what they tell of, sent afterwards, tried again, and in the way of nothing."""

import smtplib
import socketserver
import threading
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.access.mailers import FolderMailer, MailServer, SmtpMailer
from assistant.access.outbox import _catalogue, next_try
from assistant.domain.accounts import Session
from assistant.ports.mail import Letter, LetterNotSent
from support.access import STARTS

LETTER = Letter("ML-1", "anna@partner.example", "Hello \u00fcber", "Text\n.\nwith a \u2713")


def test_a_mail_server_that_is_away_stops_no_sign_in(quick):
    quick.anna()
    quick.mail.away = True

    assert isinstance(quick.sign_in(), Session)
    assert quick.mail.letters == []


def test_what_was_not_sent_is_sent_when_the_server_is_back(quick):
    quick.anna()
    quick.mail.away = True
    quick.sign_in()
    assert quick.parts.outbox.deliver() == {"sent": 0, "failed": 0}
    quick.clock.advance(minutes=5)
    assert quick.parts.outbox.deliver() == {"sent": 0, "failed": 1}
    quick.mail.away = False
    quick.clock.advance(minutes=5)

    assert quick.parts.outbox.deliver() == {"sent": 1, "failed": 0}
    assert quick.mail.subjects() == ["A sign-in from a new device"]
    assert quick.parts.outbox.deliver() == {"sent": 0, "failed": 0}


def test_a_letter_is_given_up_in_the_end_and_forgotten(quick):
    quick.anna()
    quick.mail.away = True
    quick.sign_in()
    failed = 0
    for _ in range(40):
        quick.clock.advance(hours=1)
        failed += quick.parts.outbox.deliver()["failed"]

    with quick.storage.reading() as unit:
        assert unit.letters.unsent() == ()
    assert failed == 9


def test_a_letter_that_one_process_took_is_not_sent_by_another(quick):
    quick.anna()
    quick.mail.away = True
    quick.sign_in()
    quick.clock.advance(minutes=5)
    now = quick.clock.now()
    with quick.storage.writing() as unit:
        taken = unit.letters.take(now, now + timedelta(minutes=5), 10)
        unit.commit()
    quick.mail.away = False

    assert len(taken) == 1
    assert quick.parts.outbox.deliver() == {"sent": 0, "failed": 0}


def test_waiting_letters_are_sealed_anew_when_keys_change(quick):
    from assistant.access.keys import Vault

    quick.anna()
    quick.mail.away = True
    quick.sign_in()
    with quick.storage.reading() as unit:
        (before,) = unit.letters.unsent()
    quick.vault.__dict__.update(vars(Vault((bytes(range(1, 33)), bytes(range(32))))))

    quick.accounts.rotate_keys()

    with quick.storage.reading() as unit:
        (after,) = unit.letters.unsent()
    assert after.sealed != before.sealed
    assert quick.vault.is_current(after.sealed)


@given(st.integers(0, 30))
def test_each_pause_is_longer_than_the_last_up_to_an_hour(tries):
    due = next_try(tries, STARTS)

    assert (due is None) is (tries >= 9)
    assert due is None or timedelta(minutes=1) <= due - STARTS <= timedelta(hours=1)
    later = next_try(tries + 1, STARTS)
    assert due is None or later is None or later >= due


@pytest.mark.parametrize("kind", sorted(_catalogue()))
def test_every_letter_has_a_subject_in_one_line_and_says_whom_it_is_for(kind):
    letter = _catalogue()[kind]

    assert "\n" not in letter["subject"]
    assert "Hello {name}" in letter["text"]
    assert "{username}" in letter["text"]


def test_a_name_cannot_add_lines_to_a_letter(quick):
    quick.anna()
    quick.access.begin("anna", "correct-horse-9", address="a", device="x\nBcc: all@x.example\r\ny")
    token = quick.access.begin("anna", "correct-horse-9", address="a", device="x\r\nDevice: trusted")
    quick.access.complete(token, quick.code(), address="192.0.2.1")

    assert "Device: xDevice: trusted\n" in quick.mail.letters[-1].text


def test_a_folder_gets_a_file_that_only_its_owner_reads(tmp_path):
    FolderMailer(tmp_path / "mail", "us@x.example").send(LETTER)
    (path,) = (tmp_path / "mail").iterdir()

    assert path.stat().st_mode & 0o777 == 0o600
    assert b"To: anna@partner.example" in path.read_bytes()


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("x")

    with pytest.raises(LetterNotSent, match="folder"):
        FolderMailer(tmp_path / "file", "us@x.example").send(LETTER)


class _Server(socketserver.StreamRequestHandler):
    """As much of SMTP as one letter needs; offers no encryption."""

    def handle(self):
        self.wfile.write(b"220 ready\r\n")
        while line := self.rfile.readline():
            word = line.split()[0].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                while (line := self.rfile.readline()) != b".\r\n":
                    self.server.received.append(line)
            self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 fine\r\n")
            if word == b"QUIT":
                return


@pytest.fixture
def smtp():
    with socketserver.TCPServer(("127.0.0.1", 0), _Server) as server:
        server.received = []
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_a_letter_reaches_a_mail_server(smtp):
    host, port = smtp.server_address
    SmtpMailer(MailServer(host, port, "us@x.example", secure=False)).send(LETTER)
    received = b"".join(smtp.received)

    assert b"From: us@x.example" in received
    assert b"Message-ID: <ML-1@x.example>" in received


def test_nothing_is_said_to_a_server_that_does_not_encrypt(smtp):
    host, port = smtp.server_address
    mailer = SmtpMailer(MailServer(host, port, "us@x.example"))

    with pytest.raises(LetterNotSent, match=smtplib.SMTPNotSupportedError.__name__):
        mailer.send(LETTER)
    assert smtp.received == []


def test_a_server_that_is_not_there_is_told_without_the_letter():
    mailer = SmtpMailer(MailServer("127.0.0.1", 1, "us@x.example"), seconds=1)

    with pytest.raises(LetterNotSent) as told:
        mailer.send(LETTER)
    assert str(told.value) == "ConnectionRefusedError"
