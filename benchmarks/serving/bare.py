"""The least that Flask can do: one endpoint that answers a small JSON object."""

from flask import Flask


def load() -> Flask:
    """Return the application, for ``benchmarks.serving.bare:load()``."""
    app = Flask(__name__)

    @app.route("/", methods=["GET", "POST"])
    def answer() -> dict[str, str]:
        return {"kind": "exact"}

    return app
