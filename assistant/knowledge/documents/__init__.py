"""Document files in, entries out, and back again.

What lives here: reading bytes as text, finding sections, cleaning their text, attributes, and writing entries as a
document that reads back the same. What may not: storage, publications, matching.
"""
