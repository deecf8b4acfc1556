"""The JSON forms of domain values, one module for each subject.

A form may grow; what is named in it never changes meaning. Every decoder raises InvalidInput naming the field.
"""
