from jsonschema import Draft202012Validator

from assistant.ports.wire.entries import answer_json, entry_json, suggestion_json
from support.knowledge import FAQ

TEXTS = {"type": "array", "items": {"type": "string"}}


def exactly(properties, optional=()):
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


ENTRY = exactly(
    {
        "id": {"type": "string"},
        "question": {"type": "string"},
        "text": {"type": "string"},
        "html": {"type": "string"},
        "source": exactly(
            {
                "document": {"type": "string"},
                "heading": {"type": "string"},
                "date": {"pattern": r"^\d{4}-\d{2}$"},
            }
        ),
        "version": {"type": "integer"},
        "reviewed": {"type": ["string", "null"]},
        "aged": {"type": "boolean"},
        "related": TEXTS,
        "workflow": {"type": ["string", "null"]},
        "why": exactly(
            {
                "matched": TEXTS,
                "expanded": {"type": "object", "additionalProperties": TEXTS},
                "repaired": {"type": "object", "additionalProperties": {"type": "string"}},
            }
        ),
        "passages": {
            "type": "array",
            "items": exactly(
                {
                    "kind": {"enum": ["row", "reason", "example", "branch", "part"]},
                    "text": {"type": "string", "minLength": 1},
                    "start": {"type": "integer", "minimum": 0},
                    "end": {"type": "integer", "minimum": 1},
                    "heading": {"type": ["string", "null"]},
                    "part": {"type": ["integer", "null"]},
                    "label": {"type": ["string", "null"]},
                    "html": {"type": "string"},
                }
            ),
        },
    }
)
ANSWER = exactly(
    {
        "kind": {"enum": ["exact", "closest", "choose", "branches", "none", "withdrawn"]},
        "abstain": {"enum": [None, "not_in_policy", "ambiguous", "not_permitted", "unsafe", "withdrawn"]},
        "entries": {"type": "array", "items": ENTRY},
        "missing": TEXTS,
        "gap": {"type": ["string", "null"], "pattern": r"^Q-\d{4,}$"},
        "nearest": {"type": "array"},
    }
)


def test_answers_of_every_kind_have_the_shape_of_the_contract(world):
    questions = ("trial", "are trial versions available", "how many seats may a trial have", "", "elephant")
    questions += (
        "cancel or trial",
        "trials and cancelling plans",
        "POS systems",
        "are there trial versions for partners",
    )
    forms = [answer_json(world.service.ask(question)) for question in questions]

    assert [error for form in forms for error in Draft202012Validator(ANSWER).iter_errors(form)] == []
    assert {form["kind"] for form in forms} >= {"exact", "closest", "choose", "none"}


def test_an_entry_shows_the_stored_text_byte_for_byte_and_safe_html(world):
    form = entry_json(world.service.entry("are-trial-versions-available"))
    Draft202012Validator(ENTRY).validate(form)
    assert form["text"] in FAQ
    assert form["html"] == "<ul>\n<li>Partners may create trials for max. 10 seats.</li>\n</ul>\n"
    assert form["source"] == {
        "document": "Handbook",
        "heading": "Are trial versions available?",
        "date": "2025-03",
    }


def test_a_suggestion_has_id_question_and_topic(world):
    found = world.service.suggest("Are tri")[0]
    assert suggestion_json(found) == {
        "id": "are-trial-versions-available",
        "question": "Are trial versions available?",
        "topic": "",
    }
