"""Runs a piece of work in a process of its own that has little time and memory and may write no file and open no socket."""

import os
import resource
import sys
import traceback
from pathlib import Path

SECONDS = 10
BYTES = 300 * 1024 * 1024
_FORBIDDEN = (
    "socket.connect",
    "os.rename",
    "os.remove",
    "os.mkdir",
    "os.symlink",
    "subprocess.Popen",
    "os.system",
    "shutil.move",
)


def confined(work, allowed=()):
    """Return what came of the work in one word and its text: done, refused, or a fault with its traceback."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        os.write(writing, _outcome(work, allowed).encode("utf-8", "replace")[:4_000])
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode("utf-8", "replace")
    status = os.waitpid(child, 0)[1]
    return said or f"killed {status}"


def _outcome(work, allowed):
    from assistant.domain.errors import AssistantError

    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + BYTES, size + BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    opened = []
    sys.addaudithook(lambda name, arguments: _watch(name, arguments, opened, allowed))
    try:
        work()
    except AssistantError as error:
        outcome = f"refused: {error}"
    except BaseException:  # noqa: BLE001 - whatever it is, the parent is told
        outcome = f"fault: {traceback.format_exc()}"
    else:
        outcome = "done"
    return f"touched {opened}" if opened else outcome


def _watch(name, arguments, opened, allowed):
    if name in _FORBIDDEN:
        opened.append(f"{name} {arguments!r:.200}")
    if name == "open":
        path, mode, flags = arguments
        writes = bool(flags & (os.O_WRONLY | os.O_RDWR)) if isinstance(flags, int) else "w" in str(mode)
        outside = str(path) not in {str(a) for a in allowed} and not str(path).startswith(
            (sys.prefix, sys.base_prefix)
        )
        if writes or (outside and str(path).startswith(("/etc", "/proc", "/root", "/home"))):
            opened.append(str(path))
