"""The production server: what it is told, and that it starts and stops as a process."""

import json
import signal
import socket
import subprocess
import sys
import threading
from contextlib import closing
from dataclasses import dataclass
from urllib.request import urlopen

from assistant.cli import serving


@dataclass(frozen=True)
class Connection:
    """What the server keeps of a connection."""

    sock: socket.socket


def free_port():
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def answers(port, tries=200):
    for _ in range(tries):
        try:
            with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
                return answer.status
        except OSError:
            threading.Event().wait(0.05)
    return None


def test_it_prints_its_address_answers_and_stops_cleanly(tmp_path):
    port = free_port()
    command = [sys.executable, "-m", "assistant", "serve", "--port", str(port)]
    environment = {"ASSISTANT_DATA_DIR": str(tmp_path / "data"), "ASSISTANT_MODE": "test", "PATH": ""}
    environment["ASSISTANT_SEMANTIC"] = "false"
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        try:
            first = server.stdout.readline()
            status = answers(port)
        finally:
            server.send_signal(signal.SIGTERM)
        _, errors = server.communicate(timeout=30)

    assert first == f"Serving on http://127.0.0.1:{port}\n"
    assert status == 200
    assert server.returncode == 0
    assert {json.loads(line)["level"] for line in errors.splitlines()} <= {"info"}


def test_a_request_that_trickles_in_is_read_no_further_but_still_answered():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(b"the beginning")
        began = {Connection(ours): 100.0}

        serving.stop_reading(began, 100.0 + serving.READING_SECONDS)
        assert ours.recv(100) == b"the beginning"
        serving.stop_reading(began, 100.1 + serving.READING_SECONDS)

        assert ours.recv(100) == b""
        ours.sendall(b"the answer")
        assert theirs.recv(100) == b"the answer"


def test_a_connection_that_is_gone_stops_nobody():
    gone, theirs = socket.socketpair()
    gone.close()
    theirs.close()
    slow, sender = socket.socketpair()

    with slow, sender:
        serving.stop_reading({Connection(gone): 0.0, Connection(slow): 0.0}, 100.0)

        assert slow.recv(100) == b""
