"""From what an editor typed to an entry, and back: only what the knowledge format can say is taken, word for word."""

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from assistant.domain.editing import EntryForm
from assistant.domain.entries import Audience, Entry, EntryKind, Source
from assistant.domain.errors import InvalidInput
from assistant.domain.identifiers import EntryId
from assistant.knowledge.catalogue import same_content
from assistant.knowledge.documents.attributes import check_date
from assistant.knowledge.documents.cleaning import clean
from assistant.knowledge.documents.drafting import LONGEST_TEXT
from assistant.knowledge.documents.exporter import write_document
from assistant.knowledge.documents.importer import read_document
from assistant.knowledge.documents.model import Line, Report, SourceFile
from assistant.knowledge.masking import mask_codes
from assistant.knowledge.slugs import slug

LONGEST_QUESTION = 500
_LONGEST_NAME = 200
_MOST_ITEMS = 200
_CODE = "holds an activation code in full; take it out, or put a dot for each character of its middle blocks"


@dataclass(frozen=True)
class Known:
    """What an entry may refer to: the ids of entries, and the flows it can explain."""

    entries: Collection[EntryId]
    flows: Collection[str]


def form_of(entry: Entry) -> EntryForm:
    """Return an entry as an editor sees it in the fields."""
    return EntryForm(
        question=entry.question,
        text=entry.text,
        document=entry.source.document,
        heading=entry.source.heading,
        date=entry.source.date,
        alternates="\n".join(entry.alternates),
        related="\n".join(entry.related),
        audience=tuple(audience.value for audience in entry.audience),
        topic=entry.topic,
        workflow=entry.workflow or "",
        reviewed=entry.reviewed or "",
    )


def entry_of(form: EntryForm, base: Entry | None, known: Known) -> Entry:
    """Return the entry that a form makes of the version before, or of nothing; its version is one more.

    Raises InvalidInput with the first field that is not acceptable, ``question`` also where a new entry's id is taken.
    """
    question = _line("question", form.question, LONGEST_QUESTION)
    entry_id = base.id if base else _new_id(question, known)
    entry = Entry(
        id=entry_id,
        version=base.version + 1 if base else 1,
        kind=base.kind if base else EntryKind.QUESTION,
        question=question,
        text=_markdown(form.text),
        source=Source(
            _line("document", form.document, _LONGEST_NAME),
            _line("heading", form.heading or question, LONGEST_QUESTION),
            check_date("date", form.date.strip()),
            base.source.line if base else None,
        ),
        aliases=base.aliases if base else (),
        alternates=_alternates(form.alternates),
        audience=_audience(form.audience),
        topic=_line("topic", form.topic, _LONGEST_NAME, needed=False),
        related=_related(form.related, entry_id, known),
        workflow=_workflow(form.workflow.strip(), known),
        reviewed=_reviewed(form.reviewed.strip()),
    )
    _refuse_unsayable(entry)
    return entry


def with_alternate(entry: Entry, question: str) -> Entry:
    """Return the next version of an entry, with one more way to ask; the same one if it is asked so already.

    Raises InvalidInput.
    """
    asked = _line("question", question, LONGEST_QUESTION)
    if asked.casefold() in {entry.question.casefold(), *(known.casefold() for known in entry.alternates)}:
        return entry
    if len(entry.alternates) >= _MOST_ITEMS:
        raise InvalidInput(
            "question", f"cannot be added: an entry has at most {_MOST_ITEMS} other ways to ask"
        )
    return replace(entry, version=entry.version + 1, alternates=(*entry.alternates, asked))


def with_alias(entry: Entry, alias: EntryId) -> Entry:
    """Return the next version of an entry, which answers to the id of another one as well."""
    aliases = tuple(dict.fromkeys((*entry.aliases, alias)))
    return replace(entry, version=entry.version + 1, aliases=aliases)


def _new_id(question: str, known: Known) -> EntryId:
    made = slug(question)
    if made in known.entries:
        raise InvalidInput(
            "question", f"is that of an entry already: {made}. Edit that one, or ask differently"
        )
    return made


def _line(field: str, typed: str, longest: int, *, needed: bool = True) -> str:
    text = " ".join(unicodedata.normalize("NFC", typed.replace("\xa0", " ")).split())
    if needed and not any(character.isalnum() for character in text):
        raise InvalidInput(field, f"is needed, 1 to {longest} characters with words in it")
    if len(text) > longest:
        raise InvalidInput(field, f"has {len(text):,} characters, and {longest} fit")
    if mask_codes(text)[1]:
        raise InvalidInput(field, _CODE)
    return text


def _markdown(typed: str) -> str:
    report = Report("text")
    plain = unicodedata.normalize("NFC", typed.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " "))
    if len(plain) > LONGEST_TEXT:
        raise InvalidInput("text", f"has {len(plain):,} characters, and {LONGEST_TEXT:,} fit")
    lines: list[Line] = list(enumerate(plain.split("\n"), start=1))
    text = clean(lines, report)
    if not text.strip():
        raise InvalidInput("text", "is needed: the answer, word for word")
    changed = next((n for n in report.warnings if "refers to something" not in n.text), None)
    if changed and "activation code" in changed.text:
        raise InvalidInput("text", f"{_CODE} (line {changed.line})")
    if changed:
        raise InvalidInput("text", f"is not taken as it stands, see line {changed.line}: {changed.text}")
    return text


def _alternates(typed: str) -> tuple[str, ...]:
    items = (_line("alternates", item, LONGEST_QUESTION) for item in typed.splitlines() if item.strip())
    return _few("alternates", items)


def _related(typed: str, own: EntryId, known: Known) -> tuple[EntryId, ...]:
    items = _few("related", (item.strip() for item in typed.splitlines() if item.strip()))
    for item in items:
        if item == own or item not in known.entries:
            raise InvalidInput(
                "related", f"must name other entries by their ids, one a line; not {item[:80]!r}"
            )
    return tuple(EntryId(item) for item in items)


def _few(field: str, items: Iterable[str]) -> tuple[str, ...]:
    different = tuple(dict.fromkeys(items))
    if len(different) > _MOST_ITEMS:
        raise InvalidInput(field, f"holds {len(different)} lines, and {_MOST_ITEMS} fit")
    return different


def _audience(ticked: Iterable[str]) -> tuple[Audience, ...]:
    chosen = set(ticked)
    if not chosen or not chosen <= {audience.value for audience in Audience}:
        raise InvalidInput("audience", "must be partner, sales or both")
    return tuple(audience for audience in Audience if audience in chosen)


def _workflow(flow: str, known: Known) -> str | None:
    if flow and flow not in known.flows:
        raise InvalidInput("workflow", "must be one of those listed, or none")
    return flow or None


def _reviewed(typed: str) -> str | None:
    if not typed:
        return None
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError as error:
        raise InvalidInput("reviewed", "must be a day as YYYY-MM-DD, or empty") from error


def _refuse_unsayable(entry: Entry) -> None:
    """Refuse what a knowledge file cannot say: the text has to come back the same when it is exported and imported."""
    file = SourceFile("text.md", write_document(entry.source.document, entry.source.date, [entry]).encode())
    drafts = read_document(file).drafts
    if len(drafts) != 1 or not same_content(drafts[0].entry, entry):
        allowed = "paragraphs, lists, tables, quotes, code, emphasis, links and headings from ### on"
        raise InvalidInput("text", f"cannot be kept word for word; use {allowed}")
