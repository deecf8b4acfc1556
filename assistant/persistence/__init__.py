"""Durable storage: engine, tables, units of work, repositories and migrations.

What lives here: everything that knows SQLAlchemy or Alembic, and the mapping between rows and domain values, by hand.
What may not: a rule, a decision about permission, wording.
"""
