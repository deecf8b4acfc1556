"""Measurements of the program: how well it finds, how much it abstains, how fast, and what growth costs.

Runs from a checkout (``python -m benchmarks.retrieval``); nothing here is installed or imported by the program. What is
asked of others here (search engines, models) is a development tool, listed under the extra ``bench``.
"""
