"""Creating a customer.

Its name is unique among the partner's customers, whatever the capital letters and spaces (cited as ``customers``). It appears in Remote Manager some minutes
later (cited as ``remote_manager_sync``), unless the partner's Remote Manager holds standard licences.
"""

import re
from dataclasses import dataclass

from assistant.domain.actions import CreateCustomer
from assistant.domain.customers import Customer, Profile, SyncState
from assistant.domain.identifiers import CustomerId
from assistant.domain.quotes import Consequence, ConsequenceCode, QuoteValue
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.situations import Findings, Issuer, NewCustomerSituation, Outcome

RULE = "customers"
_LONGEST = {"name": 128, "city": 64, "state": 64, "contact": 100, "email": 254}
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)+")
# control signs, and those that turn the direction of what follows, so that a name reads as another one
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True)
class NewCustomerFacts:
    """What an allowed creation rests on: the tidied name and profile."""

    name: str
    profile: Profile


def assess(action: CreateCustomer, situation: NewCustomerSituation) -> NewCustomerFacts | Refusal:
    """Tell whether the customer may be created."""
    texts = {field: tidy(getattr(action, field)) for field in _LONGEST}
    wrong = next((field for field, text in texts.items() if text and len(text) > _LONGEST[field]), None)
    wrong = wrong or next((field for field, text in texts.items() if text and _HIDDEN.search(text)), None)
    if wrong is None and not any(sign.isalnum() for sign in texts["name"] or ""):
        wrong = "name"
    if wrong is None and texts["email"] and not _EMAIL.fullmatch(texts["email"]):
        wrong = "email"
    if wrong is None and action.country and not _COUNTRY.fullmatch(action.country):
        wrong = "country"
    cites = situation.policy.cite(RULE)
    if wrong:
        params: dict[str, QuoteValue] = {"field": wrong, "longest": _LONGEST.get(wrong, 2)}
        return Refusal(RefusalCode.CUSTOMER_INVALID, params, "customer", cites)
    name = str(texts.pop("name"))
    if situation.name_taken:
        return Refusal(RefusalCode.CUSTOMER_EXISTS, {"customer": name}, "customer", cites)
    return NewCustomerFacts(name, Profile(country=action.country, **texts))


def findings(_action: CreateCustomer, facts: NewCustomerFacts, situation: NewCustomerSituation) -> Findings:
    """Describe the customer and when Remote Manager will know it."""
    given = {name: value for name, value in vars(facts.profile).items() if value}
    after: dict[str, QuoteValue] = {"customer": facts.name, **given}
    code = ConsequenceCode.NO_SYNC if situation.partner.standard_tenant else ConsequenceCode.SYNC_FOLLOWS
    consequence = Consequence(code, {}, situation.policy.cite("remote_manager_sync"))
    return Findings(after, {}, after, (consequence,), situation.policy.cite(RULE))


def apply(
    _action: CreateCustomer, facts: NewCustomerFacts, situation: NewCustomerSituation, issuer: Issuer
) -> Outcome:
    """Return the new customer, without any plan."""
    customer = Customer(
        id=CustomerId(issuer.new("C")),
        partner_id=situation.partner.id,
        name=facts.name,
        profile=facts.profile,
        enabled=True,
        subscriptions=(),
        standard_licences=(),
        version=1,
        since=situation.now,
        sync=SyncState.FAILED if situation.partner.standard_tenant else SyncState.PENDING,
    )
    return Outcome(customer=customer)


def tidy(text: str | None) -> str | None:
    """Return a text without white space at its ends and in runs, or None for an empty one."""
    return " ".join((text or "").split()) or None
