"""Which scope a program's token needs for which route of the API; a route that is not listed takes no such token.

So whoever adds a route decides; and signing in, accounts, users and tokens themselves stay out of a program's reach.
"""

from assistant.domain.accounts import Scope

SCOPES: dict[str, Scope] = {
    "health.figures": Scope.METRICS,
    "api.answers": Scope.POLICY_READ,
    "api.suggestions": Scope.POLICY_READ,
    "api.entry": Scope.POLICY_READ,
    "api.versions": Scope.POLICY_READ,
    "api.what_if": Scope.POLICY_READ,
    "api.customers": Scope.LICENCES_READ,
    "api.customer": Scope.LICENCES_READ,
    "api.history": Scope.LICENCES_READ,
    "api.usage": Scope.LICENCES_READ,
    "api.look_up": Scope.LICENCES_READ,
    "api.status": Scope.LICENCES_READ,
    "api.preview": Scope.LICENCES_CHANGE,
    "api.execute": Scope.LICENCES_CHANGE,
    "api.withdraw": Scope.LICENCES_CHANGE,
    "api.batches": Scope.LICENCES_READ,
    "api.batch": Scope.LICENCES_READ,
    "api.batch_items": Scope.LICENCES_READ,
    "api.batch_result": Scope.LICENCES_READ,
    "api.batch_upload": Scope.LICENCES_CHANGE,
    "api.batch_confirm": Scope.LICENCES_CHANGE,
    "api.batch_end": Scope.LICENCES_CHANGE,
    "api.conversation_open": Scope.CONVERSATIONS,
    "api.conversation": Scope.CONVERSATIONS,
    "api.message": Scope.CONVERSATIONS,
    "api.tasks": Scope.CONVERSATIONS,
    "api.task": Scope.CONVERSATIONS,
    "api.desk_cases": Scope.DESK,
    "api.desk_case": Scope.DESK,
    "api.desk_claim": Scope.DESK,
    "api.desk_release": Scope.DESK,
    "api.desk_messages": Scope.DESK,
    "api.desk_corrections": Scope.DESK,
    "api.desk_return": Scope.DESK,
    "api.desk_complete": Scope.DESK,
    "api.desk_close": Scope.DESK,
    "api.desk_steps": Scope.DESK,
    "api.desk_preview-step": Scope.DESK,
    "api.desk_step": Scope.DESK,
}
_WHAT_TALK_REACHES = (Scope.LICENCES_READ, Scope.LICENCES_CHANGE)
"""In a conversation licences are looked up and changed: whoever lacks these must not get them by talking."""


def needed(endpoint: str | None) -> tuple[Scope, ...]:
    """Return all the scopes that a route needs; none at all: no token of a program is good for it."""
    scope = SCOPES.get(endpoint or "")
    if scope is None:
        return ()
    return (scope, *_WHAT_TALK_REACHES) if scope is Scope.CONVERSATIONS else (scope,)
