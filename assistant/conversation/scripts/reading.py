"""Reads script files; whatever is misspelt or misplaced is refused with its line and what is allowed there."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from assistant.conversation.scripts.checks import CHECKS
from assistant.conversation.scripts.documents import Lined, read_documents
from assistant.conversation.scripts.model import Script, Step
from assistant.domain.durations import duration
from assistant.domain.errors import InvalidInput
from assistant.ports.simulation import Fault

_SCRIPT_KEYS = ("id", "title", "tags", "as", "world", "turns")
_EVENTS = ("backend", "advance", "fault", "redeliver", "sign_in", "device", "open_as", "restart", "desk")
_LISTS = frozenset({"cite", "quote", "points", "has", "hasnt", "choices"})
_MAPPINGS = frozenset({"slots", "preview", "write"})
_WORDS = frozenset({"ask", "abstain", "task"})


def read_scripts(text: str) -> tuple[Script, ...]:
    """Read the conversations of a file. Raises InvalidInput; its field is the line, followed by the place in words."""
    documents = read_documents(text)
    if not documents:
        raise InvalidInput("1", "holds no conversation")
    scripts = tuple(_script(document, number) for number, document in enumerate(documents, start=1))
    seen: set[str] = set()
    for script, document in zip(scripts, documents, strict=True):
        if script.id in seen:
            raise InvalidInput(f"{document.line}: {script.id}", "is the id of another conversation here")
        seen.add(script.id)
    return scripts


def is_world(text: str) -> bool:
    """Tell whether a file is a world that conversations take place in, and no conversation."""
    try:
        documents = read_documents(text)
    except InvalidInput:
        return False
    return bool(documents) and all(
        isinstance(document, Lined) and not {"id", "turns"} & set(document) and "partners" in document
        for document in documents
    )


def _script(document: Any, number: int) -> Script:
    if not isinstance(document, Lined):
        raise InvalidInput(f"1: document {number}", "must be a mapping with id and turns")
    where = str(document.get("id") or f"document {number}")
    _refuse_unknown(document, _SCRIPT_KEYS, where)
    for name in ("as", "world", "title"):
        if not isinstance(document.get(name, ""), str):
            raise InvalidInput(_place(document, name, where), "must be a text")
    if "tags" in document:
        _texts_of(document["tags"], _place(document, "tags", where))
    turns = document.get("turns")
    if not isinstance(turns, list) or not turns:
        raise InvalidInput(_place(document, "turns", where), "must be a list of at least one turn")
    return Script(
        id=where,
        title=str(document.get("title", "")),
        user=document.get("as"),
        world=document.get("world"),
        steps=tuple(_step(turn, n, f"{where}.turns[{n}]", document) for n, turn in enumerate(turns, start=1)),
    )


def _step(turn: Any, number: int, where: str, script: Lined) -> Step:
    if not isinstance(turn, Lined) or ("u" in turn) == ("do" in turn):
        line = turn.line if isinstance(turn, Lined) else script.lines["turns"]
        raise InvalidInput(f"{line}: {where}", "must be a mapping with either u or do")
    if "u" in turn and not (isinstance(turn["u"], str) and turn["u"].strip()):
        raise InvalidInput(_place(turn, "u", where), "must be what the user says")
    event = _event(turn["do"], f"{where}.do", turn) if "do" in turn else {}
    checks = _checks(turn, where, ("u", "do"))
    return Step(number, turn.line, turn.get("u"), event, checks)


def _event(event: Any, where: str, turn: Lined) -> dict[str, Any]:
    if not isinstance(event, Lined) or not event:
        raise InvalidInput(f"{turn.lines['do']}: {where}", f"must be one of {', '.join(_EVENTS)}")
    _refuse_unknown(event, _EVENTS, where)
    for name, given in event.items():
        _refuse_impossible(name, given, _place(event, name, where))
    if "device" in event and "sign_in" not in event:
        raise InvalidInput(_place(event, "device", where), "stands beside sign_in")
    return dict(event)


def _refuse_impossible(name: str, given: Any, place: str) -> None:
    faults = [fault.value for fault in Fault]
    if name == "advance":
        duration(str(given), place)
    elif name == "fault" and given not in faults:
        raise InvalidInput(place, f"must be one of {', '.join(faults)}")
    elif name == "backend" and not _is_seat_change(given):
        raise InvalidInput(place, "must be {op: seats, customer: NAME, seats: NUMBER}")
    elif name == "redeliver" and given != "last":
        raise InvalidInput(place, "must be last")
    elif name == "restart" and given is not True:
        raise InvalidInput(place, "must be true")
    elif name == "desk" and not _is_desk_act(given):
        raise InvalidInput(
            place, "must be {as: OPERATOR, act: WORD}, with text, outside and values as the act needs"
        )
    elif name in {"sign_in", "open_as", "device"} and not isinstance(given, str):
        raise InvalidInput(place, "must be a name")


def _is_desk_act(given: Any) -> bool:
    """Tell whether this is something that an operator can do with the newest case of the conversation."""
    return (
        isinstance(given, dict)
        and {"as", "act"} <= set(given) <= {"as", "act", "text", "outside", "values"}
        and all(isinstance(given[name], str) for name in set(given) - {"values"})
        and isinstance(given.get("values", {}), dict)
    )


def _is_seat_change(change: Any) -> bool:
    return (
        isinstance(change, dict)
        and set(change) == {"op", "customer", "seats"}
        and change["op"] == "seats"
        and isinstance(change["customer"], str)
        and type(change["seats"]) is int
    )


def _checks(given: Lined, where: str, beside: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the checks of a step; one text where several can stand is a list of one."""
    _refuse_unknown(given, (*beside, *CHECKS), where)
    return {
        name: _expected(name, expected, _place(given, name, where))
        for name, expected in given.items()
        if name not in beside
    }


def _expected(name: str, expected: Any, place: str) -> Any:
    if name in _LISTS:
        return _texts_of(expected, place)
    if name == "any_of":
        return _alternatives(expected, place)
    if name == "writes" and (type(expected) is not int or expected < 0):
        raise InvalidInput(place, "must be a number")
    if name in _MAPPINGS and not (isinstance(expected, dict) and expected):
        raise InvalidInput(place, "must be a mapping of names to values")
    if name in _WORDS and not isinstance(expected, str):
        raise InvalidInput(place, "must be one word, such as none")
    return expected


def _alternatives(expected: Any, place: str) -> list[dict[str, Any]]:
    if not isinstance(expected, list) or not expected:
        raise InvalidInput(place, "must be a list of check sets")
    if not all(isinstance(checks, Lined) and checks for checks in expected):
        raise InvalidInput(place, "must be a list of check sets")
    where = place.partition(": ")[2]
    return [_checks(checks, f"{where}[{n}]") for n, checks in enumerate(expected, start=1)]


def _texts_of(expected: Any, place: str) -> list[str]:
    texts = expected if isinstance(expected, list) else [expected]
    if not texts or not all(type(text) in {str, int} and str(text).strip() for text in texts):
        raise InvalidInput(place, "must be a text or a list of texts")
    return [str(text) for text in texts]


def _refuse_unknown(given: Lined, known: Iterable[str], where: str) -> None:
    known = tuple(known)
    for name in given:
        if name not in known:
            meant = get_close_matches(name, known, n=1)
            hint = f"did you mean {meant[0]}? " if meant else ""
            raise InvalidInput(
                _place(given, name, where), f"is unknown; {hint}known are {', '.join(sorted(known))}"
            )


def _place(given: Lined, name: str, where: str) -> str:
    return f"{given.lines.get(name, given.line)}: {where}.{name}"
