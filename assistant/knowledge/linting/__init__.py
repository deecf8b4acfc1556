"""Checks of knowledge files before anybody is answered from them.

What lives here: reading a file with its line numbers, one module for each check, and running all of them. What may not:
storage, matching, and any change of a text; a check tells, and people change.
"""
