"""Measuring matching against questions whose answers are known."""

import json
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.domain.entries import AnswerKind, Entry, EntryKind, Source
from assistant.domain.errors import InvalidInput
from assistant.domain.identifiers import EntryId
from assistant.knowledge.editions import Edition
from assistant.knowledge.matching.decision import Match

_ANSWERS = {AnswerKind.EXACT, AnswerKind.CLOSEST, AnswerKind.BRANCHES}
_FAR = "oos_far"
_TOP = 3
_PERCENT_95 = 0.95


@dataclass(frozen=True)
class Question:
    """One line of an evaluation file: what is asked, what should answer (nothing: it must abstain), its kind."""

    query: str
    expect: tuple[EntryId, ...]
    kind: str
    context: str | None = None


@dataclass(frozen=True)
class Result:
    """What became of one question; ``rank`` is the place of the first right entry in the ranking, from 1."""

    question: Question
    rank: int | None
    answered: bool
    right: bool
    false_answer: bool
    confidence: float
    milliseconds: float


def read_questions(text: str, field: str) -> list[Question]:
    """Read questions from JSON lines. Raises InvalidInput naming the line."""
    return [_question(data, f"{field}:{number}") for number, data in _json_lines(text, field)]


def read_entries(text: str, field: str) -> list[Entry]:
    """Read a knowledge base for evaluation from JSON lines. Raises InvalidInput naming the line."""
    return [_entry(data, f"{field}:{number}") for number, data in _json_lines(text, field)]


def evaluate(
    edition: Edition, questions: Sequence[Question], timer: Callable[[], float] = time.perf_counter
) -> dict[str, Any]:
    """Ask every question and return the figures of the contract; nothing is recorded."""
    edition.prepare()
    results = [_ask(edition, question, timer) for question in questions]
    kinds = sorted({q.kind for q in questions})
    by_kind = {kind: _figures([r for r in results if r.question.kind == kind]) for kind in kinds}
    times = sorted(r.milliseconds for r in results)
    return {
        **_figures(results),
        "auroc": _auroc(results),
        "p50_ms": round(statistics.median(times), 2) if times else None,
        "p95_ms": round(times[min(len(times) - 1, int(len(times) * _PERCENT_95))], 2) if times else None,
        "by_kind": by_kind,
    }


def _ask(edition: Edition, question: Question, timer: Callable[[], float]) -> Result:
    near = [s.entry.id for s in edition.match(question.context).chosen] if question.context else []
    started = timer()
    match = edition.match(question.query, None, near, question.context)
    spent = (timer() - started) * 1000
    resolved = {found.id for e in question.expect if (found := edition.entries.find(e))} | set(
        question.expect
    )
    rank = next((place for place, s in enumerate(match.ranking, 1) if s.entry.id in resolved), None)
    return Result(
        question,
        rank,
        answered=_answered(match, resolved),
        right=any(s.entry.id in resolved for s in match.chosen),
        false_answer=not question.expect and match.kind in _ANSWERS,
        confidence=match.confidence,
        milliseconds=spent,
    )


def _answered(match: Match, right: set[EntryId]) -> bool:
    return match.kind in _ANSWERS or any(s.entry.id in right for s in match.chosen)


def _figures(results: Sequence[Result]) -> dict[str, Any]:
    inside = [r for r in results if r.question.expect]
    false = [r for r in results if r.false_answer]
    return {
        "questions": len(results),
        "hit1": _mean(r.rank == 1 for r in inside),
        "hit3": _mean(r.rank is not None and r.rank <= _TOP for r in inside),
        "mrr": _mean(1 / r.rank if r.rank else 0.0 for r in inside),
        "answered": sum(r.answered for r in inside),
        "answered_right": sum(r.right for r in inside),
        "false_answers": len(false),
        "false_answers_far": sum(r.question.kind == _FAR for r in false),
    }


def _mean(values: Iterable[float]) -> float | None:
    listed = [float(v) for v in values]
    return round(statistics.fmean(listed), 4) if listed else None


def _auroc(results: Sequence[Result]) -> float | None:
    """Return how often a question with an answer gets more confidence than one without; None without both kinds."""
    ordered = sorted(results, key=lambda r: r.confidence)
    inside = sum(1 for r in results if r.question.expect)
    outside = len(results) - inside
    if not inside or not outside:
        return None
    ranks: dict[float, list[int]] = {}
    for place, result in enumerate(ordered, 1):
        ranks.setdefault(result.confidence, []).append(place)
    total = sum(statistics.fmean(ranks[r.confidence]) for r in results if r.question.expect)
    return round((total - inside * (inside + 1) / 2) / (inside * outside), 4)


def _json_lines(text: str, field: str) -> list[tuple[int, dict[str, Any]]]:
    read = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InvalidInput(f"{field}:{number}", "is not JSON") from error
        if not isinstance(data, dict):
            raise InvalidInput(f"{field}:{number}", "must be a JSON object")
        read.append((number, data))
    return read


def _question(data: dict[str, Any], where: str) -> Question:
    query, expect, context = data.get("query"), data.get("expect", []), data.get("context")
    if not isinstance(query, str) or not isinstance(context, str | None):
        raise InvalidInput(where, "query must be a text, and context too where it is given")
    if not isinstance(expect, list) or not all(isinstance(e, str) for e in expect):
        raise InvalidInput(where, "expect must be a list of entry ids")
    return Question(query, tuple(EntryId(e) for e in expect), str(data.get("kind", "")), context)


def _entry(data: dict[str, Any], where: str) -> Entry:
    texts = [data.get("id"), data.get("question"), data.get("answer", "")]
    alternates = data.get("alternates", [])
    if not all(isinstance(text, str) for text in texts):
        raise InvalidInput(where, "id, question and answer must be texts")
    if not isinstance(alternates, list) or not all(isinstance(a, str) for a in alternates):
        raise InvalidInput(where, "alternates must be a list of texts")
    entry_id, question, answer = texts
    source = Source("evaluation", str(question), "1970-01")
    return Entry(
        EntryId(str(entry_id)),
        1,
        EntryKind.QUESTION,
        str(question),
        str(answer),
        source,
        alternates=tuple(alternates),
    )
