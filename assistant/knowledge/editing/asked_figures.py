"""What was asked in a period, in numbers."""

from collections.abc import Callable
from dataclasses import dataclass

from assistant.domain.analytics import Period, QuestionFigures, question_figures
from assistant.knowledge.editing.people import Who, editor
from assistant.ports.storage import Storage
from assistant.ports.storage.knowledge import KnowledgeUnit


@dataclass(frozen=True)
class AskedFigures:
    """Sums up what was counted by day; ``write_counts`` writes down first what this process still holds."""

    storage: Storage[KnowledgeUnit]
    write_counts: Callable[[], None]

    def questions(self, who: Who, period: Period) -> QuestionFigures:
        """Return what became of the questions of a period. Raises Forbidden."""
        editor(who)
        self.write_counts()
        with self.storage.reading() as unit:
            return question_figures(unit.asked.days(period.first, period.last), period)
