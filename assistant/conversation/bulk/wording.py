"""What one change of a batch does, in one line."""

from collections.abc import Mapping

from assistant.conversation.replies import lines
from assistant.conversation.wording import Wording
from assistant.domain.quotes import QuoteValue

_BESIDE = frozenset({"customer", "total_before", "total_after", "band_before", "band_after"})


def what_changes(values: Mapping[str, QuoteValue], wording: Wording) -> str:
    """Return the values of a change in one line, without its customer and what is the whole partner's."""
    own = {name: value for name, value in values.items() if name not in _BESIDE}
    return "; ".join(f"{line['label']}: {line['value']}" for line in lines(own, wording))
