"""Counts requests and their durations, by route and never by address, so that no id becomes a label."""

from time import perf_counter

from flask import Flask, g, request
from flask.wrappers import Response
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

_KEY = "assistant.metrics"
_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Metrics:
    """The figures of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        labels = ("method", "route", "status")
        self._requests = Counter("assistant_requests", "Requests answered", labels, registry=self.registry)
        self._seconds = Histogram(
            "assistant_request_seconds",
            "Seconds until the answer was ready",
            ("route",),
            buckets=_BUCKETS,
            registry=self.registry,
        )

    def start(self) -> None:
        """Note when the request came in."""
        g.started = perf_counter()

    def count(self, response: Response) -> Response:
        """Count one answer."""
        route = request.url_rule.rule if request.url_rule else "unmatched"
        method = request.method if request.method in {"GET", "POST", "DELETE", "HEAD"} else "other"
        self._requests.labels(method, route, str(response.status_code)).inc()
        self._seconds.labels(route).observe(perf_counter() - g.get("started", perf_counter()))
        return response


def install(app: Flask) -> None:
    """Count every request of this application."""
    figures = Metrics()
    app.extensions[_KEY] = figures
    app.before_request(figures.start)
    app.after_request(figures.count)


def exposition(app: Flask) -> bytes:
    """Return the figures in the Prometheus text format."""
    figures: Metrics = app.extensions[_KEY]
    return generate_latest(figures.registry)
