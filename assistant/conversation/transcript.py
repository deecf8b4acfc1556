"""What the transcript shows a user to have said: pressed options and forms by their labels, never by ids."""

from collections.abc import Iterable, Mapping

from assistant.conversation.events import Event, SlotFilled
from assistant.conversation.reading import START_PREFIX
from assistant.conversation.state import State
from assistant.conversation.wording import Wording
from assistant.ports.conversations import Message


def said_in_words(
    message: Message, said: str, before: State, happened: Iterable[Event], wording: Wording
) -> str:
    """Return ``said``, the redacted message, with ids replaced by the labels that the user saw."""
    labels = {str(event.value): event.label for event in happened if isinstance(event, SlotFilled)}
    if message.values is not None:
        return ", ".join(
            f"{wording.label(name)}: {_shown(value, labels)}" for name, value in message.values.items()
        )
    if message.choice is None:
        return said
    title = f"flow.{message.choice.removeprefix(START_PREFIX)}.title"
    if message.choice.startswith(START_PREFIX) and wording.has(title):
        return wording.say(title)
    return _shown(message.choice, {**dict(before.choices), **labels})


def _shown(value: str, labels: Mapping[str, str]) -> str:
    return labels.get(value, value)
