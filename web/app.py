"""Builds the Flask application around an assistant application."""

from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from assistant import logs
from web import admission, api, assets, errors, languages, limits, metrics, pages, security, templating
from web.keys import signing_key

if TYPE_CHECKING:
    from assistant.bootstrap import Application

_MEBIBYTE = 1024 * 1024


def create_app(application: "Application") -> Flask:
    """Return the WSGI application; everything it does, it does through ``application``."""
    settings = application.settings
    app = Flask("web", static_folder=None)
    app.extensions["assistant"] = application
    app.secret_key = signing_key(settings, application.ids)
    app.config.update(MAX_CONTENT_LENGTH=_MEBIBYTE, MAX_FORM_PARTS=100, TRAP_HTTP_EXCEPTIONS=False)
    app.url_map.strict_slashes = True
    # a doubled slash would be answered by a redirect to the host that the request names, which anybody can make up
    app.url_map.merge_slashes = False
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    templating.install(app)
    assets.install(app)
    metrics.install(app)
    app.before_request(pages.bulk.allow_larger_files)
    admission.install(app)
    limits.install(app)
    csrf = security.protect(app, https=settings.secure_cookies)
    errors.install(app)
    app.before_request(lambda: logs.name_requests(errors.reference_of_request))
    app.teardown_request(lambda _error: logs.name_requests(str))
    languages.install(app)
    pages.install(app)
    csrf.exempt(api.install(app))
    if hops := settings.trusted_proxies:
        # forwarded headers count only from the stated number of proxies; without any they are ignored
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app
