"""What whoever is talking may do: said before anything is asked, with who can do the rest and the entry that says so."""

from assistant.conversation.draft import Draft
from assistant.conversation.effects import ReadEntry, Steps
from assistant.conversation.flow import Flow
from assistant.domain.entries import Abstention, AnsweredEntry
from assistant.domain.errors import NotFound
from assistant.domain.principals import Role, may

_TOLD = {
    Role.PARTNER_READER: "not_permitted_reader",
    Role.SALES: "not_permitted_sales",
    Role.END_CUSTOMER: "not_permitted_end_customer",
    Role.OPERATOR: "not_permitted_operator",
}


def allowed(draft: Draft, flow: Flow) -> bool:
    """Tell whether a flow is for whoever is talking."""
    return may(draft.context.principal, flow.permission)


def refused(draft: Draft, flow: Flow) -> Steps[bool]:
    """Say who can do this, if whoever is talking cannot, and tell whether that is so. Nothing of anybody is looked up for it."""
    if allowed(draft, flow):
        return False
    principal, title = draft.context.principal, draft.say.title(flow.id)
    if principal is None:
        draft.refuse(Abstention.NOT_PERMITTED, "sign_in", title=title)
    else:
        key = _TOLD.get(principal.role, "not_permitted_other")
        draft.refuse(Abstention.NOT_PERMITTED, key, title=title)
    yield from _cite(draft, flow)
    return True


def startable(draft: Draft) -> list[str]:
    """Return the names of what whoever is talking can start."""
    flows = draft.context.flows.values()
    return [draft.say.say(f"flow.{flow.id}.name") for flow in flows if allowed(draft, flow)]


def _cite(draft: Draft, flow: Flow) -> Steps[None]:
    """Add the source to what was just said; a publication may have none."""
    try:
        found: AnsweredEntry = yield ReadEntry(flow.who, picked=False)
    except NotFound:
        return
    entry, said = found.entry, draft.notices[-1]
    source = entry.source
    said["text"] = f"{said['text']} ({draft.say.source(source.document, source.date, source.heading)})"
    said["cites"] = [
        {
            "entry": entry.id,
            "version": entry.version,
            "heading": source.heading,
            "document": source.document,
            "date": source.date,
        }
    ]
