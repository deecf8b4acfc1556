import pytest

from support.web import ApiClient, FakeApplication, Visitor, settings


@pytest.fixture
def application(tmp_path):
    return FakeApplication(settings(tmp_path))


@pytest.fixture
def visitor(application):
    return Visitor(application)


@pytest.fixture
def anna(visitor):
    visitor.sign_in()
    return visitor


@pytest.fixture
def api(application):
    return ApiClient(application)
