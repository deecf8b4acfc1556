"""Reading licence actions from their JSON form; ``type`` is the action's kind."""

from collections.abc import Callable, Mapping

from assistant.domain import actions
from assistant.domain.actions import Action
from assistant.domain.change_many import ChangeMany
from assistant.domain.errors import InvalidInput
from assistant.domain.identifiers import (
    BatchId,
    CaseId,
    CustomerId,
    PartnerId,
    PlanId,
    StandardLicenceId,
    SubscriptionId,
)
from assistant.ports.wire.fields import Fields, by_type

_LONGEST_COMMENT = 1000


def action_from_json(data: object, path: str = "") -> Action:
    """Read an action. Raises InvalidInput."""
    return by_type(Fields(data, path), _ACTIONS)


def _customer(fields: Fields) -> CustomerId:
    return CustomerId(fields.text("customer_id"))


def _subscription(fields: Fields) -> SubscriptionId:
    return SubscriptionId(fields.text("subscription_id"))


def _plan(fields: Fields) -> PlanId:
    return PlanId(fields.text("plan_id"))


def _no_customer(fields: Fields) -> None:
    if fields.raw("customer_id") is not None:
        raise fields.wrong("customer_id", "must be null or left out: this is about the whole partner")


def _assign(fields: Fields) -> Action:
    return actions.AssignPlan(
        _customer(fields),
        _plan(fields),
        fields.number("seats"),
        fields.optional_day("start"),
        fields.optional_text("data_center"),
    )


def _cancel(fields: Fields) -> Action:
    reason = fields.optional_text("reason", limit=_LONGEST_COMMENT)
    return actions.Cancel(_customer(fields), _subscription(fields), reason)


def _crossgrade(fields: Fields) -> Action:
    return actions.Crossgrade(
        customer_id=_customer(fields),
        plan_id=_plan(fields),
        seats=fields.number("seats"),
        obtain_new=fields.texts("obtain_new"),
        delete=fields.texts("delete"),
        data_center=fields.optional_text("data_center"),
        start=fields.optional_day("start"),
    )


def _new_customer(fields: Fields) -> Action:
    _no_customer(fields)
    return actions.CreateCustomer(
        name=fields.text("name"),
        country=fields.optional_text("country"),
        city=fields.optional_text("city"),
        state=fields.optional_text("state"),
        contact=fields.optional_text("contact"),
        email=fields.optional_text("email"),
    )


def _migration_step(fields: Fields) -> Action:
    return actions.MigrationStep(
        _customer(fields),
        CaseId(fields.text("case_id")),
        fields.text("step"),
        fields.text("evidence", limit=_LONGEST_COMMENT),
    )


def _suite_approval(fields: Fields) -> Action:
    _no_customer(fields)
    return actions.ApproveSuite(_plan(fields), fields.optional_text("data_center"))


def _report(fields: Fields) -> Action:
    _no_customer(fields)
    adjustments = []
    for item, at in fields.items("adjustments"):
        if not isinstance(item, list) or len(item) != len(("line", "chargeable", "comment")):
            raise InvalidInput(at, "must be a list of line, chargeable seats and comment")
        line = Fields(dict(zip(("line", "chargeable", "comment"), item, strict=True)), at)
        comment = line.text("comment", limit=_LONGEST_COMMENT) if line.raw("comment") else ""
        adjustments.append((line.text("line"), line.number("chargeable"), comment))
    return actions.SubmitReport(fields.text("month"), tuple(adjustments))


def _review(fields: Fields) -> Action:
    _no_customer(fields)
    return actions.ReviewReport(
        PartnerId(fields.text("partner_id")),
        fields.text("month"),
        fields.text("decision"),
        fields.optional_text("reason", limit=_LONGEST_COMMENT),
    )


def _case(fields: Fields) -> Action:
    texts = (fields.text(name, limit=_LONGEST_COMMENT) for name in ("reason", "level_one", "level_two"))
    return actions.OpenCase(_customer(fields), _subscription(fields), *texts)


def _nfr(fields: Fields) -> Action:
    _no_customer(fields)
    return actions.OrderNfr(_plan(fields), fields.text("name"))


def _many(fields: Fields) -> Action:
    _no_customer(fields)
    return ChangeMany(BatchId(fields.text("batch_id")))


_ACTIONS: Mapping[str, Callable[[Fields], Action]] = {
    "trial": lambda f: actions.StartTrial(_customer(f), _plan(f), f.number("seats")),
    "convert_trial": lambda f: actions.ConvertTrial(
        _customer(f), _subscription(f), _plan(f), f.number("seats")
    ),
    "assign": _assign,
    "seats": lambda f: actions.ChangeSeats(_customer(f), _subscription(f), f.number("seats")),
    "term": lambda f: actions.ChangeTerm(_customer(f), _subscription(f), f.day("expires")),
    "renewal": lambda f: actions.ChangeRenewal(_customer(f), _subscription(f), f.number("months")),
    "suspend": lambda f: actions.Suspend(_customer(f), _subscription(f), f.optional_day("expires")),
    "resume": lambda f: actions.Resume(_customer(f), _subscription(f), f.optional_day("expires")),
    "cancel": _cancel,
    "crossgrade": _crossgrade,
    "customer": _new_customer,
    "customer_state": lambda f: actions.SetCustomerEnabled(_customer(f), f.flag("enabled")),
    "migrate": lambda f: actions.Migrate(_customer(f), StandardLicenceId(f.text("licence_id")), _plan(f)),
    "migration_step": _migration_step,
    "suite_approval": _suite_approval,
    "suite_change": lambda f: actions.AcceptSuite(_customer(f), _subscription(f)),
    "usage_report": _report,
    "report_review": _review,
    "support_case": _case,
    "nfr": _nfr,
    "bulk": _many,
}
