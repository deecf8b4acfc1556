"""Questionnaires: sheets of questions, answered in a copy with the exact stored texts.

What lives here: reading CSV and XLSX within bounds, finding the questions, the columns that are added, and writing. What
may not: matching and storage; answers come in as a mapping from questions.
"""
