"""Many changes at once: rows of a file, or customers named in words, to be shown, confirmed and made as one batch.

What lives here: turning lines and words into the changes of the flows that exist, with the flows' own slots and actions. What
may not: rules, which stay with each change, and input or output.
"""
