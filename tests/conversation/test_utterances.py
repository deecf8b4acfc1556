"""What people say to start a workflow starts that one and no other; what they ask starts none."""

import pytest

from assistant.conversation.acts import Clause, clauses_of, start_of
from assistant.conversation.phrases import Command, command_of
from assistant.conversation.words import words_of
from assistant.workflows import all_flows

FLOWS = all_flows()
SAID = {
    "cancel": [
        "Please cancel the Email Security plan for Citadel",
        "we want to cancel Worry-Free at Adatum",
        "Adatum wants to cancel",
        "cancel all licences of Adatum",
        "Kündige bitte Email Security bei Citadel",
        "cancel the subscription",
        "terminate Citadel's Email Security",
        "Adatum is leaving us",
        "delete the leftover of Tailspin",
        "Citadel no longer needs Email Security",
        "end Citadel's subscription",
        "Adatum braucht WF Services nicht mehr",
    ],
    "renewal": [
        "switch off auto-renewal for Adatum",
        "set auto renewal of Adatum to 12 months",
        "Adatum should renew every 6 months",
        "turn auto-renew off for Citadel",
        "no more auto renewal for Adatum",
        "automatische Verlängerung bei Adatum abschalten",
        "make Citadel renew yearly",
        "change Adatum's renewal to quarterly",
        "don't renew Adatum",
        "disable auto renewal",
    ],
    "suspend": [
        "suspend Adatum",
        "please suspend WF Services for Adatum from 1 April",
        "pause Adatum",
        "put Adatum on hold",
        "Adatum pausieren",
        "Adatum has not paid, suspend them",
    ],
    "resume": [
        "unsuspend Adatum",
        "resume Adatum's plan",
        "lift the suspension for Adatum",
        "reactivate WF Services for Adatum",
        "Adatum wieder aktivieren",
        "resume the suspended plan of Adatum",
    ],
    "term": [
        "extend Adatum until end of May",
        "set the end of Adatum's term to 31.12.2026",
        "change the expiry of Citadel's Email Security to 30 June",
        "change expiration date for Adatum",
        "let Adatum's plan run until 31 May",
        "Adatum's licence should end on 31 May",
        "Laufzeit von Adatum verlängern",
        "renew Adatum by hand until 1 June",
        "extend the term of Citadel by 3 months",
        "shorten Adatum's term to end of April",
    ],
    "assign": [
        "assign WF Services to Humongous",
        "give Humongous Cloud App Security, 10 seats",
        "add Email Security for Humongous",
        "Humongous needs Email Security with 20 seats",
        "order 10 seats of Cloud App Security for Humongous",
        "new plan for Humongous",
        "Humongous braucht Email Security",
        "add Cloud App Security to Adatum",
        "we sold Cloud App Security to Adatum, 15 users",
        "Cloud App Security für Humongous bestellen",
    ],
    "convert_trial": [
        "convert the trial of Bellows",
        "convert Bellows' trial",
        "make Bellows' trial a full licence",
        "turn the trial at Bellows into a paid plan",
        "Bellows wants to keep the trial",
        "Testversion von Bellows in Vollversion umwandeln",
        "the trial of Bellows should become a full plan",
        "convert trial",
    ],
    "crossgrade": [
        "crossgrade Adatum to WF Services Advanced",
        "upgrade Adatum to XDR",
        "move Adatum to WF Services Advanced",
        "switch Adatum to XDR",
        "change Adatum's plan to XDR",
        "Adatum möchte auf XDR wechseln",
        "cross-grade Citadel to Worry-Free XDR",
        "upgrade Adatum",
    ],
    "customer": [
        "create a customer called Wingtip",
        "add a new customer",
        "new customer: Wingtip Toys",
        "Neuen Kunden Wingtip anlegen",
        "register Wingtip as a customer",
        "we have a new customer",
        "set up Wingtip as new customer",
    ],
    "migrate": [
        "migrate Litware's licence to LMP",
        "migrate Litware",
        "move Litware's on-prem licence to the platform",
        "bring the licence of Litware into LMP",
        "Lizenz von Litware nach LMP migrieren",
        "move the existing Worry-Free licence of Litware to LMP",
    ],
    "suite_change": [
        "approve the suite change",
        "approve the change of WF Services Advanced",
        "accept the bundle change for Tailspin",
        "accept the update for Tailspin",
        "unlock WF Services Advanced",
    ],
    "usage_report": [
        "submit the report for February",
        "submit February's usage report",
        "send the monthly report",
        "Nutzungsbericht für Februar einreichen",
        "report our usage for February",
        "submit usage",
    ],
    "support_case": [
        "open a support case for Adatum",
        "create a ticket for Adatum",
        "I need support for Adatum, the agent is offline",
        "open a case with the vendor",
        "Ticket für Adatum eröffnen",
        "log a support case for Citadel",
        "raise a case",
    ],
    "nfr": [
        "order an NFR licence",
        "we need an NFR key for Cloud App Security",
        "get us a not for resale licence",
        "NFR Lizenz bestellen",
        "I want an NFR licence for Email Security",
    ],
    "trial": [
        "start a trial for Bellows",
        "trial for Humongous",
        "set up a trial of Email Security for Humongous",
        "demo for Humongous",
    ],
    "seats": [
        "more seats",
        "5 more seats for Adatum",
        "Adatum needs 10 seats more",
        "reduce Adatum to 20 seats",
        "set Adatum to 41 seats",
        "add 5 users for Adatum",
        "Adatum needs five more licences",
        "remove 3 seats from Citadel",
    ],
}


def started(text):
    return [flow.id for flow in start_of([Clause(text, words_of(text), asks=False)], FLOWS)]


@pytest.mark.parametrize(("flow", "text"), [(flow, text) for flow, texts in SAID.items() for text in texts])
def test_what_people_say_starts_one_workflow(flow, text):
    assert [found.id for found in start_of(clauses_of(text), FLOWS)] == [flow]


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.id)
def test_every_phrase_of_a_workflow_starts_that_one_alone(flow):
    for phrase in flow.phrases:
        assert started(phrase.replace("*", "Adatum")) == [flow.id]


@pytest.mark.parametrize(
    "text",
    [
        "what is a crossgrade",
        "how do I cancel a plan",
        "can a trial be converted?",
        "migration",
        "suspension",
        "NFR",
        "crossgrade process",
        "support",
        "auto-renewal",
        "may we suspend a customer",
        "wie kündige ich einen Plan",
    ],
)
def test_a_question_or_a_bare_term_starts_nothing(text):
    assert start_of(clauses_of(text), FLOWS) == ()


@pytest.mark.parametrize(
    "text", ["cancel", "cancel it", "cancel this request", "stop the whole thing", "forget about it", "cancel it for now"]
)  # fmt: skip
def test_discarding_the_task_is_no_cancellation(text):
    assert command_of(words_of(text)) is Command.CANCEL


@pytest.mark.parametrize(
    "text", ["cancel the plan", "cancel this plan", "cancel WF Services", "stop renewing"]
)
def test_cancelling_a_licence_discards_no_task(text):
    assert command_of(words_of(text)) is None
