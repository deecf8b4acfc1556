"""What an operator of the vendor's licensing desk does while a conversation goes on."""

from collections.abc import Callable, Mapping
from typing import Any

from assistant.bootstrap import Application
from assistant.domain.errors import AssistantError, InvalidInput
from assistant.domain.identifiers import ConversationId, HandOffId
from assistant.domain.principals import Principal
from assistant.ports.hand_offs import HandOffs

_Act = Callable[[HandOffs, Principal, HandOffId, Mapping[str, Any]], object]

_ACTS: Mapping[str, _Act] = {
    "claim": lambda desk, who, case, _: desk.claim(who, case),
    "release": lambda desk, who, case, _: desk.release(who, case, None),
    "message": lambda desk, who, case, said: desk.write(who, case, None, said.get("text", "")),
    "correct": lambda desk, who, case, said: desk.correct(who, case, None, _values(said)),
    "return": lambda desk, who, case, said: desk.give_back(who, case, None, said.get("text", "")),
    "complete": lambda desk, who, case, said: desk.complete(
        who, case, None, said.get("text", ""), said.get("outside")
    ),
    "close": lambda desk, who, case, said: desk.close(who, case, None, said.get("text", "")),
}


def work_at_desk(
    application: Application,
    users: Mapping[str, Principal],
    conversation: ConversationId,
    act: Mapping[str, Any],
) -> None:
    """Do something with the conversation's newest case. Raises InvalidInput where it cannot be done."""
    operator, do = users.get(act["as"]), _ACTS.get(act["act"])
    if operator is None:
        raise InvalidInput("desk.as", f"names no user: {act['as']}")
    if do is None:
        raise InvalidInput("desk.act", "must be one of " + ", ".join(_ACTS))
    owners = [case for user in users.values() for case in application.hand_offs.own(user)]
    cases = [case["reference"] for case in owners if case["conversation"] == conversation]
    if not cases:
        raise InvalidInput("desk", "needs a case that was handed over in this conversation")
    try:
        do(application.hand_offs, operator, HandOffId(cases[0]), act)
    except AssistantError as error:
        raise InvalidInput("desk", f"was refused: {error.message}") from error


def _values(said: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in said.get("values", {}).items()}
