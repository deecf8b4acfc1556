"""The embedded licensing backend: a system of its own behind the licensing port.

What lives here: the five operations of the port, the catalogue's reader, and the loading of worlds.
What may not: conversation, knowledge, wording for users, SQL.
"""
