"""The reader of one publication: its words and defined terms, ready to point into the entries of an answer."""

from collections.abc import Mapping, Sequence

from assistant.domain.entries import AnswerKind, Entry, Passage
from assistant.domain.follow_ups import FollowUp
from assistant.knowledge.matching.glossary import glossary_groups
from assistant.knowledge.matching.words import Lexicon
from assistant.knowledge.passages.branching import branches_of
from assistant.knowledge.passages.following import Pointed, within
from assistant.knowledge.passages.selecting import Question, cases, select
from assistant.knowledge.passages.structure import structure_of
from assistant.knowledge.passages.terms import Comparison, Terms
from assistant.knowledge.passages.vocabulary import telling


class Reader:
    """Points into entries of one publication. Safe to share between threads."""

    def __init__(self, entries: Sequence[Entry], lexicon: Lexicon) -> None:
        self._lexicon = lexicon.with_groups(glossary_groups(entries))
        self._terms = Terms(entries)

    def question(self, text: str, repaired: Mapping[str, str] | None = None) -> Question:
        """Return a question as passages are sought for it; ``repaired`` are misspelt words and what they mean."""
        return Question(text, telling(text, self._lexicon, repaired))

    def kind(self, kind: AnswerKind, entry: Entry, question: Question) -> AnswerKind:
        """Return the kind of an answer of one entry: ``branches`` where it has cases, and the question names none of them."""
        if kind is not AnswerKind.CLOSEST:
            return kind
        structure = structure_of(entry.text)
        if not branches_of(structure) or select(structure, question, entry.question, self._lexicon):
            return kind
        return AnswerKind.BRANCHES

    def passages(self, kind: AnswerKind, entry: Entry, question: Question) -> tuple[Passage, ...]:
        """Return the passages to show of an entry in an answer of this kind."""
        structure = structure_of(entry.text)
        if kind is AnswerKind.BRANCHES:
            return cases(structure, branches_of(structure))
        return select(structure, question, entry.question, self._lexicon)

    def compared(self, question: str) -> Comparison | None:
        """Return what a question asks to compare if at least one of the two is a defined term."""
        return self._terms.compared(question)

    def continued(self, follow_up: str) -> Entry | None:
        """Return the definition of the term that a follow-up consists of."""
        return self._terms.continued(follow_up)

    def follow(
        self, follow_up: FollowUp, question: str, entries: Sequence[Entry], previous: str | None
    ) -> tuple[Pointed, ...]:
        """Return what a follow-up is about within the entries that answered the ``previous`` question."""
        last = self.question(previous) if previous else None
        return within(follow_up, self.question(question), entries, last, self._lexicon)
