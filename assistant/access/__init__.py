"""Accounts, passwords, second factors, throttling and sessions.

What lives here: everything that decides who somebody is. What may not: what they may do (that is the domain's
permission table), licence data, HTTP.
"""
