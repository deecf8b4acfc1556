"""Who may do what at the desk; whoever works at the machine's own command line is trusted with it."""

from assistant.domain.editing import Person
from assistant.domain.errors import Forbidden
from assistant.domain.principals import Permission, Principal, may

Who = Principal | Person
"""A signed-in user, who needs the permission, or a person that the command line vouches for."""


def editor(who: Who) -> Person:
    """Return who edits. Raises Forbidden."""
    return _allowed(who, Permission.KNOWLEDGE_EDIT, "This role keeps no entries.")


def approver(who: Who) -> Person:
    """Return who approves and publishes. Raises Forbidden."""
    return _allowed(who, Permission.KNOWLEDGE_PUBLISH, "This role publishes nothing.")


def _allowed(who: Who, permission: Permission, refusal: str) -> Person:
    if isinstance(who, Person):
        return who
    if not may(who, permission):
        raise Forbidden(refusal)
    return Person(who.user_id, who.name)
