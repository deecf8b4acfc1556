"""Addresses of static files that change with their content, so that browsers may keep them for good."""

import hashlib
from pathlib import Path

from flask import Flask, request, url_for
from flask.wrappers import Response

_DIGITS = 12


class Assets:
    """Knows the content hash of every static file; read once at start."""

    def __init__(self, folder: Path) -> None:
        self._hashes = {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:_DIGITS]
            for path in folder.iterdir()
            if path.is_file()
        }

    def url(self, name: str) -> str:
        """Return the address of a static file. Raises KeyError for one that does not exist."""
        return url_for("static", filename=name, v=self._hashes[name])

    def cache(self, response: Response) -> Response:
        """Let a file that was asked for by its hash be kept for a year."""
        if request.endpoint == "static" and "v" in request.args:
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def install(app: Flask) -> None:
    """Offer ``asset_url`` to the templates."""
    assert app.static_folder is not None
    assets = Assets(Path(app.static_folder))
    app.jinja_env.globals["asset_url"] = assets.url
    app.after_request(assets.cache)
