"""The doors for people and programs on the web: pages and the HTTP API.

What lives here: routes, forms, cookies, headers, and the mapping of values to HTML and JSON. Flask stays in this
package. What may not: a rule, a permission, a query or a policy sentence; every route calls a port.
"""
