"""One file for each licence action, with ``assess`` (may it, and what would it do) and ``apply``.

Rules receive facts, the policy, the catalogue and the present as arguments. They do not import one another.
"""
