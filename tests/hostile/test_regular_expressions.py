"""No regular expression of ours takes more than its share for a text that nearly matches: the work grows with the length.

Measured as processor time at a length and at four times the length, in the same run: an expression that backtracks takes
sixteen times as long and more, one that does not takes four. The shortest of several tries counts.
"""

import ast
import re
import time
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_PLACES = ("assistant", "web")
_COMPILED = {"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
_FLAGS = {
    "I": re.IGNORECASE,
    "IGNORECASE": re.IGNORECASE,
    "M": re.MULTILINE,
    "MULTILINE": re.MULTILINE,
    "S": re.DOTALL,
    "DOTALL": re.DOTALL,
    "X": re.VERBOSE,
    "VERBOSE": re.VERBOSE,
    "A": re.ASCII,
    "ASCII": re.ASCII,
}
PIECES = (
    "a", "0", " ", "-", ".", ",", "\t", "\n", "_", "/", "<", ">", "<a ", "[", "]", "(", "*", "`", "|", "=", "'", '"', "&", "#", "A-", "AB12C-",
    "a b ", "1 ", "a1", "a-", "a.", "seats ", "from ", "to ", "é", "\u2028", "123456", "WF-", "AAAAA-", "a, ", " and ", "not ", "1,000 ", "2026-01-",
)  # fmt: skip
ENDS = ("!", "\x00")
SHORT, LONG = 750, 3_000
_MOST_TIMES, _FAR_TOO_LONG = 8, 0.3
_NOTHING = 0.002
"""Seconds below which the longer text takes too little time to tell anything."""


@cache
def patterns():
    """All of them, found once."""
    return tuple(_patterns())


def _patterns():
    """Every pattern that stands in the code as a constant: where, its text, its flags, and whether it is tried from every place."""
    for place in _PLACES:
        for path in sorted((ROOT / place).rglob("*.py")):
            tree = ast.parse(path.read_text("utf-8"))
            names = {id(node.value): node.targets[0].id for node in ast.walk(tree) if is_named(node)}
            for node in ast.walk(tree):
                if is_pattern(node) and (source := constant(node.args[0])) is not None:
                    yield (
                        f"{path.relative_to(ROOT)}:{node.lineno}",
                        source,
                        flags_of(node),
                        is_searched(tree, node, names.get(id(node))),
                    )


def is_named(node):
    return isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)


def is_searched(tree, call, name):
    """Tell whether a pattern is tried from every place of a text, or from its start only."""
    if name is None:
        return call.func.attr not in {"match", "fullmatch"}
    uses = {
        n.attr
        for n in ast.walk(tree)
        if isinstance(n, ast.Attribute) and isinstance(n.value, ast.Name) and n.value.id == name
    }
    mentioned = sum(
        isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Load) for n in ast.walk(tree)
    )
    used = sum(
        isinstance(n, ast.Attribute) and isinstance(n.value, ast.Name) and n.value.id == name
        for n in ast.walk(tree)
    )
    # handed on as a value it may be used anyhow
    return mentioned != used or not uses or not uses <= {"match", "fullmatch"}


def is_pattern(node):
    called = (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in _COMPILED
        and node.args
    )
    return bool(called) and isinstance(node.func.value, ast.Name) and node.func.value.id == "re"


def constant(node):
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def flags_of(call):
    names = {
        n.attr
        for a in [*call.args[1:], *(k.value for k in call.keywords)]
        for n in ast.walk(a)
        if isinstance(n, ast.Attribute)
    }
    return sum({_FLAGS[name] for name in names & _FLAGS.keys()})


def seconds(search, text, times=3):
    """The least processor time of a few tries."""
    least = None
    for _ in range(times):
        started = time.process_time()
        search(text)
        spent = time.process_time() - started
        least = spent if least is None else min(least, spent)
        if least < _NOTHING:
            break
    return least


def is_super_linear(source, flags, *, searched=True):
    """Return a piece with which the pattern takes far more than four times as long for four times the text, or None."""
    found = re.compile(source, flags)
    search = found.search if searched else found.fullmatch
    for piece in PIECES:
        for end in ENDS:
            if seconds(search, piece * 6 + end, 1) > 1:
                return piece + end
            short = seconds(search, piece * (SHORT // len(piece)) + end)
            long = short if short > _FAR_TOO_LONG else seconds(search, piece * (LONG // len(piece)) + end)
            if short > _FAR_TOO_LONG or (long > _NOTHING and long > short * _MOST_TIMES):
                return piece + end
    return None


def test_the_code_has_patterns_to_look_at():
    assert len(patterns()) > 100


def test_every_pattern_grows_with_its_text():
    slow = {
        where: (source, piece)
        for where, source, flags, searched in patterns()
        if (piece := is_super_linear(source, flags, searched=searched))
    }
    assert slow == {}


@pytest.mark.parametrize("source", [r"(\w|\d\w)+-$", r"\s*x", r"(.*),(.*)x$"])
def test_one_that_goes_back_and_forth_is_found(source):
    assert is_super_linear(source, 0)
