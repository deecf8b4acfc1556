"""``assistant knowledge answer-sheet``: a questionnaire, answered in a copy."""

import sys
from pathlib import Path

import click

from assistant.cli.context import application
from assistant.cli.knowledge.group import FILES
from assistant.domain.entries import Answer, Audience
from assistant.knowledge.questionnaires.answering import answered, is_answered
from assistant.knowledge.questionnaires.files import check_target, read_questionnaire, write_questionnaire
from assistant.knowledge.questionnaires.sheets import questions_of


@click.command("answer-sheet")
@click.argument("source", metavar="IN", type=FILES)
@click.argument("target", metavar="OUT", type=FILES)
@click.option("--force", is_flag=True, help="Overwrite OUT.")
@click.option("--record-gaps", is_flag=True, help="Keep the questions that nothing answers as gaps.")
def answer_sheet(source: Path, target: Path, *, force: bool, record_gaps: bool) -> None:
    """Answer the questions of IN (.csv, .xlsx) in a copy OUT, with source, date and the kind of each match."""
    check_target(target, force=force)
    book = read_questionnaire(source)
    questions = questions_of(book)
    knowledge = application().knowledge

    def ask(question: str) -> Answer:
        return knowledge.ask(question, audience=Audience.SALES, recording=record_gaps)

    with click.progressbar(questions, label="Answering", file=sys.stderr) as bar:
        answers = {question: ask(question) for question in bar}
    write_questionnaire(answered(book, answers), target, force=force)
    count = sum(is_answered(answer) for answer in answers.values())
    click.echo(f"{count} of {len(questions)} different questions answered; written to {target}", err=True)


COMMANDS = [answer_sheet]
