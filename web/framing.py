"""The widget's side of the site: pages under one path that pages of other sites may show in a frame.

What is shown there goes by a cookie of its own, kept apart for each site around it; it belongs to a visitor, never to a
signed-in user. Nothing is confirmed there: a field for a code could be covered by the page around it.
"""

from flask import request

from assistant.domain.errors import NotThisWay
from web.current import application

PATH = "/widget/"
LOADER = "/widget.js"


def framed() -> bool:
    """Tell whether the request is for what stands in a frame of another site."""
    return request.path.startswith(PATH)


def parents() -> tuple[str, ...]:
    """Return the origins whose pages may frame what is asked for: none, but for the widget's pages."""
    return application().settings.widget_origins if framed() else ()


def shown_where() -> dict[str, object]:
    """Return what templates go by: whether they stand in a frame, whose forms they send, and who may be around them."""
    return {"framed": framed(), "talk": "widget" if framed() else "chat", "parents": parents()}


def trusted_loader() -> str | None:
    """Return the origin that asks for the loader, if its pages may frame the widget."""
    origin = request.headers.get("Origin", "")
    return origin if request.path == LOADER and origin in application().settings.widget_origins else None


def refuse_codes(*, only_widget: bool) -> None:
    """Refuse a code that is sent from a frame, or with the widget's cookie alone. Raises NotThisWay."""
    if request.method == "POST" and (framed() or only_widget) and "code" in request.form:
        raise NotThisWay(
            "Nothing is confirmed in a frame of another site. Open the desk in a tab of its own."
        )
