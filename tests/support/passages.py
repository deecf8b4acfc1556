"""Texts with rows, cases, reasons and examples to point into, and a reader of them."""

from assistant.domain.entries import Entry, EntryKind, Source
from assistant.knowledge.matching.words import shipped_lexicon
from assistant.knowledge.passages.reader import Reader
from assistant.knowledge.passages.selecting import Question
from assistant.knowledge.passages.vocabulary import telling

LEXICON = shipped_lexicon()

STORES = """Goods are kept in two stores:

| Article | Store | Keeper |
| --- | --- | --- |
| Blue kettle | Lyon | Mira |
| Blue kettle, large | Lyon | Mira |
| Iron pan | Oslo | Jens |
"""

MOVES = """It depends on where the shop stands.

- **On-premises till:** the clerk types the new key.
  - The old key ends at once.
- **Till in the cloud:** head office moves it.
- **IMPORTANT:** receipts are kept.
"""

RULES = """- No, because the chain buys and not the shop.
- Discounts go to the chain.
  - For example, a chain of 12 shops pays for 12.
- Because of this a shop pays nothing.
"""

STEPS = """Two screens follow.

### 1. Choose

- Pick an article.

| Article | State |
| --- | --- |
| Iron pan | new |
| Blue kettle | kept |

### 2. Check

Look at everything once more.
"""


def an_entry(entry_id, text, question="How do goods move?", **changes):
    source = Source("Handbook", question, "2025-03")
    return Entry(entry_id, 1, EntryKind.QUESTION, question, text, source, **changes)


def a_definition(term, meaning, *alternates):
    text = f"**{term} = {meaning}**"
    source = Source("Handbook", "Definitions", "2025-03")
    entry_id = "definition-" + term.casefold().replace(" ", "-")
    return Entry(entry_id, 1, EntryKind.DEFINITION, term, text, source, alternates=alternates)


def a_question(text):
    return Question(text, telling(text, LEXICON))


def a_reader(*entries):
    return Reader(entries, LEXICON)


def texts(passages):
    """Return what passages say."""
    return [passage.text for passage in passages]
