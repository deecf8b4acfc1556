"""The words of the pages: complete in each language, used, and nowhere else than in the catalogues."""

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from assistant.domain.languages import Language
from web.wording import words_in

WEB = Path(__file__).parents[2] / "web"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
USED = re.compile(
    r"""(?:say|_say|wording|words|first|counted|wording_of\(current_app\))\(\s*['"]([a-z_]+(?:\.[a-z_]+)+)['"]"""
)
COUNTED = re.compile(r"""counted\(\s*['"]([a-z_.]+)['"]""")
PLACE = re.compile(r"\{\w+\}")
SAME_IN_BOTH = {
    "product", "languages.en", "languages.de", "frame.system", "flows.crossgrade.name", "flows.migrate.name", "names.plan",
    "names.name", "names.case", "sign_in.code", "customers.plan", "month.example", "usage.csv", "acts.listed",
    "history.person", "users.name", "users.partner", "desk.migration", "knowledge.columns.version", "knowledge.newest",
}  # fmt: skip
"""Names, units and words that are the same in English and German."""
WIDTH = re.compile(r"\{% block width %\}[a-z ]+\{% endblock %\}")
NO_WORDS = re.compile(r'[\w-]+="[^"]*"|\bUTC\b')
"""Attributes that a template sets aside for several tags, and a unit."""
SPOKEN_ATTRIBUTES = {"alt", "title", "aria-label", "placeholder"}


@cache
def texts(language):
    return dict(flat(words_in(language).catalogue))


def flat(tree, prefix=""):
    for name, value in tree.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


def shape(value):
    """Return how many texts a value has, and which places are filled in."""
    return len(value) if isinstance(value, list) else sorted(set(PLACE.findall(value)))


def worded(value):
    return bool(re.search(r"[^\W\d_]", PLACE.sub("", str(value))))


def test_both_languages_have_the_same_keys_with_the_same_places():
    english, german = ({k: shape(v) for k, v in texts(language).items()} for language in Language)

    assert german == english


def test_what_reads_alike_in_both_languages_is_known_to():
    english, german = (texts(language) for language in Language)
    alike = {key for key, value in english.items() if german.get(key) == value and worded(value)}

    assert alike == SAME_IN_BOTH


def test_what_a_page_says_is_in_the_catalogue():
    sources = [file.read_text() for file in [*TEMPLATES, *WEB.rglob("*.py")]]
    used = {key for source in sources for key in USED.findall(source)}
    counted = {f"{key}_one" for source in sources for key in COUNTED.findall(source)}

    assert (used | counted) - set(texts(Language.ENGLISH)) == set()


class Spoken(HTMLParser):
    """Collects the words that stand in the HTML itself."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_data(self, data):
        self.found.append(data)

    def handle_starttag(self, tag, attrs):
        self.found += [value or "" for name, value in attrs if name in SPOKEN_ATTRIBUTES]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_has_no_words_of_its_own(template):
    spoken, tree = Spoken(), Environment(autoescape=True).parse(WIDTH.sub("", template.read_text()))
    spoken.feed("".join(data.data for data in ordered(tree)))

    assert [words for words in spoken.found if worded(NO_WORDS.sub("", words))] == []


def ordered(tree):
    """Return the pieces of a template between its expressions; an expression leaves a digit, so that attributes stay whole."""
    for output in tree.find_all(nodes.Output):
        for piece in output.nodes:
            yield piece if isinstance(piece, nodes.TemplateData) else nodes.TemplateData("0")
