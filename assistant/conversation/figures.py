"""What editors may know of conversations: numbers and remarks, never who said what or for which partner."""

from datetime import UTC, datetime, time, timedelta

from assistant.domain.analytics import FlowFigures, Period, flow_figures
from assistant.domain.editing import Person
from assistant.domain.errors import Forbidden
from assistant.domain.feedback import Unhelpful, unhelpful
from assistant.domain.principals import Permission, Principal, may
from assistant.ports.storage import Storage
from assistant.ports.storage.conversations import ConversationUnit

Who = Principal | Person
"""A signed-in user, who needs the permission, or a person that the command line vouches for."""
_MOST_REMARKS = 500
_REMARKS_OF_AN_ENTRY = 10


class ConversationFigures:
    """Sums up what readers said of answers, and how guided workflows went."""

    def __init__(self, storage: Storage[ConversationUnit]) -> None:
        self._storage = storage

    def unhelpful(self, who: Who, period: Period) -> tuple[Unhelpful, ...]:
        """Return the entries that did not help somebody, most often first, with the latest remarks. Raises Forbidden."""
        _check(who)
        since, before = _instants(period)
        with self._storage.reading() as unit:
            counts = unit.feedback.counts(since, before)
            remarks = unit.feedback.remarks(since, before, _MOST_REMARKS)
        return unhelpful(counts, remarks, _REMARKS_OF_AN_ENTRY)

    def helped(self, who: Who, period: Period) -> tuple[int, int]:
        """Return how many answers of a period were called helpful, and how many were not. Raises Forbidden."""
        _check(who)
        with self._storage.reading() as unit:
            counts = unit.feedback.counts(*_instants(period))
        yes = sum(times for _, helpful, _, times in counts if helpful)
        return yes, sum(times for _, _, _, times in counts) - yes

    def flows(self, who: Who, period: Period) -> tuple[FlowFigures, ...]:
        """Return how the workflows went that were started in a period. Raises Forbidden."""
        _check(who)
        with self._storage.reading() as unit:
            return flow_figures(unit.task_counts(period.first, period.last))


def _check(who: Who) -> None:
    if not isinstance(who, Person) and not may(who, Permission.KNOWLEDGE_EDIT):
        raise Forbidden("This is for the editors of the knowledge.")


def _instants(period: Period) -> tuple[datetime, datetime]:
    midnight = time(tzinfo=UTC)
    return (
        datetime.combine(period.first, midnight),
        datetime.combine(period.last + timedelta(days=1), midnight),
    )
