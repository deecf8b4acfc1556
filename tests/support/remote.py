"""Another instance in the same process: the real API in front of a backend, and the client that speaks to it."""

from types import SimpleNamespace

import httpx2 as httpx

from assistant.config import read_settings
from assistant.licensing.remote import RemoteLicensing
from web.app import create_app

TOKEN = "planted-token-of-another-instance-0001"


class Wire(httpx.WSGITransport):
    """Carries requests to the instance; ``before`` and ``after`` may fail them on their way there and back."""

    def __init__(self, app):
        super().__init__(app=app)
        self.before = self.after = lambda request: None

    def handle_request(self, request):
        self.before(request)
        response = super().handle_request(request)
        self.after(request)
        return response


def an_instance(backend, folder):
    """Return an instance that serves this backend to those who know its token."""
    environ = {"ASSISTANT_DATA_DIR": str(folder), "ASSISTANT_LICENSING_CLIENTS": TOKEN}
    instance = SimpleNamespace(
        settings=read_settings(environ),
        ids=backend.ids,
        clock=backend.clock,
        licensing=backend.licensing,
        access=SimpleNamespace(session=lambda token: None),
        identity=SimpleNamespace(record=SimpleNamespace(refused=lambda _asker, _address: None)),
    )
    # it is asked by programs alone, which are told codes
    instance.speaking = lambda _language: instance
    return instance


def the_instance(backend, folder):
    """Return the WSGI application of such an instance."""
    return create_app(an_instance(backend, folder))


def remote_licensing(backend, folder, token=TOKEN, app=None):
    """Return a client of that instance; its ``wire`` can be made to fail."""
    wire = Wire(app or the_instance(backend, folder))
    client = RemoteLicensing("http://licensing.example", token, wire)
    client.wire = wire
    return client
