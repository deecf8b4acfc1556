"""A campaign against a running installation: nodes are killed under people at work, and every one of them is told the truth.

Real processes, a real database, real codes over HTTP; nothing of the program is imported, so nothing in it can look away.
Its servers, people and last reckoning live here; what a single crash point does belongs to the tests.
"""
