"""The rules of the field, as functions on frozen values.

What lives here: values, states, permissions and one rule file for each licence action.
What may not: anything outside the standard library, input or output, the clock, randomness, settings,
and English sentences for users (a refusal carries a code; wording is looked up elsewhere).
"""
