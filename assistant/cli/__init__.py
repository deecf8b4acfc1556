"""The command line: one module for each group of commands.

What lives here: parsing of arguments, printing of results. What may not: a rule or a query; every command calls the
same ports as the web does.
"""
