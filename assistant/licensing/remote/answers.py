"""Reading the answers of another instance: results of lookups, problems, quotes, receipts and refusals."""

from collections.abc import Mapping
from typing import Any, get_args

import msgspec

from assistant.domain import errors
from assistant.domain.errors import AssistantError, BackendUnavailable, InvalidInput
from assistant.domain.lookups import Lookup, ResultT
from assistant.domain.quotes import Quote, Receipt
from assistant.domain.refusals import Refusal
from assistant.ports.wire.licensing import quote_from_json, receipt_from_json

_ERRORS: Mapping[str, type[AssistantError]] = {
    error.code: error
    for error in (
        errors.Forbidden,
        errors.NotFound,
        errors.NotSignedIn,
        errors.Conflict,
        errors.QuoteOutdated,
        errors.BackendUnavailable,
        errors.OutcomeUnknown,
    )
}


def result_of(lookup: Lookup[ResultT], data: object) -> ResultT:
    """Read the result of a lookup by the type that the lookup declares. Raises BackendUnavailable for anything else."""
    (expected,) = get_args(type(lookup).__orig_bases__[0])  # type: ignore[attr-defined]
    try:
        result: ResultT = msgspec.convert(data, expected)
    except msgspec.ValidationError as error:
        raise BackendUnavailable(f"The licensing backend answered something else: {error}.") from error
    return result


def outcome_of(data: object) -> Quote | Receipt | Refusal:
    """Read a quote, a receipt or a refusal by its ``type``. Raises BackendUnavailable for anything else."""
    kind = data.get("type") if isinstance(data, Mapping) else None
    try:
        if kind == "quote":
            return quote_from_json(data)
        if kind == "receipt":
            return receipt_from_json(data)
        return msgspec.convert(data, Refusal)
    except (InvalidInput, msgspec.ValidationError) as error:
        raise BackendUnavailable(f"The licensing backend answered something else: {error}.") from error


def problem_of(data: object) -> AssistantError | None:
    """Return the error that a problem document tells, or None where it tells none of the domain's."""
    problem: Mapping[str, Any] = data if isinstance(data, Mapping) else {}
    code, detail = problem.get("code"), problem.get("detail")
    text = detail if isinstance(detail, str) else "The licensing backend refused."
    if code == InvalidInput.code:
        field = problem.get("field")
        named = field if isinstance(field, str) else "body"
        return InvalidInput(named, text.removeprefix(f"{named}: "))
    error = _ERRORS.get(code) if isinstance(code, str) else None
    return error(text) if error else None
