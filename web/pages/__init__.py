"""Pages for people: whole without a script, plain forms, a redirect after every write."""

from flask import Flask

from web.pages import (
    account,
    bulk,
    cases,
    chat,
    crossgrades,
    customers,
    desk,
    editor,
    entries,
    health,
    history,
    knowledge,
    language,
    links,
    months,
    sign_in,
    tasks,
    theme,
    usage,
    users,
    what_if,
    widget,
    workflows,
)


def install(app: Flask) -> None:
    """Register all pages."""
    for pages in (
        chat,
        sign_in,
        tasks,
        cases,
        desk,
        customers,
        bulk,
        crossgrades,
        months,
        theme,
        language,
        usage,
        history,
        entries,
        knowledge,
        editor,
        what_if,
        widget,
        workflows,
        account,
        users,
        links,
        health,
    ):
        app.register_blueprint(pages.blueprint)
