"""The embedded licensing backend: a system of its own behind the licensing port.

What lives here: the four operations of the port, the catalogue's reader, due work and world loading.
What may not: conversation, knowledge, wording for users, SQL.
"""
