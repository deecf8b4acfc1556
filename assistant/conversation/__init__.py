"""The conversation engine: flow vocabulary, acts, arbitration, state, capsule, turn and replies.

What lives here: how a message becomes events, effects and blocks. What may not: a particular workflow, input or
output outside ``effects`` and ``turns``, the clock, an outside library other than for reading scripts and wording.
"""
