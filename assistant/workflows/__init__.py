"""What users can be guided through: one declaration in one file for each flow, found by looking here.

What may not live here: input or output, the clock, parsing, wording shared by several flows. Workflows do not import one
another.
"""
