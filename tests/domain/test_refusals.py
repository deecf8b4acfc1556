"""Every refusal: met in a situation of its own, worded with its parameters, and cited with the shipped knowledge."""

import ast
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

import assistant.domain
from assistant.conversation.wording import read_wording
from assistant.domain.assessment import propose
from assistant.domain.policy import Policy
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.knowledge.bindings import read_policy, shipped_bindings
from assistant.knowledge.catalogue import EntrySet
from assistant.knowledge.desk import default_files
from assistant.knowledge.documents.importer import read_document
from assistant.licensing.preview import not_permitted
from assistant.licensing.scope import Surroundings
from support.batches import OF_A_BATCH
from support.licensing import NOW, the_catalogue
from support.refusals import SITUATIONS

SLOTS = {
    "customer",
    "plan",
    "seats",
    "months",
    "month",
    "starts",
    "expires",
    "data_center",
    "reason",
    "choice",
    None,
}
WORDING = read_wording()
SOURCES = [
    path
    for folder in ("domain", "licensing")
    for path in sorted((Path(assistant.domain.__file__).parent.parent / folder).rglob("*.py"))
]


@cache
def shipped_policy() -> Policy:
    entries = [draft.entry for file in default_files() for draft in read_document(file).drafts]
    return read_policy(EntrySet(entries), shipped_bindings())


def refused(code):
    if code is RefusalCode.NOT_PERMITTED:
        return not_permitted(Surroundings(the_catalogue(), shipped_policy(), NOW))
    if code in OF_A_BATCH:
        return OF_A_BATCH[code]()
    action, situation = SITUATIONS[code]
    policy = shipped_policy()
    if code is RefusalCode.POLICY_NOT_STATED:
        policy = replace(policy, facts={})
    return propose(action, replace(situation, policy=policy))


def rules_named_in(path):
    """The names of rules that a module cites or declares as its own."""
    module = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "cite":
            yield from (a.value for a in node.args if isinstance(a, ast.Constant))
    for node in module.body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "RULE":
            yield node.value.value


@pytest.mark.parametrize("code", list(RefusalCode))
def test_every_refusal_is_met_worded_and_cites_an_entry_of_the_shipped_knowledge(code):
    refusal = refused(code)

    assert isinstance(refusal, Refusal), refusal
    assert refusal.code is code
    assert refusal.slot in SLOTS
    # what is wrong with a batch itself is no rule that an entry could state
    assert refusal.cites or code in OF_A_BATCH
    assert WORDING.refusal(refusal)


def test_every_rule_that_is_cited_is_bound_and_every_bound_rule_is_cited():
    cited = {rule for path in SOURCES for rule in rules_named_in(path)}

    assert cited == set(shipped_bindings().rules)


def test_the_shipped_knowledge_states_every_bound_rule():
    assert set(shipped_policy().citations) == set(shipped_bindings().rules)
