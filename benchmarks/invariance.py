"""``python -m benchmarks.invariance``: how many answers change when a question is worded a little differently."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

import click

from assistant.domain.entries import AnswerKind
from assistant.domain.errors import InvalidInput
from assistant.knowledge.evaluation import Question
from assistant.knowledge.matching.decision import Match
from benchmarks.bases import entries_from, questions_from
from benchmarks.engines.ours import edition_of
from benchmarks.tables import table
from benchmarks.variants import every_word_misspelt, variants

_ANSWERS = {AnswerKind.EXACT, AnswerKind.CLOSEST, AnswerKind.BRANCHES}
_QUESTIONS = Path(__file__).parent / "data" / "questions.jsonl"
_DEFAULT = "default"

_Matcher = Callable[[str], Match]


class Reworded(NamedTuple):
    """A question, one variant of it, and the first entry and kind that each of them got; no entry where none answers."""

    name: str
    question: str
    variant: str
    before: str | None
    after: str | None
    kind_after: AnswerKind

    @property
    def changed(self) -> bool:
        """Whether another entry comes first, or none does any more."""
        return self.before != self.after


def reworded(match: _Matcher, questions: Sequence[Question], count: int, seed: int) -> list[Reworded]:
    """Ask about ``count`` variants of the questions that are answered, spread evenly over the kinds of variant."""
    answered = _answered(match, questions)
    by_name: dict[str, list[tuple[str, str, str]]] = {}
    for question in answered:
        for name, text in variants(question, seed):
            by_name.setdefault(name.split(":")[0], []).append((name, question, text))
    random = Random(seed)
    drawn = [random.sample(made, len(made)) for _, made in sorted(by_name.items())]
    return [_compared(match, *picked) for picked in _in_turn(drawn, count)]


def misspelt_throughout(match: _Matcher, questions: Sequence[Question], seed: int) -> list[Reworded]:
    """Ask every question that is answered once more with one letter wrong in each long word."""
    made = ((question, every_word_misspelt(question, seed)) for question in _answered(match, questions))
    return [_compared(match, "every word", question, text) for question, text in made if text != question]


@click.command()
@click.option(
    "--knowledge", default=_DEFAULT, show_default=True, help="The default knowledge, or a document."
)
@click.option("--date", help="The date of the document as YYYY-MM.")
@click.option(
    "--count", default=500, show_default=True, type=click.IntRange(1), help="How many variants to ask."
)
@click.option("--seed", default=1, show_default=True, help="Another seed draws other variants.")
@click.option("--every-word", is_flag=True, help="Misspell each long word of a question instead.")
def main(knowledge: str, date: str | None, count: int, seed: int, *, every_word: bool) -> None:
    """Reword our own questions and print each answer that changed, then how many did."""
    document = None if knowledge == _DEFAULT else Path(knowledge)
    if document and not document.is_file():
        raise click.UsageError("--knowledge takes 'default' or a file.")
    try:
        entries = entries_from(None, document, date)
        questions = questions_from(_QUESTIONS, entries)
    except InvalidInput as error:
        raise click.UsageError(str(error)) from error
    with TemporaryDirectory() as folder:
        match = edition_of(entries, Path(folder)).match
        if every_word:
            asked = misspelt_throughout(match, questions, seed)
        else:
            asked = reworded(match, questions, count, seed)
    click.echo("\n".join(_lines(asked)))


def _lines(asked: Sequence[Reworded]) -> Iterator[str]:
    if not asked:
        yield "No question is answered, so there is nothing to reword."
        return
    changed = [r for r in asked if r.changed]
    for r in changed:
        yield f"{r.name}: {r.variant!r} instead of {r.question!r}: {r.before} became {r.after or r.kind_after}"
    totals, changes = (Counter(r.name.split(":")[0] for r in some) for some in (asked, changed))
    rows = [[name, str(total), str(changes[name])] for name, total in sorted(totals.items())]
    yield "\n" + table(["variant", "asked", "changed"], rows)
    choices = sum(r.kind_after is AnswerKind.CHOOSE for r in asked if not r.changed)
    yield f"\n{len(changed)} of {len(asked)} changed: {len(changed) / len(asked):.1%}"
    yield f"{choices} more became a choice that begins with the same entry"


def _answered(match: _Matcher, questions: Sequence[Question]) -> list[str]:
    # a question that should get no answer is no worse for losing a wrong one
    alone = (q.query for q in questions if q.expect and q.context is None)
    return [query for query in alone if match(query).kind in _ANSWERS]


def _compared(match: _Matcher, name: str, question: str, text: str) -> Reworded:
    before, after = match(question), match(text)
    return Reworded(name, question, text, _first(before), _first(after), after.kind)


def _first(match: Match) -> str | None:
    return match.chosen[0].entry.id if match.chosen else None


def _in_turn(drawn: Sequence[Sequence[tuple[str, str, str]]], count: int) -> Iterator[tuple[str, str, str]]:
    """Yield up to ``count`` variants, one of each kind in turn, for as long as a kind has any."""
    longest = max(map(len, drawn), default=0)
    turns = (made[turn] for turn in range(longest) for made in drawn if turn < len(made))
    yield from (picked for picked, _ in zip(turns, range(count), strict=False))


if __name__ == "__main__":
    main()
