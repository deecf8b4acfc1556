"""The policy that is enforced, held against what is published."""

import json
from importlib import resources

import pytest

from assistant.bootstrap import build
from assistant.cli.context import application
from assistant.domain.actions import StartTrial
from assistant.domain.identifiers import CustomerId, PlanId, UserId
from assistant.domain.principals import Principal, Role
from assistant.domain.quotes import Quote
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.knowledge.bindings import parse_bindings
from assistant.knowledge.policy_desk import PolicyDesk

CONTENT = resources.files("assistant.knowledge.content")
TRIALS = next(
    item.read_text("utf-8")
    for item in CONTENT.iterdir()
    if item.name.endswith(".md") and "at most 10 seats" in item.read_text("utf-8")
)
WORLD = "partners: {Fourth Coffee: {customers: {Adatum: {}}}}\n"


@pytest.fixture
def fifteen(tmp_path):
    path = tmp_path / "trials.md"
    path.write_text(TRIALS.replace("at most 10 seats", "at most 15 seats"), "utf-8")
    return path


def trial_of(seats):
    """What the backend says to a trial of so many seats, now."""
    app = application()
    partner = app.provisioning.partners()[0]
    principal = Principal(UserId("U-1"), "Ann", Role.PARTNER_ADMIN, partner.id)
    with app.database.reading() as connection:
        customer = connection.exec_driver_sql("SELECT id FROM customers").scalar_one()
    action = StartTrial(CustomerId(customer), PlanId("email-security-standard"), seats)
    return app.embedded.preview(principal, action)


def test_every_rule_is_stated_enforced_and_tested(assistant):
    checked = assistant("policy", "check")

    assert (checked.status, checked.err) == (0, "")
    assert "each is stated, approved, enforced and tested" in checked.out


def test_the_list_names_entry_value_module_and_test(assistant):
    listed = json.loads(assistant("policy", "list", "--json").out)
    shown = assistant("policy", "list").out

    trial = next(rule for rule in listed if rule["rule"] == "trial")
    assert trial["entry"]["entry_id"] == "how-many-seats-may-a-trial-have"
    assert trial["entry"]["heading"] == "Are Trail Versions available?"
    assert trial["fact"] == {"name": "trial_seats_max", "approved": 10, "in_force": 10, "at_desk": 10}
    assert (trial["enforced"], trial["tested"]) == ("assistant.domain.rules.trial", "proved")
    assert all(rule["entry"] and not rule["faults"] for rule in listed)
    assert "goes by trial_seats_max = 10" in shown
    assert "“Who may do what”, Platform settings, 2026-11" in shown


def test_another_limit_is_enforced_when_it_is_approved_and_not_before(assistant, fifteen, tmp_path):
    (tmp_path / "world.yaml").write_text(WORLD)
    assistant("world", "load", tmp_path / "world.yaml")

    assert assistant("knowledge", "import", fifteen).status == 0
    checked = assistant("policy", "check")
    assert (checked.status, checked.out) == (
        1,
        "trial: the fact trial_seats_max is approved as 10, and the text at the desk states 15.\n",
    )
    assert assistant("knowledge", "publish").status == 1
    assert assistant("policy", "check").status == 1
    refusal = trial_of(15)
    assert isinstance(refusal, Refusal)
    assert refusal.code is RefusalCode.TRIAL_TOO_LARGE

    assert assistant("knowledge", "publish", "--approve-facts").status == 0
    assert assistant("policy", "check").status == 0
    assert isinstance(trial_of(15), Quote)
    assert trial_of(16).params == {"maximum": 15}


def test_a_text_without_the_value_is_missing_it(assistant, fifteen):
    fifteen.write_text(TRIALS.replace("at most 10 seats", "a few seats"), "utf-8")
    assistant("knowledge", "import", fifteen)

    ran = assistant("policy", "check")

    assert (ran.status, "the text at the desk no longer states it" in ran.out) == (1, True)


def test_a_rule_that_nothing_states_enforces_or_tests_is_told(assistant, tmp_path):
    assistant("policy", "check")
    bindings = parse_bindings(
        '[rules]\nlonely = "no-such-entry"\n'
        '[rules.elsewhere]\nentry = "platform-plans"\nenforced = "assistant.domain.bands"\n'
        'test = "tests/domain/test_bands.py::test_no_such_thing"\n'
    )
    storage = application().desk._storage
    root = build(application().settings).policy._root

    lonely, elsewhere = PolicyDesk(storage, root, bindings).rules()[::-1]

    assert lonely.faults == (
        "no entry in force states it; there is no no-such-entry",
        "there is no module named for it",
        "there is no test named for it",
    )
    assert elsewhere.faults == (
        "assistant.domain.bands does not name it",
        "there is no test tests/domain/test_bands.py::test_no_such_thing",
    )


def test_where_the_tests_are_not_installed_the_check_says_so_and_holds(assistant, tmp_path):
    assistant("policy", "check")

    rules = PolicyDesk(application().desk._storage, tmp_path).rules()

    assert {rule.proof for rule in rules} == {"not_installed"}
    assert not any(rule.faults for rule in rules)
