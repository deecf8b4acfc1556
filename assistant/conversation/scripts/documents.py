"""YAML as scripts are written in it: every name knows its line, and no text turns into something else.

YAML's own rules take ``yes`` for true, ``12:30`` for a number and ``2026-03-15`` for a day; what people say has to stay as
it is written. Of plain words only whole numbers, ``true``, ``false`` and ``null`` mean something.
"""

import re
from typing import Any

import yaml

from assistant.domain.errors import InvalidInput

_SAID = "u"
_MEANINGS = (
    ("tag:yaml.org,2002:bool", r"true|false", "tf"),
    ("tag:yaml.org,2002:int", r"0|-?[1-9][0-9]{0,17}", "-0123456789"),
    ("tag:yaml.org,2002:null", r"null|~|", ["n", "~", ""]),
)


class Lined(dict[str, Any]):
    """A mapping that knows the line it begins in, and the line of each of its names."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - the library's name and form


def _mapping(loader: Any, node: yaml.MappingNode) -> Lined:
    made = Lined(node.start_mark.line + 1)
    for name_node, value_node in node.value:
        name, line = name_node.value, name_node.start_mark.line + 1
        if not isinstance(name, str):
            raise InvalidInput(str(line), "names must be words")
        if name in made:
            raise InvalidInput(str(line), f"{name} stands there twice")
        plain_text = name == _SAID and isinstance(value_node, yaml.ScalarNode)
        made[name] = value_node.value if plain_text else loader.construct_object(value_node, deep=True)
        made.lines[name] = line
    return made


for _tag, _pattern, _first in _MEANINGS:
    _Loader.add_implicit_resolver(_tag, re.compile(rf"^(?:{_pattern})$"), _first)
_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read_documents(text: str) -> list[Any]:
    """Return the documents of a file that hold anything. Raises InvalidInput, its field being the line."""
    try:
        return [document for document in yaml.load_all(text, _Loader) if document is not None]
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise InvalidInput(str(line), f"is not YAML: {error.problem or error.context}") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise InvalidInput("1", f"is not YAML: {str(error).splitlines()[0]}") from error
