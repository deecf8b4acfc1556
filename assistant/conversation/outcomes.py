"""What became of a change, told on demand: by the word for it, or by a code that comes when none is asked for."""

from assistant.conversation.bulk.batching import follow
from assistant.conversation.draft import Draft
from assistant.conversation.effects import Steps
from assistant.conversation.handing_over import at_desk, say_who_has_it
from assistant.conversation.replies import receipt_block
from assistant.ports.wire.licensing import receipt_from_json


def say_outcome(draft: Draft) -> Steps[None]:
    """Say what became of the change that was confirmed last; of a batch, make the next changes and say how far it is."""
    done = draft.state.last_finished
    if draft.task is not None:
        draft.notice("nothing_sent_yet")
    elif at_desk(draft):
        say_who_has_it(draft)
    elif done is not None and done.receipt is not None:
        draft.shown = done.id
        draft.notices.append(receipt_block(receipt_from_json(done.receipt), done.flow, draft.say))
        yield from follow(draft, done)
    else:
        draft.notice("nothing_done")


def say_stray_code(draft: Draft) -> Steps[None]:
    """Say that a code was not asked for; where this very message confirmed a change, say what became of that."""
    done = draft.state.last_finished
    if done is not None and done.confirmed_by == draft.message.id:
        # somebody else learned the outcome first
        yield from say_outcome(draft)
    else:
        draft.notice("stray_code")
