"""What the parts promise each other: protocols and wire forms.

What lives here: ``Protocol`` classes in the words of the field, and the versioned JSON forms of domain values.
What may not: an implementation, input or output, the clock, any outside library.
"""
