"""Publications of many entries: what was learnt of them lies on disk, and only what a question comes near is read.

What lives here: shelves of entries (their terms, vectors and bags), their files, a publication as one shelf and what
changed since it was filled, and the signals near a question. What may not: deciding, calibrating, storage of record.
"""
