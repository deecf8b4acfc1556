"""Errors that stop a use case, as opposed to refusals, which are ordinary answers of the domain."""

from collections.abc import Mapping


class AssistantError(Exception):
    """Base of every error that a door may show; ``code`` is stable and closed, ``params`` fill its wording."""

    code = "error"

    def __init__(self, message: str, **params: str | int | None) -> None:
        super().__init__(message)
        self.message = message
        self.params: Mapping[str, str | int | None] = params


class InvalidInput(AssistantError):
    """A value from outside is not acceptable; ``field`` names it and the message says what is allowed."""

    code = "invalid_input"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message, field=field)
        self.field = field


class NotFound(AssistantError):
    """The thing does not exist, or the asker may not know that it does: the two are told alike."""

    code = "not_found"


class Forbidden(AssistantError):
    """The principal's role does not allow this act; existence of other partners' data is never shown this way."""

    code = "forbidden"


class NotThisWay(AssistantError):
    """The act is possible, but not from where it was asked for."""

    code = "not_this_way"


class NotSignedIn(AssistantError):
    """The act needs a signed-in user."""

    code = "not_signed_in"


class Conflict(AssistantError):
    """Somebody else changed the same thing first; loading again and retrying can help."""

    code = "conflict"


class TooManyAttempts(AssistantError):
    """A throttle is closed; ``retry_after`` is in whole seconds."""

    code = "too_many_attempts"

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message, retry_after=retry_after)
        self.retry_after = retry_after


class QuoteOutdated(AssistantError):
    """The change computed now differs from the preview that was confirmed; nothing was changed."""

    code = "quote_outdated"


class BackendUnavailable(AssistantError):
    """The licensing backend did not take the request; nothing was changed, trying again can help."""

    code = "backend_unavailable"


class OutcomeUnknown(AssistantError):
    """The licensing backend may or may not have made the change; only its status may be asked for."""

    code = "outcome_unknown"


class PolicyUnsettled(AssistantError):
    """A publication would change or lose a fact that the backend enforces; it waits for approval."""

    code = "policy_unsettled"


class DatabaseUnavailable(AssistantError):
    """The database cannot be opened: its file, its folder or its server is not what the setting says."""

    code = "database_unavailable"


class DatabaseOutdated(AssistantError):
    """The database lacks migrations of this version of the program and may not be changed unasked."""

    code = "database_outdated"
