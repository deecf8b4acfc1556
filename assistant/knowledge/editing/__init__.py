"""The editors' desk: writing entries, importing documents step by step, and checking what is about to be published.

What lives here: pure decisions on what was typed and what differs, and the use cases of the desk, each one transaction. What
may not: matching, reading of files, forms of a door.
"""
