"""Data that ships with the program: the default knowledge, what it does not answer, the bindings of policy, and words."""
