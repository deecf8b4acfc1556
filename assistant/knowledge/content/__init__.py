"""Data that ships with the program: the default knowledge, the bindings of policy, and the words of the field."""
