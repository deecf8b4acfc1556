"""Static files, served from memory under addresses that change with their content, so that browsers may keep them for good."""

import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from flask import Flask, request, url_for
from flask.wrappers import Response

from assistant.domain.errors import NotFound

_DIGITS = 12


@dataclass(frozen=True)
class Asset:
    """One static file as it was at start."""

    content: bytes
    mimetype: str
    hash: str


class Assets:
    """Knows every static file; read once at start, so that no request holds a file open."""

    def __init__(self, folder: Path) -> None:
        self._assets = {path.name: _read(path) for path in folder.iterdir() if path.is_file()}

    def url(self, name: str) -> str:
        """Return the address of a static file. Raises KeyError for one that does not exist."""
        return url_for("static", filename=name, v=self._assets[name].hash)

    def inline(self, name: str) -> str:
        """Return a small file as an address that holds it, which saves the first view a request. Raises KeyError."""
        asset = self._assets[name]
        return f"data:{asset.mimetype},{quote(asset.content)}"

    def serve(self, filename: str) -> Response:
        """Answer with a file; one asked for by its hash may be kept for a year. Raises NotFound."""
        asset = self._assets.get(filename)
        if asset is None:
            raise NotFound("There is no such file.")
        response = Response(asset.content, mimetype=asset.mimetype)
        response.set_etag(asset.hash)
        kept = request.args.get("v") == asset.hash
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if kept else "no-cache"
        response.make_conditional(request)
        return response


def install(app: Flask) -> None:
    """Serve the files under ``/static`` and offer ``asset_url`` and ``asset_inline`` to the templates."""
    assets = Assets(Path(app.root_path) / "static")
    app.add_url_rule("/static/<path:filename>", "static", assets.serve)
    app.jinja_env.globals["asset_url"] = assets.url
    app.jinja_env.globals["asset_inline"] = assets.inline


def _read(path: Path) -> Asset:
    content = path.read_bytes()
    mimetype = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Asset(content, mimetype, hashlib.sha256(content).hexdigest()[:_DIGITS])
