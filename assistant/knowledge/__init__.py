"""Approved knowledge: import, entries and versions, publications, the index, matching and answers.

What lives here: everything between a document file and an exact answer. What may not: licence data, conversation
state, SQL (that is behind the storage port).
"""
