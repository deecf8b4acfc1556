"""Batches of changes in the embedded backend: keeping them, previewing them whole, and making their changes one by one.

What lives here: reading and writing batches in units of work. What may not: rules; every change goes by its own rule, in
``domain/bulk``.
"""
