"""Pages for people: whole without a script, plain forms, a redirect after every write."""

from flask import Flask

from web.pages import chat, customers, entries, health, history, sign_in, tasks, what_if


def install(app: Flask) -> None:
    """Register all pages."""
    for pages in (chat, sign_in, tasks, customers, history, entries, what_if, health):
        app.register_blueprint(pages.blueprint)
