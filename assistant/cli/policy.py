"""Commands about the policy that the licensing backend enforces."""

import json
from collections.abc import Iterable
from typing import Any

import click

from assistant.cli.context import application
from assistant.domain.policy import Proof, RuleStatus

_PROOFS = {
    Proof.PROVED: "proved by",
    Proof.NOT_PROVED: "not proved by",
    Proof.NOT_INSTALLED: "tests not installed here,",
}


@click.group()
def policy() -> None:
    """Look at the rules that are enforced, and at the entries that state them."""


@policy.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_rules(*, as_json: bool) -> None:
    """List every rule: the entry that states it, where it is enforced, and which test proves it."""
    _tell(application().policy.rules(), as_json=as_json)


@policy.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def check(*, as_json: bool) -> int:
    """Check that every rule is stated, approved, enforced and tested; status 1 when anything is missing."""
    rules = application().policy.rules()
    wanting = tuple(rule for rule in rules if rule.faults)
    if as_json:
        _tell(rules, as_json=True)
    else:
        for rule in wanting:
            for fault in rule.faults:
                click.echo(f"{rule.name}: {fault}.")
        if not wanting:
            tested = all(rule.proof is Proof.PROVED for rule in rules)
            last = "and tested" if tested else "; the tests are not installed here"
            click.echo(f"{len(rules)} rules: each is stated, approved, enforced {last}.")
    return 1 if wanting else 0


def _tell(rules: Iterable[RuleStatus], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps([_as_json(rule) for rule in rules], ensure_ascii=False))
        return
    for rule in rules:
        click.echo(f"{rule.name}: {_stated(rule)}")
        if rule.fact:
            click.echo(f"    goes by {rule.fact.name} = {rule.fact.approved}")
        click.echo(f"    enforced in {rule.enforced}")
        click.echo(f"    {_PROOFS[rule.proof]} {rule.test}")
        for fault in rule.faults:
            click.echo(f"    missing: {fault}")


def _stated(rule: RuleStatus) -> str:
    cited = rule.citation
    return f"“{cited.heading}”, {cited.document}, {cited.date}" if cited else "stated nowhere"


def _as_json(rule: RuleStatus) -> dict[str, Any]:
    return {
        "rule": rule.name,
        "entry": rule.citation and vars(rule.citation),
        "fact": rule.fact and vars(rule.fact),
        "enforced": rule.enforced,
        "test": rule.test,
        "tested": rule.proof.value,
        "faults": list(rule.faults),
    }


COMMANDS = [policy]
