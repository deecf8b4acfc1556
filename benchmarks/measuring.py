"""Measuring one engine: it is built in one process and asked in another, so that neither sees the other's memory.

Both run on one thread, which has to be said in the environment before any library is imported.
"""

import gc
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from assistant.domain.entries import Entry
from assistant.knowledge.evaluation import Question
from benchmarks.engines import engine, missing
from benchmarks.engines.shape import NOTHING, Before, Engine
from benchmarks.figures import Figures, Outcome, figures

_Result = TypeVar("_Result")
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")
_STATUS = Path("/proc/self/status")
_KIB_IN_MIB = 1024


@dataclass(frozen=True)
class Measured:
    """What an engine costs and finds: seconds to build and to open, MiB its process grows by; or why there is nothing."""

    engine: str
    figures: Figures | None = None
    build_s: float | None = None
    open_s: float | None = None
    memory_mib: float | None = None
    problem: str = ""


def measure(
    name: str, entries: Sequence[Entry], questions: Sequence[Question], folder: Path | None = None
) -> Measured:
    """Build an engine and ask it all questions; its files go to the folder, or to one that is thrown away."""
    absent = missing(name)
    if absent:
        return Measured(name, problem=f"not installed: {', '.join(absent)}")
    with TemporaryDirectory() as made:
        place = folder or Path(made)
        try:
            build_s = in_own_process(_build, name, entries, place)
            outcomes, open_s, memory = in_own_process(_ask, name, entries, questions, place)
        except ImportError as error:
            return Measured(name, problem=f"cannot be used: {error}")
        except BrokenProcessPool:
            return Measured(name, problem="its process died")
    return Measured(name, figures(outcomes), build_s, open_s, memory)


def in_own_process(work: Callable[..., _Result], *given: object) -> _Result:
    """Call a function in a fresh process that computes on one thread."""
    os.environ.update(dict.fromkeys(_THREADS, "1"), TOKENIZERS_PARALLELISM="false")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def ask(
    engine_: Engine, questions: Sequence[Question], timer: Callable[[], float] = time.perf_counter
) -> list[Outcome]:
    """Ask every question; a text that was asked before in the same surroundings is not asked, or timed, again."""
    done: dict[tuple[str, Before], Outcome] = {}
    outcomes = []
    for question in questions:
        before = engine_.follow(question.context) if question.context else NOTHING
        known = done.get((question.query, before))
        if known:
            outcomes.append(Outcome(question, known.ids, known.confidence, None))
            continue
        started = timer()
        found = engine_.search(question.query, before)
        spent = (timer() - started) * 1000
        outcomes.append(Outcome(question, found.ids, found.confidence, spent))
        done[question.query, before] = outcomes[-1]
    return outcomes


def resident_mib() -> float | None:
    """Return the memory this process holds, in MiB; None where the system does not tell."""
    if not _STATUS.exists():
        return None
    line = next(line for line in _STATUS.read_text("ascii").splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / _KIB_IN_MIB


def _build(name: str, entries: Sequence[Entry], folder: Path) -> float:
    module = engine(name)
    started = time.perf_counter()
    module.build(entries, folder)
    return time.perf_counter() - started


def _ask(
    name: str, entries: Sequence[Entry], questions: Sequence[Question], folder: Path
) -> tuple[list[Outcome], float, float | None]:
    gc.collect()
    before = resident_mib()
    module = engine(name)
    started = time.perf_counter()
    ready = module.start(entries, folder)
    opened = time.perf_counter() - started
    outcomes = ask(ready, questions)
    gc.collect()
    after = resident_mib()
    return outcomes, opened, None if before is None or after is None else after - before
