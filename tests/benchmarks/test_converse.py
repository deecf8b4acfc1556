"""The cost of playing scripts: every message is counted once, and the whole costs more than its messages."""

from assistant.bootstrap import open_application
from assistant.conversation.service import ConversationService
from benchmarks.converse import played
from support.web import settings


def test_every_message_is_counted_once_and_costs_less_than_the_whole(tmp_path):
    script = tmp_path / "script.yaml"
    script.write_text("id: a\nturns: [{u: hello}, {do: {advance: 1d}}, {u: thanks}]", "utf-8")
    application = open_application(settings(tmp_path, database_url=f"sqlite:///{tmp_path / 'a.sqlite3'}"))
    send = ConversationService.send

    whole, bare = played(application, (script,))
    application.database.close()

    assert (whole.times, bare.times) == (3, 2)
    assert 0 < bare.seconds < whole.seconds
    assert ConversationService.send is send
