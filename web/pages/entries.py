"""The lasting address of an entry, with its versions."""

from contextlib import suppress

from flask import Blueprint, render_template

from assistant.domain.entries import Entry
from assistant.domain.errors import NotFound
from assistant.domain.identifiers import EntryId
from assistant.ports.wire.entries import entry_json
from web import visitors
from web.current import application

blueprint = Blueprint("entries", __name__)


@blueprint.get("/entries/<entry_id>")
def show(entry_id: str) -> str:
    """Show the published text word for word, its source, and what stood there before."""
    knowledge = application().knowledge
    answered = visitors.readable_entry(visitors.page_principal(), EntryId(entry_id))
    versions = knowledge.versions(answered.entry.id)
    return render_template(
        "entry.html", entry=entry_json(answered), versions=versions, related=_titles(answered.entry)
    )


def _titles(entry: Entry) -> dict[EntryId, str]:
    titles, who = {}, visitors.page_principal()
    for entry_id in entry.related:
        # a related entry may have been withdrawn since; its id still leads to what is known of it
        with suppress(NotFound):
            titles[entry_id] = visitors.readable_entry(who, entry_id).entry.question
    return titles
