"""The web's budgets of weight and waiting, measured in a real browser and printed as goal, figure, held or not: `make budget`.

Here live the goals, the desk they are measured on, and one module for each kind of figure. What a screen has to be
looked at in stands in the tests; nothing here decides what a page shows.
"""
