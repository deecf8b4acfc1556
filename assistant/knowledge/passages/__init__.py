"""Passages: the pieces of an entry's text that a question is about, each an exact part of the whole text.

What lives here reads structure (items, rows, sections, cases) and points into the text; nothing here changes, joins or
composes text, and nothing here knows the id of an entry.
"""
