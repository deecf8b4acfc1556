"""The pages that list something list all of it, and nothing that is gone."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from assistant.cli.main import cli, main
from assistant.config import read_settings
from assistant.domain.errors import InvalidInput
from assistant.domain.refusals import RefusalCode
from assistant.workflows import all_flows

ROOT = Path(__file__).parents[2]


def _page(name: str) -> str:
    return (ROOT / "docs" / name).read_text("utf-8")


def _first_column(page: str) -> set[str]:
    return set(re.findall(r"^\| `([^`]+)`", page, re.MULTILINE))


def _commands(group: click.Group, path: str = "") -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _commands(command, f"{path}{name} ")
        else:
            yield f"{path}{name}"


def test_every_setting_is_explained() -> None:
    with pytest.raises(InvalidInput) as refused:
        read_settings({"ASSISTANT_NO_SUCH_SETTING": "1"})
    known = set(re.findall(r"ASSISTANT_\w+", refused.value.message))

    assert _first_column(_page("settings.md")) == known


def test_every_command_is_explained() -> None:
    with pytest.raises(SystemExit):
        main(["--help"])  # collects the commands
    explained = {
        " ".join(re.match(r"[a-z -]+", row)[0].split()) for row in _first_column(_page("commands.md"))
    }

    assert explained == set(_commands(cli))


def test_every_workflow_is_explained() -> None:
    assert _first_column(_page("workflows.md")) == {flow.id for flow in all_flows()}


def test_every_refusal_is_explained() -> None:
    page = _page("licensing.md")

    assert [code.value for code in RefusalCode if f"`{code.value}`" not in page] == []


def test_every_decision_is_listed_once() -> None:
    folder = ROOT / "docs/decisions"
    listed = re.findall(r"^\| \[\d{4}\]\(([^)]+)\)", (folder / "README.md").read_text("utf-8"), re.MULTILINE)

    assert listed == sorted(path.name for path in folder.glob("[0-9]*.md"))


def test_every_link_between_pages_leads_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    links = [
        (page, link)
        for page in pages
        for link in re.findall(r"\]\(([^)#:]+)[^):]*\)", page.read_text("utf-8"))
    ]

    assert len(links) > len(pages)
    assert [f"{page.name}: {link}" for page, link in links if not (page.parent / link).exists()] == []
