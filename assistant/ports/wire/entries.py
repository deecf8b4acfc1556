"""Entries, answers and suggestions as JSON, in the contract's shapes."""

from typing import Any

from assistant.domain.entries import Answer, AnsweredEntry, EntryVersion, Passage, Suggestion


def entry_json(answered: AnsweredEntry) -> dict[str, Any]:
    """Return the contract's Entry; ``text`` is the stored text, byte for byte."""
    entry, source, why = answered.entry, answered.entry.source, answered.why
    return {
        "id": entry.id,
        "question": entry.question,
        "text": entry.text,
        "html": answered.html,
        "source": {"document": source.document, "heading": source.heading, "date": source.date},
        "version": entry.version,
        "reviewed": entry.reviewed,
        "aged": answered.aged,
        "related": list(entry.related),
        "workflow": entry.workflow,
        "why": {
            "matched": list(why.matched),
            "expanded": {word: list(terms) for word, terms in why.expanded.items()},
            "repaired": dict(why.repaired),
        },
        "passages": [passage_json(passage) for passage in answered.passages],
    }


def passage_json(passage: Passage) -> dict[str, Any]:
    """Return a passage; ``text`` is the entry's text from ``start`` to ``end``, in characters."""
    return {
        "kind": passage.kind.value,
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "heading": passage.heading,
        "part": passage.part,
        "label": passage.label,
        "html": passage.html,
    }


def answer_json(answer: Answer) -> dict[str, Any]:
    """Return the contract's answer, best entry first; ``nearest`` are topics to offer, not answers."""
    return {
        "kind": answer.kind.value,
        "abstain": answer.abstain.value if answer.abstain else None,
        "entries": [entry_json(entry) for entry in answer.entries],
        "missing": list(answer.missing),
        "gap": answer.gap,
        "nearest": [{"id": e.id, "question": e.question, "topic": e.topic} for e in answer.nearest],
    }


def suggestion_json(suggestion: Suggestion) -> dict[str, str]:
    """Return the contract's suggestion."""
    return {"id": suggestion.id, "question": suggestion.question, "topic": suggestion.topic}


def version_json(version: EntryVersion) -> dict[str, Any]:
    """Return one line of an entry's history."""
    source = version.source
    return {
        "version": version.version,
        "state": version.state,
        "text": version.text,
        "source": {"document": source.document, "heading": source.heading, "date": source.date},
        "published": version.published,
    }
