"""Finding the entry that answers a question, or that none does: one module for each signal, one that decides.

What lives here: pure functions over prepared entries, and the full-text index behind one class.
What may not: storage, rendering, the clock; nothing here changes or composes text.
"""
