import pytest

from support.apps import lent_app
from support.web import ApiClient, FakeApplication, Visitor, settings


@pytest.fixture
def application(tmp_path):
    return FakeApplication(settings(tmp_path))


@pytest.fixture
def app(application):
    with lent_app(application) as app:
        yield app


@pytest.fixture
def visitor(application, app):
    return Visitor(application, app)


@pytest.fixture
def anna(visitor):
    visitor.sign_in()
    return visitor


@pytest.fixture
def api(application, app):
    return ApiClient(application, app)
