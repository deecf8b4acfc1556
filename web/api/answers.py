"""Questions, suggestions and entries."""

from typing import Any

from flask import request

from assistant.domain.entries import Audience
from assistant.domain.errors import Forbidden, InvalidInput
from assistant.domain.identifiers import EntryId
from assistant.domain.principals import Principal
from assistant.ports.wire.entries import answer_json, entry_json, suggestion_json, version_json
from web import queries, visitors
from web.current import application


def ask() -> dict[str, Any]:
    """Answer one question."""
    queries.only("q", "as_of", "audience")
    who = visitors.bearer_principal()
    answer = application().knowledge.ask(
        _question(),
        audience=_audience(who),
        as_of=queries.day("as_of"),
        asker=who.user_id if who else None,
    )
    return answer_json(answer)


def suggest() -> dict[str, Any]:
    """Suggest published questions."""
    queries.only("q")
    found = application().knowledge.suggest(
        request.args.get("q", ""), audience=visitors.audience_of(visitors.bearer_principal())
    )
    return {"suggestions": [suggestion_json(s) for s in found]}


def entry(entry_id: str) -> dict[str, Any]:
    """Show one published entry."""
    return entry_json(visitors.readable_entry(visitors.bearer_principal(), EntryId(entry_id)))


def versions(entry_id: str) -> dict[str, Any]:
    """Show all versions of an entry, newest first."""
    who, wanted = visitors.bearer_principal(), EntryId(entry_id)
    # of a withdrawn entry nobody can tell any more whom it was for: its texts are for whoever may read all
    if not visitors.may_read_for(who, Audience.SALES):
        visitors.readable_entry(who, wanted)
    return {"versions": [version_json(v) for v in application().knowledge.versions(wanted)]}


def _question() -> str:
    question = request.args.get("q")
    if question is None:
        raise InvalidInput("q", "is missing: the question")
    return question


def _audience(who: Principal | None) -> Audience:
    raw = request.args.get("audience")
    if raw is None:
        return visitors.audience_of(who)
    if raw not in {a.value for a in Audience}:
        raise InvalidInput("audience", "must be one of " + ", ".join(a.value for a in Audience))
    if not visitors.may_read_for(who, Audience(raw)):
        raise Forbidden("This audience is for the vendor's own people.")
    return Audience(raw)
